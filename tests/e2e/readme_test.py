"""What the README tells its reader to type works, as it stands there.

    readme_test.py --argosyd PATH --argosyctl PATH --scratch FOLDER

The words of ./dev are left out: CI itself is one of them, and ./dev check runs the others.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests/support"), str(ROOT / "tools")]
from check_docs import shell_lines  # noqa: E402
from installation import Binaries, Installation  # noqa: E402

OPTIONS = None  # the command line


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        scratch = pathlib.Path(OPTIONS.scratch)
        scratch.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(dir=scratch)
        self.addCleanup(self._folder.cleanup)
        # What a reader's checkout looks like after ./dev up.
        self.checkout = pathlib.Path(self._folder.name)
        installation = Installation(Binaries(OPTIONS.argosyd, OPTIONS.argosyctl), self.checkout / ".run")
        self.addCleanup(installation.stop)
        installation.start()
        (self.checkout / "build/release/argosyctl").mkdir(parents=True)
        (self.checkout / "build/release/argosyctl/argosyctl").symlink_to(OPTIONS.argosyctl)
        for room in ("tenants", "presets"):
            (self.checkout / room).symlink_to(ROOT / room)
        self.environment = {**os.environ, "HOME": str(self.checkout), "XDG_CONFIG_HOME": str(self.checkout / "config"),
                            "ARGOSY_ADDRESS": f"127.0.0.1:{installation.port}"}

    def run_lines(self, lines):
        return subprocess.run(["bash", "-euo", "pipefail", "-c", "\n".join(lines)], cwd=self.checkout,
                              env=self.environment, capture_output=True, text=True, check=False)

    def test_commands_run(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        lines = [line for line in shell_lines(readme) if not line.startswith("./dev ")]
        self.assertTrue(any(line.startswith("argosyctl ") for line in lines), lines)
        done = self.run_lines(lines)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        # The walk goes from an empty company to what its seller is paid, and the text says how much.
        promised = re.findall(r"gets ([0-9.]+ USD):", readme)
        self.assertEqual(len(promised), 1, "the README says what its seller gets")
        self.assertRegex(done.stdout, rf"(?m)^\S+ +li-wei +2026-04 .* {re.escape(promised[0])}$")
        self.assertRegex(done.stdout, r"(?m)^EFFECTIVE_INQUIRY +2 ")
        self.assertIn("fact sales-list/order/1002", done.stdout)
        self.check_that_a_wrong_command_is_seen(lines[:lines.index("export ARGOSY_PROFILE=acme")])

    def check_that_a_wrong_command_is_seen(self, opening):
        """`opening` makes a company: again by another name, it fails for the wrong word alone."""
        another = [line.replace("acme", "beta") for line in opening]
        wrong = self.run_lines([line.replace("--blueprint", "--bleuprint") for line in another])
        self.assertNotEqual(wrong.returncode, 0)
        self.assertIn("--bleuprint", wrong.stderr)
        right = self.run_lines(another)
        self.assertEqual(right.returncode, 0, right.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("argosyd", "argosyctl", "scratch"):
        parser.add_argument(f"--{name}", required=True)
    OPTIONS = parser.parse_args()
    unittest.main(argv=sys.argv[:1])
