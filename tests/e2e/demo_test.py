"""The demo goes on where it was killed, and says the same whenever it is asked again.

    demo_test.py --argosyd PATH --argosyctl PATH --scratch FOLDER
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from installation import pause, started  # noqa: E402

RUN_SECONDS = 120
OPTIONS = None  # the command line


# What every installation makes anew: ids and the instants of its own imports.
OF_ONE_INSTALLATION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z")


def facts(installation):
    return int(installation.sql("SELECT COUNT(*) FROM argosy_metrics.facts")[0][0])


class DemoTest(unittest.TestCase):
    def demo(self, installation):
        environment = {**os.environ, "ARGOSY_TOKEN": installation.secret("operator-token"),
                       "XDG_CONFIG_HOME": str(installation.folder / "config")}
        process = subprocess.Popen(
            [OPTIONS.argosyctl, "--address", f"127.0.0.1:{installation.port}", "demo", "run",
             "--state-dir", str(installation.folder / "demo")],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        return process

    def run_to_the_end(self, installation):
        """Its report, and how many companies it opened for it."""
        process = self.demo(installation)
        out, err = process.communicate(timeout=RUN_SECONDS)
        self.assertEqual(process.returncode, 0, err)
        return out, err.count(": opening")

    def kill_at(self, count, installation):
        process = self.demo(installation)
        deadline = time.monotonic() + RUN_SECONDS
        while facts(installation) < count:
            self.assertLess(time.monotonic(), deadline, installation.log_tail())
            pause(0.05)
        process.kill()
        process.communicate(timeout=RUN_SECONDS)

    def test_a_killed_demo_ends_as_one_left_alone(self):
        undisturbed = started(self, OPTIONS)
        expected, _ = self.run_to_the_end(undisturbed)
        everything = facts(undisturbed)
        undisturbed.stop()

        installation = started(self, OPTIONS)
        # The first company is finished and the second amid its facts.
        self.kill_at(8_000, installation)
        installation.crash("argosyd")
        self.assertLess(facts(installation), everything)
        report, opened = self.run_to_the_end(installation)
        self.assertEqual(opened, 2)
        self.assertEqual(facts(installation), everything)
        self.assertEqual(OF_ONE_INSTALLATION.sub("", report), OF_ONE_INSTALLATION.sub("", expected))

        self.assertEqual(self.run_to_the_end(installation), (report, 0))
        self.assertEqual(facts(installation), everything)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--argosyd", "--argosyctl", "--scratch"):
        parser.add_argument(option, required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1], verbosity=2)
