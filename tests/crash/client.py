"""argosyctl as one actor of the scenario, who repeats a command until it is answered."""

import json
import os
import re
import subprocess
import tempfile
import time

from installation import pause

ANSWER_SECONDS = 120
UNAVAILABLE = 9  # argosyctl's exit code for "try again"
CONFLICT = 7
# Another transaction, perhaps that of a server just killed, still holds what this one needs.
PASSING = ("REQUEST_IN_PROGRESS", "TXN_CONFLICT")
CALL = re.compile(r"/[\w.]+/(\w+) ([A-Z_]+) \S+ (\w*)")


class Refused(Exception):
    """The product answered, and the answer was no."""


class Client:
    """Each command is one process of argosyctl; `on_call(step, method, code, reason)` is told of
    every call it makes, repetitions included, when its answer or its failure is there."""

    def __init__(self, installation, on_call, **settings):
        self._argosyctl = installation.binaries.argosyctl
        self._on_call = on_call
        # Nothing of the user's own settings may reach the product under test.
        ours = {key: value for key, value in os.environ.items() if not key.startswith("ARGOSY_")}
        self._environment = {**ours, "ARGOSY_ADDRESS": f"127.0.0.1:{installation.port}",
                             "XDG_CONFIG_HOME": str(installation.folder / "config"),
                             **{f"ARGOSY_{key.upper()}": value for key, value in settings.items()}}
        self.repeats = 0  # commands that had to be given again

    def run(self, *words, step=""):
        """What the command printed, repeated as given while the product is away."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            code, out, err = self._attempt(words, step)
            if code == 0:
                return out
            passing = code == CONFLICT and any(reason in err for reason in PASSING)
            if (code != UNAVAILABLE and not passing) or time.monotonic() > deadline:
                raise Refused(f"argosyctl {' '.join(words)}: exit code {code}\n{err}{out}")
            self.repeats += 1
            pause(0.1)

    def json(self, *words, step=""):
        return json.loads(self.run(*words, "-o", "json", step=step))

    def _attempt(self, words, step):
        with tempfile.TemporaryFile("w+") as out:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", self._argosyctl, "-v", *words],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.PIPE, text=True)
            err = []
            with process.stderr:
                for line in process.stderr:
                    err.append(line)
                    call = CALL.match(line)
                    if call:
                        self._on_call(step, *call.groups())
            code = process.wait()
            out.seek(0)
            return code, out.read(), "".join(err)
