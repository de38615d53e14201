#!/usr/bin/env python3
"""Holds the include table: which room may include what, of ours and of others.

Also: a service reads another one's contract only along the allowed edges, and no file includes
itself by a detour. Run from anywhere: tools/check_layers.py [ROOT]
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from source_tree import SourceTree, report  # noqa: E402

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^">]+)[">]', re.M)
SERVICES = ("tenancy", "teams", "metrics", "incentives")

# Rooms of ours that a room may include. "protos" stands for every generated header.
OURS = {
    "base": set(),
    "storage": {"base"},
    "tenants": {"base", "storage"},
    "rpc": {"base", "tenants", "protos"},
    "migrations/runner": {"base", "storage"},
    "demo": {"base"},
    "argosyctl": {"base", "protos", "demo"},
    "services/gateway": {"base", "rpc", "protos"},
}
# Libraries of others, by the first part of the include; the standard library and absl are free.
OTHERS = {
    "storage": {"cppconn", "mysql_connection.h", "mysql_driver.h"},
    "rpc": {"grpcpp", "grpc", "prometheus", "boost/beast", "boost/asio", "re2", "google/protobuf"},
    "argosyctl": {"grpcpp", "grpc", "CLI", "yaml-cpp", "unicode", "google/protobuf"},
    "services/gateway": {"grpcpp", "grpc", "boost/beast", "boost/asio", "google/protobuf"},
    "domain": {"boost/math"},
    "service": {"csv.h", "yaml-cpp", "unicode", "curl", "google/protobuf"},
    "service/rpc": {"grpcpp", "grpc", "google/protobuf"},
}
# Of the standard library, what a pure decision cannot need: threads, clocks, randomness, I/O.
NOT_PURE = {"atomic", "chrono", "condition_variable", "cstdio", "ctime", "filesystem", "fstream", "future",
            "iostream", "mutex", "random", "semaphore", "shared_mutex", "stop_token", "thread"}
# Libraries that stand behind one file of base.
BEHIND = {
    "spdlog": ("base/log.cc",),
    "yaml-cpp": ("base/config.cc",),
    "sodium.h": ("base/crypto.cc", "base/random.cc", "base/aead.cc"),
    "cjose": ("base/access_token.cc", "base/crypto.cc"),
    "jansson.h": ("base/access_token.cc", "base/crypto.cc"),
    "boost/crc.hpp": ("base/crypto.cc",),
    "boost/multiprecision": ("base/money.cc", "base/wide.h", "base/wide.cc"),
}
# Contracts of other services that a service may read.
EDGES = {
    "tenancy": {},
    "metrics": {"teams": re.compile(r"people|member|team")},
    "teams": {"metrics": re.compile(r""), "incentives": re.compile(r"plan|appraisal")},
    "incentives": {"metrics": re.compile(r""), "teams": re.compile(r"people|member|team|role")},
}
TEST = re.compile(r"(_test|_benchmark)\.(cc|h)$")
POSIX = re.compile(r"^(sys/|netinet/|arpa/)?[a-z0-9_]+\.h$|^(sys|netinet|arpa|linux)/")


def room_of(path):
    parts = path.split("/")
    if parts[0] == "services" and len(parts) > 3:
        return "/".join(parts[:3])
    if parts[0] in ("services", "migrations") and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def allowed_rooms(room):
    parts = room.split("/")
    if len(parts) != 3:
        return OURS.get(room)
    mine = {f"services/{parts[1]}/{inner}" for inner in ("domain", "store", "service")}
    return {
        "domain": {"base", room},
        "store": {"base", "storage", "tenants"} | {r for r in mine if not r.endswith("service")},
        "service": {"base", "tenants", "protos"} | mine,
        "rpc": {"base", "tenants", "protos", "rpc", f"services/{parts[1]}/service"},
    }.get(parts[2])


def allowed_libraries(room):
    parts = room.split("/")
    if len(parts) == 3:
        return OTHERS.get("service/rpc" if parts[2] == "rpc" else parts[2], set())
    return OTHERS.get(room, set())


def is_generated(include):
    return include.endswith(".pb.h")


def check_generated(path, room, include):
    parts = room.split("/")
    if parts[0] != "services" or len(parts) != 3:
        return []
    findings = []
    if include.endswith(".grpc.pb.h") and parts[2] != "rpc":
        findings.append(f"{path}: only a service's rpc room may include {include}")
    target = include.split("/")
    if target[0] == "argosy" and target[1] in SERVICES and target[1] != parts[1]:
        edge = EDGES[parts[1]].get(target[1])
        if edge is None or not edge.search(target[-1]):
            findings.append(f"{path}: {parts[1]} may not read the contract {include}")
        if parts[1] == "teams" and re.search(r"people|member", path):
            findings.append(f"{path}: PeopleService calls nobody, yet includes {include}")
    return findings


def check_ours(path, room, include):
    allowed = allowed_rooms(room)
    target = room_of(include)
    if target == room or target in allowed:
        return []
    wiring = room.endswith("/rpc") and path.endswith(("/server.cc", "/server.h"))
    if wiring and (target == "storage" or target == room[: -len("rpc")] + "store"):
        return []
    return [f"{path}: {room} may not include {include}"]


def check_library(path, room, include):
    for library, owners in BEHIND.items():
        if include.startswith(library) and room in ("base", "storage", "tenants"):
            return [] if path in owners else [f"{path}: {library} stands behind {' and '.join(owners)}"]
    if include.startswith("absl/synchronization"):
        return [f"{path}: base/mutex.h is the only lock, not {include}"]
    if include in NOT_PURE and room.endswith("/domain"):
        return [f"{path}: the domain is pure, and <{include}> is not"]
    first = include.split("/")[0]
    if "/" not in include and "." not in include or first == "absl" or POSIX.match(include) and \
            include not in ("csv.h", "sodium.h", "jansson.h"):
        return []
    if any(include.startswith(library) for library in allowed_libraries(room)):
        return []
    return [f"{path}: {room} may not use {include}"]


def check_cycles(graph):
    findings, done = [], set()

    def visit(path, trail):
        if path in trail:
            cycle = trail[trail.index(path):] + [path]
            findings.append("include cycle: " + " -> ".join(cycle))
            return
        if path in done:
            return
        for target in graph.get(path, ()):
            visit(target, trail + [path])
        done.add(path)

    for path in sorted(graph):
        visit(path, [])
    return findings


def check(tree):
    findings, graph = [], {}
    for path, text in tree.matching(".h", ".cc"):
        room = room_of(path)
        includes = INCLUDE.findall(text)
        graph[path] = [i for q, i in includes if q == '"' and tree.has(i)]
        for _, include in includes:
            if include.startswith("tests/") and room != "tests" and not TEST.search(path) \
                    and "/testing/" not in path:
                findings.append(f"{path}: only tests may include {include}")
        if room not in ("tests", "argosyd") and allowed_rooms(room) is None:
            findings.append(f"{path}: no row of the table knows the room {room}")
            continue
        if room in ("tests", "argosyd") or TEST.search(path) or "/testing/" in path:
            continue
        for quote, include in includes:
            if is_generated(include):
                if "protos" not in allowed_rooms(room):
                    findings.append(f"{path}: {room} may not include {include}")
                findings += check_generated(path, room, include)
            elif quote == '"' and tree.has(include):
                findings += check_ours(path, room, include)
            else:
                findings += check_library(path, room, include)
    return findings + check_cycles(graph)


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    sys.exit(report("check_layers", check(SourceTree.of_checkout(root))))
