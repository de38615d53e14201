#!/usr/bin/env python3
"""SQL stands in named queries and stays inside what MariaDB, MySQL and TiDB share.

The tenant predicate itself is held by tenants/ at start-up and in a test; this check holds where SQL
may stand, how it is named, and what it may not say.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from source_tree import SourceTree, report  # noqa: E402

QUERY = re.compile(r'Query\s+(k\w+)\s*\{\s*"([^"]*)"\s*,\s*((?:R"sql\(.*?\)sql"|"(?:\\.|[^"\\])*"|\s)+)\}', re.S)
NAME = re.compile(r"^[a-z]+(\.[a-z_]+){2}$")
SQL_TEXT = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s', re.I)
HOMES = re.compile(r"^(services/\w+/store/|tenants/|storage/|migrations/runner/|tests/)|_test\.cc$")
# A query, or one in several sizes; and a list of those that start-up checks.
CONSTANT = re.compile(r"constexpr\s+(?:storage::)?Query\s+(k\w+)|constexpr\s+std::array\s+(k\w+)\s*=?\s*\{\s*ListQuery")
REGISTER = re.compile(r"constexpr\s+std::array\s+(k\w*Queries)\s*=?\s*\{(.*?)\};", re.S)
GLOBAL = "kGlobalQueries"  # has no tenant to check for
BANNED = [
    (r"SELECT\s+(\w+\.)?\*", "name the columns"),
    (r"\bOFFSET\b", "page by key"),
    (r"\bRETURNING\b", "MySQL and TiDB lack it"),
    (r"\bAUTO_INCREMENT\b", "it leaks volume and breaks sharding"),
    (r"\b(TRIGGER|PROCEDURE|EVENT)\b", "TiDB lacks it"),
    (r"\bNOW\s*\(|\bCURRENT_TIMESTAMP\b|\bUNIX_TIMESTAMP\b|\bRAND\s*\(", "time and randomness come in as values"),
]


def check_registers(tree):
    """Every query of a service is in a register of its file, and start-up checks every register."""
    findings = []
    sources = dict(tree.matching(".h", ".cc"))
    for path, text in sources.items():
        if not path.startswith("services/") or path.endswith("_test.cc"):
            continue
        registers = dict(REGISTER.findall(text))
        listed = set(re.findall(r"\bk\w+", " ".join(registers.values())))
        for query, sizes in CONSTANT.findall(text):
            if (query or sizes) not in listed:
                findings.append(f"{path}: {query or sizes} is in no k...Queries of its file")
        server = sources.get("/".join(path.split("/")[:2]) + "/rpc/server.cc", "")
        for register in registers:
            if register != GLOBAL and f"CheckTenantPredicates({{{register}.begin()" not in server:
                findings.append(f"{path}: start-up does not check {register}")
    return findings


def check(tree):
    findings, names = [], {}
    for path, text in tree.matching(".h", ".cc"):
        for constant, name, body in QUERY.findall(text):
            where = f"{path}: {constant}"
            if path.startswith("services/"):
                if not NAME.match(name) or not name.startswith(path.split("/")[1] + "."):
                    findings.append(f"{where}: '{name}' is not <service>.<noun>.<verb>")
            if name in names:
                findings.append(f"{where}: the name '{name}' is taken by {names[name]}")
            names[name] = where
            for pattern, why in BANNED:
                if re.search(pattern, body, re.I):
                    findings.append(f"{where}: {pattern}: {why}")
        if not HOMES.search(path) and SQL_TEXT.search(text):
            findings.append(f"{path}: SQL text outside a store")
    return findings + check_registers(tree)


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    sys.exit(report("check_sql", check(SourceTree.of_checkout(root))))
