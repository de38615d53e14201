"""What ./dev sets up: a server that ends in order, and accounts that may no more than they must.

    installation_test.py --argosyd PATH --argosyctl PATH --scratch FOLDER
"""

import argparse
import os
import pathlib
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from installation import ROOT, pause, started  # noqa: E402

WAIT_SECONDS = 20
OPTIONS = None  # the command line


class InstallationTest(unittest.TestCase):
    def setUp(self):
        # People keep their checkouts in folders like this one.
        self.installation = started(self, OPTIONS, prefix="with space ")

    def argosyctl(self, *words):
        environment = {**os.environ, "ARGOSY_ADDRESS": f"127.0.0.1:{self.installation.port}",
                       "ARGOSY_TOKEN": self.installation.secret("operator-token"),
                       "XDG_CONFIG_HOME": str(self.installation.folder / "config")}
        return subprocess.Popen([OPTIONS.argosyctl, *words], env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def wait_until(self, what, happened):
        deadline = time.monotonic() + WAIT_SECONDS
        while not happened():
            self.assertLess(time.monotonic(), deadline, f"{what}\n{self.installation.log_tail()}")
            # A reader who comes back within 0.1 s gets the same innodb_trx again.
            pause(0.2)

    def waits_for_a_lock(self):
        return self.installation.sql(
            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") != [["0"]]

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.installation.admin_port}/readyz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return False

    def test_sigterm_lets_the_call_in_flight_end(self):
        opened = self.argosyctl("tenant", "create", "acme", "--display-name", "Acme", "--blueprint",
                                str(ROOT / "tenants/blueprints/trading-startup.yaml"))
        out, _ = opened.communicate(timeout=WAIT_SECONDS)
        self.assertEqual(opened.returncode, 0, out)
        # No time for balancers: the call in flight meets the draining itself.
        with open(self.installation.folder / "argosyd.yaml", "a", encoding="utf-8") as config:
            config.write("drain: {notice_seconds: 0}\n")
        self.installation.crash("argosyd")
        self.assertTrue(self.is_ready())
        with self.installation.locks("SELECT 1 FROM argosy_tenancy.tenants WHERE id = 'acme' FOR UPDATE"):
            call = self.argosyctl("tenant", "suspend", "acme")
            self.addCleanup(call.kill)
            self.wait_until("the call waits in the database", self.waits_for_a_lock)
            self.installation.signal_end("argosyd")
            self.wait_until("the server says it is not ready", lambda: not self.is_ready())
            self.assertIsNone(call.poll(), "the call has not been answered yet")
        out, _ = call.communicate(timeout=WAIT_SECONDS)
        self.assertEqual(call.returncode, 0, out)
        self.assertEqual(self.installation.await_end("argosyd", WAIT_SECONDS), 0, self.installation.log_tail())
        self.assertEqual(self.installation.sql("SELECT state FROM argosy_tenancy.tenants WHERE id = 'acme'"),
                         [["SUSPENDED"]])

    def test_a_service_account_can_only_append_to_the_audit_chain(self):
        for service in ("tenancy", "teams", "metrics", "incentives"):
            audit = f"argosy_{service}.audit"
            for refused in (f"UPDATE {audit} SET actor = 'nobody'", f"DELETE FROM {audit}",
                            f"TRUNCATE TABLE {audit}", f"DROP TABLE {audit}",
                            f"ALTER TABLE {audit} DROP COLUMN entry_hash"):
                with self.subTest(statement=refused), self.assertRaisesRegex(RuntimeError, "denied to user"):
                    self.installation.sql(refused, account=service)
            columns = [row[0] for row in self.installation.sql(f"SHOW COLUMNS FROM {audit}", account=service)]
            self.installation.sql(f"SELECT COUNT(*) FROM {audit}", account=service)
            self.installation.sql(f"INSERT INTO {audit} ({', '.join(columns)}) "
                                  f"SELECT {', '.join(columns)} FROM {audit} WHERE seq < 0", account=service)

    def test_the_admin_port_tells_what_was_answered(self):
        out, _ = self.argosyctl("tenant", "list").communicate(timeout=WAIT_SECONDS)
        self.assertIn("NAME", out)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.installation.admin_port}/metrics", timeout=5) as answer:
            lines = answer.read().decode("utf-8").splitlines()
        handled = [line for line in lines if line.startswith("grpc_server_handled_total{")
                   and 'grpc_method="ListTenants"' in line and 'grpc_code="OK"' in line]
        self.assertEqual([line.rsplit(" ", 1)[1] for line in handled], ["1"], handled)

    def test_a_second_start_leaves_the_first_alone(self):
        with self.assertRaisesRegex(RuntimeError, "already runs here"):
            self.installation.word("ensure_packages() { :; }; build_preset() { :; }; bring_up no")
        self.assertTrue(self.is_ready())
        self.assertEqual(self.installation.sql("SELECT 1"), [["1"]])

    def test_the_database_keeps_to_its_folder(self):
        for variable in ("datadir", "tmpdir", "socket", "pid_file", "log_error"):
            with self.subTest(variable=variable):
                where = self.installation.sql(f"SELECT @@{variable}")[0][0]
                self.assertTrue(pathlib.Path(where).is_relative_to(self.installation.folder), where)

    def test_the_directory_account_reads_what_tells_tenants_apart_and_no_more(self):
        tenants = "argosy_tenancy.tenants"
        self.installation.sql(f"SELECT HEX(tenant_id), id, kind, state, time_zone, currency, epoch FROM {tenants}",
                              account="directory")
        for refused in (f"SELECT display_name FROM {tenants}", f"SELECT created_by FROM {tenants}",
                        f"UPDATE {tenants} SET epoch = 0", "SELECT id FROM argosy_tenancy.memberships",
                        "SELECT seq FROM argosy_tenancy.audit"):
            with self.subTest(statement=refused), self.assertRaisesRegex(RuntimeError, "denied to user"):
                self.installation.sql(refused, account="directory")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("argosyd", "argosyctl", "scratch"):
        parser.add_argument(f"--{name}", required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1], verbosity=2)
