"""When which server is killed: at seeded moments that follow the work and not the clock, so that a
slow machine is hit in the same places as a fast one."""

import collections
import dataclasses
import queue
import threading
import time

from installation import pause


@dataclasses.dataclass
class Moment:
    """`delay` seconds after the `count`-th answer to `method` during `step`."""

    victim: str
    step: str
    method: str
    count: int
    delay: float


# step: the method whose answer comes before the one to hit, the highest count of it, and how long
# the hit one takes at most on a busy machine.
STEPS = {
    "onboard": ("CreateMember", 3, 0.1),
    "upload": ("CreateImport", 1, 0.2),
    "validate": ("UploadImportPart", 2, 0.5),
    "commit": ("CommitImport", 2, 0.5),
    "ingest": ("BatchIngestFacts", 3, 0.3),
    "calculate": ("ExchangeToken", 1, 0.5),
    "approve": ("ExchangeToken", 1, 0.05),
    "lock": ("ExchangeToken", 1, 0.2),
}
# The steps of one command.
COMMAND_OF = {"upload": "import", "validate": "import", "commit": "import"}


def moment(random, victim, step):
    method, count_max, delay_max = STEPS[step]
    return Moment(victim, COMMAND_OF.get(step, step), method, random.randint(1, count_max),
                  random.uniform(0, delay_max))


class Killer:
    """Kills and restarts in the thread that calls `watch`; `saw` may be called from any."""

    def __init__(self, installation):
        self._installation = installation
        self._lock = threading.Lock()
        self._armed = []
        self._due = queue.Queue()
        self.kills = collections.Counter()  # by victim
        self.down_seconds = collections.defaultdict(list)
        self.failed_calls = collections.Counter()  # by code and reason

    def arm(self, moments):
        with self._lock:
            self._armed.extend(moments)

    def still_armed(self):
        with self._lock:
            return list(self._armed)

    def broken_calls(self):
        """Calls that got no answer because a server had died."""
        with self._lock:
            return sum(times for why, times in self.failed_calls.items()
                       if why.startswith("UNAVAILABLE"))

    def saw(self, step, method, code, reason):
        with self._lock:
            if code != "OK":
                self.failed_calls[f"{code}/{reason}" if reason else code] += 1
                return
            for each in [m for m in self._armed if (m.step, m.method) == (step, method)]:
                each.count -= 1
                if each.count == 0:
                    self._armed.remove(each)
                    self._due.put(each)

    def watch(self, workers):
        """Until every worker has ended and every moment that came has been used."""
        while any(worker.is_alive() for worker in workers) or not self._due.empty():
            try:
                due = self._due.get(timeout=0.05)
            except queue.Empty:
                continue
            pause(due.delay)
            begin = time.monotonic()
            ready = self._installation.crash(due.victim)
            self.kills[due.victim] += 1
            self.down_seconds[due.victim].append(ready)
            print(f"  killed {due.victim} in {due.step}/{due.method} +{due.delay * 1000:.0f} ms, "
                  f"back after {time.monotonic() - begin:.1f} s", flush=True)
