"""kill -9 of argosyd and of MariaDB in the middle of everything, and what must be true afterwards.

    crash_test.py --argosyd PATH --argosyctl PATH --scratch FOLDER [--rounds N] [--seed N]

A round is a month: a file is imported while further facts come in, then the month's pay is
calculated, approved and locked; three kills fall into it. The scratch folder is removed when all went
well and kept for reading when not.
"""

import argparse
import base64
import hashlib
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time
import unittest
import uuid

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import company  # noqa: E402
import evidence  # noqa: E402
import killer as killing  # noqa: E402
from client import Client  # noqa: E402
from installation import Binaries, Installation  # noqa: E402

SCHEMAS = ["argosy_tenancy", "argosy_teams", "argosy_metrics", "argosy_incentives"]
# Two of argosyd to one of MariaDB in every round.
VICTIMS = ["argosyd", "argosyd", "mariadb"]
BATCHES_MIN = 6
BATCHES_MAX = 25
LIST_LIMIT = "10000000"
OPTIONS = None  # the command line


class Worker(threading.Thread):
    """A thread that keeps what stopped it."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self._work = work
        self.failure = None

    def run(self):
        try:
            self._work()
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure


class Scenario:
    """The company's life, and what was acknowledged of it."""

    def __init__(self, installation, killer, seed):
        self.folder = installation.folder
        self.random = random.Random(seed)
        operator = Client(installation, killer.saw, token=installation.secret("operator-token"))
        self.owner = Client(installation, killer.saw, profile=company.TENANT)
        self._operator = operator
        self.facts = {}  # acknowledged, by (source, id)
        self.requests = []  # acknowledged request_ids, as bytes
        self.answers = []  # (words, what the first answer printed)
        self.statements = {}  # name: what was frozen
        self.files = []
        (self.folder / "mapping.yaml").write_text(company.MAPPING)
        (self.folder / "plan.yaml").write_text(company.PLAN)
        (self.folder / "blueprint.yaml").write_text(company.BLUEPRINT)

    @property
    def repeats(self):
        return self._operator.repeats + self.owner.repeats

    def onboard(self):
        self._operator.run("tenant", "create", company.TENANT, "--display-name", "坠毁贸易",
                           "--blueprint", str(self.folder / "blueprint.yaml"), step="onboard")
        self._write("plan", "create", "sales", "--display-name", "销售提成", "--currency", "USD")
        draft = self._write("plan", "version", "sales", "--file", str(self.folder / "plan.yaml"))
        first = company.month_label(0) + "-01"
        self._write("plan", "publish", draft["name"], "--start", first, "--etag", draft["etag"])
        self._write("plan", "assign", "sales", "--role", "sales", "--start", first)

    def month(self, number):
        """The two workers of a month, not started."""
        bookkeeper = Worker(lambda: self._keep_books(number))
        numbers = random.Random(self.random.random())
        sender = Worker(lambda: self._send_facts(number, numbers, bookkeeper))
        return [bookkeeper, sender]

    def import_file(self, path):
        self.owner.run("import", "run", "--mapping", str(self.folder / "mapping.yaml"), "--file",
                       str(path), step="import")

    def read_statement(self, name):
        statement = self.owner.json("statement", "get", name)
        return base64.b64decode(statement["content"]), statement["digest"], statement["lines"]

    def _keep_books(self, number):
        text, facts = company.month_file(self.random, number)
        path = self.folder / f"month-{number}.csv"
        path.write_text(text)
        self.import_file(path)
        self.files.append(path)
        self.facts.update(facts)
        run = self._write("run", "calculate", company.month_label(number), step="calculate")
        run = self._write("run", "approve", run["name"], "--etag", run["etag"], step="approve")
        run = self._write("run", "lock", run["name"], "--etag", run["etag"], step="lock")
        for statement in self.owner.json("statement", "list", "--run", run["name"]):
            self.statements[statement["name"]] = self.read_statement(statement["name"])

    def _send_facts(self, number, numbers, bookkeeper):
        for batch in range(BATCHES_MAX):
            if batch >= BATCHES_MIN and not bookkeeper.is_alive():
                return
            text, facts = company.further_facts(numbers, number, batch)
            path = self.folder / "batch.jsonl"
            path.write_text(text)
            counts = self.owner.json("fact", "ingest", "--file", str(path), step="ingest")
            if counts["accepted"] + counts["duplicate"] != len(facts):
                raise AssertionError(f"a batch was not taken whole: {counts}")
            self.facts.update(facts)

    def _write(self, *words, step=""):
        """A write whose request_id is kept, so that it can be given again for ever."""
        request_id = uuid.UUID(int=self.random.getrandbits(128), version=4)
        words = (*words, "--request-id", str(request_id))
        answer = self.owner.json(*words, step=step)
        self.requests.append(request_id.bytes)
        self.answers.append((words, answer))
        return answer


class Records:
    """What is in the database and what the API shows of it."""

    def __init__(self, installation, owner):
        self._sql = installation.sql
        self._owner = owner

    def listed_facts(self):
        return [company.read_fact(fact) for fact in self._owner.json(
            "fact", "list", "--occurred", "2019-01-01..2099-01-01", "--limit", LIST_LIMIT)]

    def knowledge_head(self):
        return int(self._sql("SELECT knowledge_seq FROM argosy_metrics.fact_head")[0][0])

    def batches(self):
        return [evidence.Batch(*map(int, row)) for row in self._sql(
            "SELECT b.knowledge_seq, b.recorded_at, b.accepted, COALESCE(c.facts, 0) "
            "FROM argosy_metrics.fact_batches b LEFT JOIN (SELECT tenant_id, batch_id, "
            "COUNT(*) AS facts FROM argosy_metrics.facts GROUP BY tenant_id, batch_id) c "
            "ON c.tenant_id = b.tenant_id AND c.batch_id = b.id ORDER BY b.knowledge_seq")]

    def facts_without_batch(self):
        return int(self._sql(
            "SELECT COUNT(*) FROM argosy_metrics.facts f LEFT JOIN argosy_metrics.fact_batches b "
            "ON b.tenant_id = f.tenant_id AND b.id = f.batch_id WHERE b.id IS NULL")[0][0])

    def chains(self):
        """{(schema, tenant): (rows by seq, seq of the head, hash of the head)}."""
        chains = {}
        numbers = {"seq", "recorded_at_us", "decision"}
        columns = [{"tenant": "tenant_id"}.get(name, name) for name in evidence.AuditRow._fields]
        selected = ", ".join(name if name in numbers else f"HEX({name})" for name in columns)
        for schema in SCHEMAS:
            for tenant, seq, entry_hash in self._sql(
                    f"SELECT HEX(tenant_id), seq, HEX(entry_hash) FROM {schema}.audit_head"):
                rows = self._sql(f"SELECT {selected} FROM {schema}.audit "
                                 f"WHERE tenant_id = UNHEX('{tenant}') ORDER BY seq")
                values = [evidence.AuditRow(*(int(value) if name in numbers else bytes.fromhex(value)
                                              for name, value in zip(columns, row))) for row in rows]
                chains[schema, tenant] = (values, int(seq), bytes.fromhex(entry_hash))
        return chains


class Crash(unittest.TestCase):
    """One scenario, then its proofs."""

    def setUp(self):
        self.maxDiff = 2_000
        self.passed = False
        OPTIONS.scratch.mkdir(parents=True, exist_ok=True)
        folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=OPTIONS.scratch))
        self.installation = Installation(Binaries(OPTIONS.argosyd, OPTIONS.argosyctl), folder)
        self.addCleanup(self._clean)

    def _clean(self):
        self.installation.stop()
        if self.passed:
            shutil.rmtree(self.installation.folder)
        else:
            print(f"kept for reading: {self.installation.folder}\n{self.installation.log_tail()}")

    def test_what_was_acknowledged_survives(self):
        begin = time.monotonic()
        print(f"seed {OPTIONS.seed}, {OPTIONS.rounds} rounds", flush=True)
        self.installation.start()
        self.killer = killing.Killer(self.installation)
        self.scenario = Scenario(self.installation, self.killer, OPTIONS.seed)
        self._live()
        # Kills between the calls would prove nothing.
        self.assertGreater(self.killer.broken_calls(), 0)
        self.records = Records(self.installation, self.scenario.owner)
        proofs_begin = time.monotonic()
        self._prove_facts()
        self._prove_that_repeating_changes_nothing()
        chains = self._prove_audit()
        self._prove_pay()
        self._report(chains, proofs_begin - begin, time.monotonic() - proofs_begin)
        self._check_the_checker(chains)
        self.passed = True

    def _live(self):
        numbers = random.Random(OPTIONS.seed)
        steps = []  # every step once before any comes again
        for number in range(-1, OPTIONS.rounds):
            if number < 0:
                self._run([Worker(self.scenario.onboard)],
                          [killing.moment(numbers, "argosyd", "onboard")])
                continue
            if len(steps) < len(VICTIMS):
                more = [step for step in killing.STEPS if step != "onboard"]
                numbers.shuffle(more)
                steps += more
            victims = list(VICTIMS)
            numbers.shuffle(victims)
            moments = [killing.moment(numbers, victim, steps.pop(0)) for victim in victims]
            self._run(self.scenario.month(number), moments)

    def _run(self, workers, moments):
        self.killer.arm(moments)
        for worker in workers:
            worker.start()
        self.killer.watch(workers)
        for worker in workers:
            if worker.failure is not None:
                raise worker.failure
        self.assertEqual(self.killer.still_armed(), [])

    def _prove_facts(self):
        listed = self.records.listed_facts()
        self.assertEqual(evidence.fact_faults(self.scenario.facts, listed), [])
        self.assertEqual(
            evidence.order_faults(self.records.batches(), self.records.knowledge_head()), [])
        self.assertEqual(self.records.facts_without_batch(), 0)

    def _prove_that_repeating_changes_nothing(self):
        head = self.records.knowledge_head()
        for path in self.scenario.files:
            self.scenario.import_file(path)
        self.assertEqual(self.records.knowledge_head(), head)
        for words, answer in self.scenario.answers:
            self.assertEqual(self.scenario.owner.json(*words), answer)
        self._prove_facts()

    def _prove_audit(self):
        chains = self.records.chains()
        self.assertEqual({schema for schema, _ in chains}, set(SCHEMAS))
        for chain, (rows, seq, entry_hash) in chains.items():
            self.assertEqual(evidence.chain_faults(rows, seq, entry_hash), [], chain)
        rows = [row for chain in chains.values() for row in chain[0]]
        self.assertEqual(evidence.request_faults(self.scenario.requests, rows), [])
        return chains

    def _prove_pay(self):
        ledger = self.scenario.owner.json("ledger", "verify")
        self.assertEqual(ledger["faults"], [])
        self.assertTrue(ledger["balanced"])
        self.assertGreater(int(ledger["entry_count"]), 0)
        self.assertEqual(int(ledger["statement_count"]), len(self.scenario.statements))
        self.assertEqual(len(self.scenario.statements), OPTIONS.rounds * len(company.MEMBERS))
        runs = self.scenario.owner.json("run", "list")
        self.assertEqual(sorted((run["period"], run["state"]) for run in runs),
                         [(company.month_label(n), "STATE_LOCKED") for n in range(OPTIONS.rounds)])
        for name, frozen in self.scenario.statements.items():
            self.assertEqual(self.scenario.read_statement(name), frozen)
            self.assertEqual(hashlib.sha256(frozen[0]).hexdigest(), frozen[1])

    def _check_the_checker(self, chains):
        """The same proofs on a database with an audit entry less and a fact more must fail."""
        tenant = next(t for s, t in chains if s == "argosy_incentives")
        self.installation.sql("DELETE FROM argosy_incentives.audit "
                              f"WHERE tenant_id = UNHEX('{tenant}') AND seq = 2")
        rows, seq, entry_hash = self.records.chains()["argosy_incentives", tenant]
        self.assertNotEqual(evidence.chain_faults(rows, seq, entry_hash), [])
        columns = [row[0] for row in self.installation.sql(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = "
            "'argosy_metrics' AND table_name = 'facts' ORDER BY ordinal_position")]
        doubled = ", ".join("UNHEX(MD5(id))" if name == "id" else name for name in columns)
        self.installation.sql(
            f"INSERT INTO argosy_metrics.facts ({', '.join(columns)}) SELECT {doubled} "
            "FROM argosy_metrics.facts WHERE source_event_id LIKE 'order/%' LIMIT 1")
        faults = evidence.fact_faults(self.scenario.facts, self.records.listed_facts())
        self.assertEqual(len(faults), 1, faults)
        self.assertIn("listed 2 times", faults[0])
        self.assertNotEqual(
            evidence.order_faults(self.records.batches(), self.records.knowledge_head()), [])

    def _report(self, chains, lived, proved):
        seconds = {victim: f"{sum(times) / len(times):.1f} s (longest {max(times):.1f} s)"
                   for victim, times in self.killer.down_seconds.items()}
        print(f"kills: {dict(self.killer.kills)}; back after: {seconds}\n"
              f"failed calls seen: {dict(self.killer.failed_calls)}; "
              f"commands given again: {self.scenario.repeats}\n"
              f"facts acknowledged: {len(self.scenario.facts)}, batches: "
              f"{self.records.knowledge_head()}, audit entries: "
              f"{sum(len(rows) for rows, _, _ in chains.values())}, statements: "
              f"{len(self.scenario.statements)}\n"
              f"scenario {lived:.0f} s, proofs {proved:.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--argosyd", required=True)
    parser.add_argument("--argosyctl", required=True)
    parser.add_argument("--scratch", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=20_261_123)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1], verbosity=2)
