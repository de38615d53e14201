"""A private MariaDB and an argosyd of one test's own: real processes, killed by their own pid."""

import contextlib
import dataclasses
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Accounts, rights, configuration, migration and bootstrap are those of ./dev.
WORDS = """
set -eu
cd "$ROOT"
. tools/dev/common.sh
. tools/dev/database.sh
. tools/dev/server.sh
server_binary() { echo "$ARGOSYD"; }
"""


@dataclasses.dataclass(frozen=True)
class Binaries:
    argosyd: str
    argosyctl: str


def pause(seconds):
    threading.Event().wait(seconds)


def free_ports(count):
    """Loopback ports that nobody listens on; nothing keeps them for us until they are used."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Installation:
    """Owns both servers and their folder. Start, kill and restart from one thread only: the servers
    end with the thread that started them, however it ends."""

    def __init__(self, binaries, folder):
        self.binaries = binaries
        self.folder = pathlib.Path(folder)
        self.port, self.admin_port = free_ports(2)
        self._environment = {**os.environ, "ROOT": str(ROOT), "ARGOSYD": binaries.argosyd,
                             "ARGOSY_RUN_DIR": str(self.folder), "ARGOSY_PORT": str(self.port),
                             "ARGOSY_ADMIN_PORT": str(self.admin_port)}
        self._socket = self.word("database_socket").strip()
        self._servers = {}

    def start(self):
        """From an empty folder to a served argosyd."""
        self.word('mariadb_install "$DB_DIR"')
        self._start_mariadb()
        self.word("server_prepare")
        self._start_argosyd()

    def stop(self):
        for name in list(self._servers):
            self._kill(name)

    def crash(self, name):
        """kill -9 of "argosyd" or "mariadb", then start it again. The seconds until it served."""
        self._kill(name)
        begin = time.monotonic()
        {"argosyd": self._start_argosyd, "mariadb": self._start_mariadb}[name]()
        return time.monotonic() - begin

    def signal_end(self, name):
        """SIGTERM, as an orchestrator sends it."""
        self._servers[name].send_signal(signal.SIGTERM)

    def await_end(self, name, seconds):
        """The exit code of a server that ends within `seconds` by itself."""
        server = self._servers[name]
        code = server.wait(seconds)
        self._kill(name)
        return code

    def secret(self, name):
        return (self.folder / "secrets" / name).read_text().strip()

    def sql(self, statement, account=None):
        """The rows of a statement, run as root or as a service's account; every value is text."""
        rows = self._run([*self._mariadb(account), "-e", statement]).splitlines()
        return [row.split("\t") for row in rows]

    @contextlib.contextmanager
    def locks(self, statement):
        """Holds what `statement` locks; nothing of it lasts."""
        with subprocess.Popen([*self._mariadb(None), "--unbuffered"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as client:
            client.stdin.write(f"BEGIN; {statement}; SELECT 'held';\n")
            client.stdin.flush()
            while client.stdout.readline().strip() not in ("held", ""):
                pass
            yield
            client.stdin.close()

    def log_tail(self):
        log = self.folder / "argosyd.log"
        return "".join(log.read_text(errors="replace").splitlines(True)[-20:]) if log.exists() else ""

    def _mariadb(self, account):
        login = ["--user=root"] if account is None else [
            f"--user=argosy_{account}", f"--password={self.secret(f'db-{account}')}"]
        return ["mariadb", "--no-defaults", f"--socket={self._socket}", *login, "--batch", "--skip-column-names"]

    def _run(self, arguments):
        done = subprocess.run(arguments, env=self._environment, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def word(self, word):
        """What a word of ./dev's parts prints."""
        return self._run(["bash", "-c", WORDS + word])

    def _spawn(self, name, arguments, **streams):
        # Should this test itself be killed, the kernel ends the server.
        self._servers[name] = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *arguments], env=self._environment,
            stdin=subprocess.DEVNULL, **streams)
        return self._servers[name]

    def _kill(self, name):
        server = self._servers.pop(name)
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()

    def _start_mariadb(self):
        # What is acknowledged is on the disk.
        server = self._spawn("mariadb", ["bash", "-c", WORDS + """
            mariadb_serve "$DB_DIR" "$(database_socket)" --innodb-buffer-pool-size=64M \\
              --innodb-log-file-size=64M --innodb-flush-log-at-trx-commit=1 --performance-schema=OFF"""])
        self.word(f'mariadb_wait "$DB_DIR" "$(database_socket)" {server.pid}')

    def _start_argosyd(self):
        with open(self.folder / "argosyd.log", "ab") as log:
            server = self._spawn(
                "argosyd",
                [self.binaries.argosyd, "--config", str(self.folder / "argosyd.yaml"), "serve"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        (self.folder / "argosyd.pid").write_text(str(server.pid))
        for line in server.stdout:
            if line.startswith("serving on port"):
                return
        raise RuntimeError(f"argosyd ended at start:\n{self.log_tail()}")


def started(test, options, prefix=None):
    """A started installation of `test`'s own in a folder under options.scratch; both end with the test."""
    scratch = pathlib.Path(options.scratch)
    scratch.mkdir(parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(dir=scratch, prefix=prefix)
    test.addCleanup(folder.cleanup)
    installation = Installation(Binaries(options.argosyd, options.argosyctl), folder.name)
    test.addCleanup(installation.stop)
    installation.start()
    return installation
