"""What must be true after every crash, checked on plain values. Each check returns the faults it
found, in words; it knows nothing of servers, so that a test can hand it a forged set."""

import collections
import hashlib
import struct
from typing import NamedTuple

ENTRY_VERSION = b"\x01"
EMPTY_CHAIN = bytes(32)


class Fact(NamedTuple):
    """What of a fact must survive, by what its source calls it."""

    kind: str
    revision: int
    member: str
    amount_minor: int


class Batch(NamedTuple):
    knowledge_seq: int
    recorded_at: int
    accepted: int  # as the batch says
    facts: int  # as counted


class AuditRow(NamedTuple):
    """One row of a chain, in the order of its canonical bytes."""

    tenant: bytes
    seq: int
    recorded_at_us: int
    actor: bytes
    method: bytes
    resource: bytes
    decision: int
    reason: bytes
    request_id: bytes
    call_id: bytes
    trace_id: bytes
    reply_digest: bytes
    notes: bytes
    prev_hash: bytes
    entry_hash: bytes

    def canonical_bytes(self):
        """A version byte, then every field: 8 bytes big-endian, or a length and the bytes."""
        parts = [ENTRY_VERSION]
        for field in self[:-2]:
            if isinstance(field, int):
                parts.append(struct.pack(">q", field))
            else:
                parts += [struct.pack(">q", len(field)), field]
        return b"".join(parts)

    def expected_hash(self):
        return hashlib.sha256(self.prev_hash + self.canonical_bytes()).digest()


ALLOWED = 1


def fact_faults(acknowledged, listed):
    """`acknowledged`: {(source, id): Fact}; `listed`: [((source, id), Fact)] as the API shows them."""
    faults = []
    times = collections.Counter(key for key, _ in listed)
    faults += [f"fact {key} is listed {n} times" for key, n in times.items() if n > 1]
    faults += [f"acknowledged fact {key} is missing" for key in acknowledged if key not in times]
    for key, fact in listed:
        if key not in acknowledged:
            faults.append(f"fact {key} was never sent")
        elif fact != acknowledged[key]:
            faults.append(f"fact {key} is {fact}, acknowledged was {acknowledged[key]}")
    return faults


def order_faults(batches, head_seq):
    """`batches` of one tenant by knowledge_seq; `head_seq` is where its order of knowledge stands."""
    faults = []
    for place, batch in enumerate(batches, start=1):
        if batch.knowledge_seq != place:
            faults.append(f"batch {place} has knowledge_seq {batch.knowledge_seq}")
        if place > 1 and batch.recorded_at <= batches[place - 2].recorded_at:
            faults.append(f"batch {place} is not recorded after the one before")
        if batch.accepted != batch.facts:
            faults.append(f"batch {place} says {batch.accepted} facts and has {batch.facts}")
    if head_seq != len(batches):
        faults.append(f"the head is {head_seq} and there are {len(batches)} batches")
    return faults


def chain_faults(rows, head_seq, head_hash):
    """`rows` of one tenant in one schema by seq, and the head of that chain."""
    faults = []
    previous = EMPTY_CHAIN
    for place, row in enumerate(rows, start=1):
        if row.seq != place:
            faults.append(f"entry {place} is missing: the next is {row.seq}")
            break
        if row.prev_hash != previous:
            faults.append(f"entry {place} does not follow the one before")
        if row.entry_hash != row.expected_hash():
            faults.append(f"entry {place} was changed")
        previous = row.entry_hash
    if (head_seq, head_hash) != (len(rows), previous):
        faults.append(f"the head stands at {head_seq}, the last entry is {len(rows)}")
    return faults


def request_faults(acknowledged, rows):
    """Every acknowledged request_id stands in the chains as allowed exactly once. Ids as 16 bytes."""
    times = collections.Counter(row.request_id for row in rows if row.decision == ALLOWED)
    return [f"request {each.hex()} is audited {times[each]} times"
            for each in acknowledged if times[each] != 1]
