"""The demo goes on where it was killed, and says the same whenever it is asked again.

    demo_test.py --argosyd PATH --argosyctl PATH --scratch FOLDER
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from installation import Binaries, Installation  # noqa: E402

RUN_SECONDS = 240
OPTIONS = None  # the command line


class DemoTest(unittest.TestCase):
    def setUp(self):
        scratch = pathlib.Path(OPTIONS.scratch)
        scratch.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=scratch)
        self.addCleanup(folder.cleanup)
        self.installation = Installation(Binaries(OPTIONS.argosyd, OPTIONS.argosyctl), folder.name)
        self.addCleanup(self.installation.stop)
        self.installation.start()

    def demo(self, errors):
        environment = {**os.environ, "ARGOSY_TOKEN": self.installation.secret("operator-token"),
                       "XDG_CONFIG_HOME": str(self.installation.folder / "config")}
        process = subprocess.Popen(
            [OPTIONS.argosyctl, "--address", f"127.0.0.1:{self.installation.port}", "demo", "run",
             "--state-dir", str(self.installation.folder / "demo")],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process

    def run_to_the_end(self):
        process = self.demo(subprocess.PIPE)
        out, err = process.communicate(timeout=RUN_SECONDS)
        self.assertEqual(process.returncode, 0, err.decode("utf-8"))
        return out, err.decode("utf-8")

    def facts(self):
        return int(self.installation.sql("SELECT COUNT(*) FROM argosy_metrics.facts")[0][0])

    def test_goes_on_after_a_kill_and_repeats_itself(self):
        process = self.demo(subprocess.PIPE)
        told = []
        # The second company is being opened: the first is finished, the others are not.
        for line in process.stderr:
            told.append(line.decode("utf-8"))
            if sum(": opening" in each for each in told) == 2:
                break
        process.kill()
        process.stderr.close()
        process.wait(timeout=RUN_SECONDS)
        self.assertEqual(sum(": opening" in each for each in told), 2, told)
        self.installation.crash("argosyd")

        first, went_on = self.run_to_the_end()
        self.assertEqual(went_on.count(": opening"), 2, went_on)
        facts = self.facts()
        self.assertGreater(facts, 10_000)

        second, asked_again = self.run_to_the_end()
        self.assertEqual(second, first)
        self.assertNotIn(": opening", asked_again)
        self.assertEqual(self.facts(), facts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--argosyd", "--argosyctl", "--scratch"):
        parser.add_argument(option, required=True)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
