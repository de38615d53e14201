#!/usr/bin/env python3
"""clang-tidy over a build's compile commands, each source once for each content it is compiled from.

    tidy.py BUILD_FOLDER [PATH_REGEX]

A source passes when clang-tidy has no finding in it; the pass is remembered under the digest of its preprocessed text
(comments kept, since NOLINT is one), its command and the configuration. So a second run asks only about what changed.
Ends with 1 when any source has a finding.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def preprocess_command(entry):
    """The compile command of an entry, made to print the preprocessed text with its comments."""
    words = shlex.split(entry["command"])
    if os.path.basename(words[0]) == "ccache":
        words = words[1:]
    without_output = []
    skip = False
    for word in words:
        if skip or word == "-c":
            skip = False
        elif word == "-o":
            skip = True
        else:
            without_output.append(word)
    return without_output + ["-E", "-C", "-P"]


def digest_of(entry, configuration):
    """What clang-tidy's answer depends on; None when the source does not preprocess."""
    command = preprocess_command(entry)
    text = subprocess.run(command, cwd=entry["directory"], capture_output=True, check=False)
    if text.returncode != 0:
        return None
    digest = hashlib.sha256(configuration)
    digest.update("\0".join(command).encode())
    digest.update(text.stdout)
    return digest.hexdigest()


def tidy(entry, build, configuration):
    """The findings in one source: empty when there is none."""
    digest = digest_of(entry, configuration)
    passed = build / "tidy" / digest if digest else None
    if passed and passed.exists():
        return ""
    result = subprocess.run(
        ["clang-tidy", "-p", str(build), "--quiet", entry["file"]], capture_output=True, text=True, check=False
    )
    if result.returncode == 0 and passed:
        passed.touch()
        return ""
    return result.stdout or result.stderr or f"{entry['file']}: clang-tidy ended with {result.returncode}\n"


def sources(build, pattern):
    """The project's own sources among the compile commands, generated ones left out."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        inside = path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build")
        if inside and re.search(pattern, str(path.relative_to(ROOT))):
            yield entry


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    entries = list(sources(build, sys.argv[2] if len(sys.argv) > 2 else ""))
    configuration = (ROOT / ".clang-tidy").read_bytes()
    (build / "tidy").mkdir(exist_ok=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for count, findings in enumerate(pool.map(lambda entry: tidy(entry, build, configuration), entries), 1):
            if findings:
                failed += 1
                print(findings, flush=True)
            if count % 25 == 0 or count == len(entries):
                print(f"tidy: {count} of {len(entries)} sources, {failed} with findings", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
