"""The checks find what they are for: a checker that finds nothing proves nothing."""

import unittest

import evidence
from evidence import AuditRow, Batch, Fact

TENANT = bytes(range(16))


def chain(length):
    rows, previous = [], evidence.EMPTY_CHAIN
    for seq in range(1, length + 1):
        row = AuditRow(TENANT, seq, 1_000 + seq, b"owner", b"/a.B/C", b"tenants/x", evidence.ALLOWED,
                       b"", bytes([seq] * 16), b"call", b"", b"", b"\x01" + bytes(8), previous, b"")
        row = row._replace(entry_hash=row.expected_hash())
        rows.append(row)
        previous = row.entry_hash
    return rows


def faults_of(rows, head):
    return evidence.chain_faults(rows, head.seq, head.entry_hash)


class ChainFaults(unittest.TestCase):
    def setUp(self):
        self.rows = chain(5)
        self.head = self.rows[-1]

    def test_of_an_untouched_chain_are_none(self):
        self.assertEqual(faults_of(self.rows, self.head), [])
        self.assertEqual(evidence.chain_faults([], 0, evidence.EMPTY_CHAIN), [])

    def test_find_a_deleted_entry_wherever_it_was(self):
        for place in range(5):
            rows = self.rows[:place] + self.rows[place + 1:]
            self.assertNotEqual(faults_of(rows, self.head), [], place)

    def test_find_any_changed_field(self):
        for name in AuditRow._fields:
            value = getattr(self.rows[2], name)
            forged = value + 1 if isinstance(value, int) else value + b"x"
            rows = self.rows[:2] + [self.rows[2]._replace(**{name: forged})] + self.rows[3:]
            self.assertNotEqual(faults_of(rows, self.head), [], name)

    def test_find_a_chain_written_anew_behind_its_head(self):
        forged = self.rows[4]._replace(actor=b"nobody")
        rows = self.rows[:4] + [forged._replace(entry_hash=forged.expected_hash())]
        self.assertNotEqual(faults_of(rows, self.head), [])

    def test_bytes_of_neighbouring_fields_never_mix(self):
        moved = self.rows[0]._replace(actor=b"owne", method=b"r/a.B/C")
        self.assertNotEqual(moved.canonical_bytes(), self.rows[0].canonical_bytes())


class FactFaults(unittest.TestCase):
    def setUp(self):
        self.sent = {("crm", f"order/{n}"): Fact("order", 1, "li-wei", n) for n in range(3)}
        self.listed = list(self.sent.items())

    def test_of_what_was_sent_are_none(self):
        self.assertEqual(evidence.fact_faults(self.sent, self.listed), [])

    def test_find_missing_doubled_changed_and_unknown_facts(self):
        key, fact = self.listed[0]
        for forged in (self.listed[1:], self.listed + [self.listed[1]],
                       [(key, fact._replace(amount_minor=7))] + self.listed[1:],
                       self.listed + [(("crm", "order/9"), fact)]):
            self.assertEqual(len(evidence.fact_faults(self.sent, forged)), 1, forged)


class OrderFaults(unittest.TestCase):
    def setUp(self):
        self.batches = [Batch(n, 100 * n, 10, 10) for n in range(1, 5)]

    def test_of_ordered_batches_are_none(self):
        self.assertEqual(evidence.order_faults(self.batches, 4), [])

    def test_find_shared_missing_unordered_and_short_batches(self):
        second = self.batches[1]
        for forged in (second._replace(knowledge_seq=1), second._replace(knowledge_seq=3),
                       second._replace(recorded_at=100), second._replace(facts=9)):
            batches = [self.batches[0], forged] + self.batches[2:]
            self.assertNotEqual(evidence.order_faults(batches, 4), [], forged)
        self.assertNotEqual(evidence.order_faults(self.batches, 5), [])


class RequestFaults(unittest.TestCase):
    def test_find_effects_that_are_lost_or_doubled(self):
        rows = chain(3)
        ids = [row.request_id for row in rows]
        self.assertEqual(evidence.request_faults(ids, rows), [])
        self.assertEqual(len(evidence.request_faults(ids, rows[:2])), 1)
        self.assertEqual(len(evidence.request_faults(ids, rows + [rows[0]])), 1)


if __name__ == "__main__":
    unittest.main()
