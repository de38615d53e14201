#!/usr/bin/env python3
"""House rules a compiler does not hold: words banned outside their owner, and file sizes."""

import fnmatch
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from source_tree import SourceTree, report  # noqa: E402

TESTS = ("*_test.cc", "tests/*")
MAINS = ("argosyd/main.cc", "argosyctl/main.cc", "*_main.cc", "tests/bench/*")

# pattern, files that may use it, why.
BANNED = [
    (r"\babsl::Now\s*\(", ("base/clock.cc", "tests/*", "tools/*"), "time comes in through base::Clock"),
    (r"\w+_clock::now\b", ("base/clock.cc", "tests/bench/*"), "time comes in through base::Clock"),
    (r"\b(sleep_for|sleep_until|usleep|absl::SleepFor|sleep)\s*\(", (), "poll with a deadline instead"),
    (r"\brandom_device\b|\b(std::)?rand\s*\(", (), "randomness comes in through base/random.h"),
    (r"\bgetenv\s*\(", ("argosyctl/main.cc",) + TESTS, "configuration is one file"),
    (r"\bstd::cout\b", ("argosyctl/main.cc", "argosyd/main.cc", "tests/bench/*"), "only a command line prints"),
    (r"\bthrow\b(?!\w)", TESTS, "errors travel as absl::Status"),
    (r"\bcatch\s*\(", ("storage/sql_error.cc", "rpc/chassis.cc", "base/config.cc", "argosyctl/yaml_reader.cc")
     + MAINS + TESTS,
     "exceptions end in storage, the chassis barrier, the YAML readers and each main"),
    (r"(?<![\w.:])new\s+[A-Za-z_:]+[\s({\[;<]", TESTS, "std::make_unique"),
    (r"(?<![\w=.])\bdelete\s+[A-Za-z_*]", TESTS, "ownership is a unique_ptr"),
    # A gRPC channel, a Prometheus registry and spdlog's sink come shared; a parser's options outlive
    # the function that declares them.
    (r"\bstd::shared_ptr\b|\bstd::make_shared\b",
     ("rpc/admin_http.cc", "rpc/channel_source.h", "rpc/key_set.*", "rpc/server.*", "rpc/service_channels.*",
      "base/log.cc", "argosyd/process.h", "argosyctl/client_session.*", "argosyctl/commands/*") + TESTS,
     "one owner"),
    (r"\bstd::string_view\b", (), "absl::string_view: Debian's Abseil does not convert"),
    (r"\babsl::optional\b", (), "std::optional"),
    (r"\babsl::(Mutex|Notification|BlockingCounter)\b", (), "base/mutex.h"),
    (r"(?:->|\.)\s*(commit|rollback|setAutoCommit|reconnect)\s*\(", (), "they do not report a dead connection"),
    (r"^\s*using namespace\b", (), "names are spelled out"),
    (r"\bNOLINT(?!END|\w*\([^)]+\): \S)", (), "name the check and, after it, the reason"),
    (r"\b(TODO|FIXME|XXX|HACK)\b", (), "finish it or delete it"),
    (r"\bGTEST_SKIP\b|\bDISABLED_", (), "a skipped test counts as passed"),
]
NO_FLOAT = ("base/money.*", "services/incentives/*")
FLOAT = re.compile(r"\b(float|double)\b")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
STRING = re.compile(r'R"(\w*)\((?:.*?)\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
LINES_MAX, TEST_LINES_MAX = 500, 1000


def matches(path, patterns):
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def code_of(text):
    """The text without strings and comments, line numbers kept."""
    return COMMENT.sub(blank, STRING.sub(blank, text))


def check(tree):
    findings = []
    for path, text in tree.matching(".h", ".cc"):
        code = code_of(text)
        for pattern, owners, why in BANNED:
            source = text if "NOLINT" in pattern or "TODO" in pattern else code
            if matches(path, owners):
                continue
            for match in re.finditer(pattern, source, re.M):
                line = source.count("\n", 0, match.start()) + 1
                findings.append(f"{path}:{line}: '{match.group(0).strip()}' is banned: {why}")
        if matches(path, NO_FLOAT) and not matches(path, TESTS):
            for match in FLOAT.finditer(code):
                line = code.count("\n", 0, match.start()) + 1
                findings.append(f"{path}:{line}: no floating point where money is")
    for path, text in tree.matching(".h", ".cc", ".py", ".sh", ".proto"):
        lines = text.count("\n")
        limit = TEST_LINES_MAX if "_test." in path or path.startswith("tests/") else LINES_MAX
        if lines > limit:
            findings.append(f"{path}: {lines} lines, more than {limit}: a room that wants dividing")
    return findings


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    sys.exit(report("check_house", check(SourceTree.of_checkout(root))))
