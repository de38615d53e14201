#!/usr/bin/env python3
"""Nothing dead: every source is in a target, every query, error, constant and reason is used.

What the compiler cannot see, because it looks at one file: a source no target names, a statement or a
refusal nobody asks for, a bound nobody keeps, a reason no test provokes.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_house import code_of  # noqa: E402
from source_tree import SourceTree, report  # noqa: E402

INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
WORD = re.compile(r"[A-Za-z_]\w*")
TARGET_FILE = re.compile(r"[\w./-]+\.(?:cc|h|proto|py)\b")
QUERY = re.compile(r"\bQuery\s+(k\w+)\s*\{")
LIST = re.compile(r"\bstd::array\s+k\w*Queries\s*(?:=\s*)?\{([^;]*)\};")
CONSTANT = re.compile(r"^[ ]*(?:inline |static )*constexpr\s+[\w:<>, *]+?\b(k[A-Z]\w*)\s*(?:\[\])?\s*[={]", re.M)
FUNCTION = re.compile(r"^(?:\[\[nodiscard\]\] )?absl::Status\s+(\w+)\(", re.M)
REASON = re.compile(r"^\s*ERROR_REASON_(\w+)\s*=\s*[1-9]", re.M)
NOT_YET_SENT = re.compile(r"kNotYetSent\s*=\s*\{([^}]*)\}")
TEST = re.compile(r"_test\.(cc|h|py)$|_for_test\.(cc|h)$|^tests/|/testing/")
FOR_CHECKS = re.compile(r"Queries$")  # the lists of queries, which tests read


def uses(tree, pattern):
    """How often each word stands in the code of the files whose path matches, by word and path."""
    found = {}
    for path, text in tree.matching(".h", ".cc"):
        if pattern(path):
            for word in WORD.findall(code_of(text)):
                found.setdefault(word, {}).setdefault(path, 0)
                found[word][path] += 1
    return found


def check_targets(tree):
    """A CMakeLists.txt names each source, contract and test; a .h of tests need only be included."""
    included = {i for _, text in tree.matching(".h", ".cc") for i in INCLUDE.findall(text)}
    named = set()
    for path, text in tree.matching("CMakeLists.txt"):
        folder = pathlib.PurePosixPath(path).parent
        words = [word.lstrip("/") for word in TARGET_FILE.findall(text)]
        named |= {(folder / word).as_posix() for word in words}
        named |= {f"protos/{word}" for word in words if word.endswith(".proto")}
    return [f"{path}: no target names it" for path, _ in tree.matching(".h", ".cc", ".proto", "_test.py")
            if path not in (named | included if TEST.search(path) and path.endswith(".h") else named)]


def check_queries(tree, used):
    """Each query is used outside its header and is in the list the start-up check and tests read."""
    findings = []
    for path, text in tree.matching("queries.h"):
        listed = " ".join(LIST.findall(text))
        for name in QUERY.findall(text):
            if not re.search(rf"\b{name}\b", listed):
                findings.append(f"{path}: {name} is not in the array of the queries")
            room = path.rsplit("/", 1)[0]
            if not any(p != path and p.startswith(room) for p in used.get(name, {})):
                findings.append(f"{path}: nobody runs {name}")
    return findings


def check_errors(tree, used):
    findings = []
    for path, text in tree.matching("errors.h"):
        source = path[: -len("h")] + "cc"
        for name in FUNCTION.findall(code_of(text)):
            if not any(p not in (path, source) for p in used.get(name, {})):
                findings.append(f"{path}: nobody answers {name}")
    return findings


def check_constants(tree, used):
    """Each named constant of a header is read somewhere: a bound that nobody keeps is no bound."""
    findings = []
    for path, text in tree.matching(".h"):
        if TEST.search(path):
            continue
        for name in CONSTANT.findall(code_of(text)):
            if not FOR_CHECKS.search(name) and sum(used.get(name, {}).values()) < 2:
                findings.append(f"{path}: nobody reads {name}")
    return findings


def check_reasons(tree):
    """Each reason that is sent is named by a test. That the test provokes it is for the reader."""
    tests = "".join(text for path, text in tree.matching(".cc", ".h", ".py") if TEST.search(path))
    later = set(re.findall(r'"(\w+)"', "".join(NOT_YET_SENT.findall(tests))))
    return [f"{path}: no test provokes {reason}"
            for path, text in tree.matching("error_reason.proto") for reason in REASON.findall(text)
            if reason not in later and f'"{reason}"' not in tests]


def check(tree):
    product = uses(tree, lambda path: not TEST.search(path))
    return (check_targets(tree) + check_queries(tree, product) + check_errors(tree, product)
            + check_constants(tree, product) + check_reasons(tree))


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    sys.exit(report("check_dead", check(SourceTree.of_checkout(root))))
