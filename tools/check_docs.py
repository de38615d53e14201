#!/usr/bin/env python3
"""Documents: links resolve, every room is named in ARCHITECTURE.md, every word of ./dev is one."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from source_tree import SourceTree, report  # noqa: E402

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")
HELP = re.compile(r"^#: \./dev (\w+)([^#\n]*?)(?:  |$)", re.M)
DEV = re.compile(r"\./dev (\w+)((?: --[\w-]+)*)")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
INVARIANT = re.compile(r"^[-*]\s*\*\*Invariant\*\*((?:.*)(?:\n[ \t]+.*)*)", re.M)


def shell_lines(text):
    """The lines of a document's sh blocks; tests/e2e/readme_test.py runs those of the README."""
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


def check_words(tree):
    """Each `./dev WORD --option` of a document is one that the help of ./dev knows."""
    known = {}
    for _, text in tree.matching("tools/dev/common.sh"):
        known.update(HELP.findall(text))
    findings = []
    for path, text in tree.matching(".md"):
        for word, options in DEV.findall(text):
            if word not in known:
                findings.append(f"{path}: ./dev has no word {word}")
            findings += [f"{path}: ./dev {word} has no option {option}" for option in options.split()
                         if option not in known.get(word, option)]
    return findings


def check(tree):
    findings = check_words(tree)
    for path, text in tree.matching(".md"):
        for target, _ in LINK.findall(text):
            if re.match(r"^[a-z]+:", target):
                continue
            resolved = (pathlib.PurePosixPath(path).parent / target).as_posix()
            while re.search(r"(^|/)[^/.][^/]*/\.\./", resolved):
                resolved = re.sub(r"(^|/)[^/.][^/]*/\.\./", r"\1", resolved, count=1)
            resolved = re.sub(r"(^|/)\./", r"\1", resolved)
            if resolved not in (".", "") and not tree.has(resolved):
                findings.append(f"{path}: the link {target} leads nowhere")
        if path == "ARCHITECTURE.md":
            for line in INVARIANT.findall(text):
                if "`" not in line:
                    findings.append(f"{path}: an invariant names no check that holds it:{line[:70]}")
    architecture = dict(tree.matching("ARCHITECTURE.md")).get("ARCHITECTURE.md", "")
    rooms = {p.split("/")[0] for p, _ in tree.matching(".cc", ".h", ".proto", ".sql") if "/" in p}
    rooms |= {"/".join(p.split("/")[:2]) for p, _ in tree.matching(".cc") if p.startswith("services/")}
    for room in sorted(rooms):
        if f"{room}/" not in architecture:
            findings.append(f"ARCHITECTURE.md: the room {room}/ is not named")
    return findings


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    sys.exit(report("check_docs", check(SourceTree.of_checkout(root))))
