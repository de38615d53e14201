#!/usr/bin/env python3
"""Every check finds what it is there to find, and is quiet on what is right."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_dead  # noqa: E402
import check_docs  # noqa: E402
import check_house  # noqa: E402
import check_layers  # noqa: E402
import check_sql  # noqa: E402
from source_tree import SourceTree  # noqa: E402


def findings(check, files):
    return check.check(SourceTree(files))


class LayersTest(unittest.TestCase):
    OURS = {"base/money.h": "", "storage/pool.h": "", "services/metrics/store/fact_store.h": ""}

    def assert_refused(self, path, include, word):
        found = findings(check_layers, {**self.OURS, path: f"#include {include}\n"})
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def assert_fine(self, path, include):
        self.assertEqual(findings(check_layers, {**self.OURS, path: f"#include {include}\n"}), [])

    def test_rooms(self):
        self.assert_refused("base/clock.cc", '"storage/pool.h"', "base may not include")
        self.assert_refused("rpc/chassis.cc", '"storage/pool.h"', "rpc may not include")
        self.assert_refused("services/metrics/domain/a.cc", '"storage/pool.h"', "domain may not")
        self.assert_refused("services/teams/service/a.cc", '"services/metrics/store/fact_store.h"', "may not")
        self.assert_refused("argosyctl/main.cc", '"storage/pool.h"', "argosyctl may not")
        self.assert_refused("common/a.cc", "<vector>", "no row of the table")
        self.assert_refused("services/metrics/util/a.cc", "<vector>", "no row of the table")
        self.assert_fine("services/metrics/store/a.cc", '"storage/pool.h"')
        self.assert_fine("services/metrics/rpc/server.cc", '"storage/pool.h"')
        self.assert_fine("argosyd/main.cc", '"storage/pool.h"')

    def test_libraries(self):
        self.assert_refused("services/metrics/service/a.cc", "<grpcpp/grpcpp.h>", "may not use")
        self.assert_refused("tenants/audit.cc", "<cppconn/driver.h>", "may not use")
        self.assert_refused("base/clock.cc", "<spdlog/spdlog.h>", "stands behind")
        self.assert_refused("rpc/limits.h", '"absl/synchronization/mutex.h"', "only lock")
        self.assert_refused("services/metrics/domain/a.cc", "<thread>", "is pure")
        self.assert_refused("services/metrics/domain/a.cc", "<fstream>", "is pure")
        self.assert_fine("services/metrics/service/a.cc", "<mutex>")
        self.assert_fine("storage/pool.cc", "<cppconn/driver.h>")
        self.assert_fine("base/clock.cc", "<vector>")

    def test_contracts(self):
        self.assert_refused("services/metrics/service/a.cc", '"argosy/metrics/v1/fact_service.grpc.pb.h"', "only a service's rpc")
        self.assert_refused("services/metrics/rpc/a.cc", '"argosy/incentives/v1/run_service.grpc.pb.h"', "may not read")
        self.assert_refused("services/incentives/rpc/a.cc", '"argosy/teams/v1/stage_service.grpc.pb.h"', "may not read")
        self.assert_refused("services/teams/rpc/people_rpc.cc", '"argosy/metrics/v1/query_service.grpc.pb.h"', "calls nobody")
        self.assert_refused("tenants/audit.cc", '"argosy/common/v1/money.pb.h"', "may not include")
        self.assert_fine("services/incentives/rpc/a.cc", '"argosy/teams/v1/people_service.grpc.pb.h"')

    def test_only_tests_include_tests(self):
        files = {"tests/support/x.h": "", "rpc/chassis.cc": '#include "tests/support/x.h"\n'}
        self.assertTrue(any("only tests" in f for f in findings(check_layers, files)))
        files = {"tests/support/x.h": "", "rpc/chassis_test.cc": '#include "tests/support/x.h"\n'}
        self.assertEqual(findings(check_layers, files), [])

    def test_cycles(self):
        files = {"base/a.h": '#include "base/b.h"\n', "base/b.h": '#include "base/a.h"\n'}
        self.assertTrue(any("cycle" in f for f in findings(check_layers, files)))


class HouseTest(unittest.TestCase):
    def assert_banned(self, line, path="services/metrics/domain/a.cc"):
        self.assertEqual(len(findings(check_house, {path: line + "\n"})), 1, line)

    def assert_fine(self, line, path="services/metrics/domain/a.cc"):
        self.assertEqual(findings(check_house, {path: line + "\n"}), [], line)

    def test_banned_words(self):
        for line in ("auto t = absl::Now();", "std::this_thread::sleep_for(d);", "std::random_device r;",
                     "getenv(\"HOME\");", "std::cout << 1;", "throw 1;", "try {} catch (...) {}",
                     "auto* p = new Team();", "delete team;", "std::shared_ptr<Team> t;", "std::string_view v;",
                     "absl::optional<int> o;", "absl::Mutex m;", "connection->commit();", "using namespace std;",
                     "int x;  // NOLINT", "int x;  // NOLINT(some-check)", "// NOLINTNEXTLINE(some-check)",
                     "transaction.commit();",
                     "// TODO: later", "GTEST_SKIP();", "auto n = std::chrono::system_clock::now();"):
            self.assert_banned(line)

    def test_owners_and_text_are_free(self):
        self.assert_fine("return absl::Now();", "base/clock.cc")
        self.assert_fine("} catch (const sql::SQLException& e) {", "storage/sql_error.cc")
        self.assert_fine('const char* kText = "throw new things";')
        self.assert_fine("// a new thing is caught, never delete it")
        self.assert_fine("Team(const Team&) = delete;")
        self.assert_fine("Value(int n);  // NOLINT(google-explicit-constructor): binds are values")
        self.assert_fine("// NOLINTNEXTLINE(some-check): the library wants it so")

    def test_no_floating_point_where_money_is(self):
        self.assert_banned("double rate = 0.1;", "services/incentives/domain/tiers.cc")
        self.assert_fine("double rate = 0.1;", "services/teams/domain/vg4.cc")

    def test_sizes(self):
        self.assertEqual(len(findings(check_house, {"base/a.cc": "\n" * 501})), 1)
        self.assertEqual(findings(check_house, {"base/a_test.cc": "\n" * 1000}), [])
        self.assertEqual(len(findings(check_house, {"base/a_test.cc": "\n" * 1001})), 1)


class SqlTest(unittest.TestCase):
    PATH = "services/metrics/store/queries.h"

    def query(self, sql, name="metrics.fact.find"):
        return f'inline constexpr Query kFind{{"{name}", R"sql({sql})sql"}};\n'

    SERVER = "services/metrics/rpc/server.cc"
    STARTUP = "CheckTenantPredicates({kQueries.begin(), kQueries.end()})"
    REGISTER = "inline constexpr std::array kQueries{kFind};\n"

    def found(self, text, server=STARTUP):
        return findings(check_sql, {self.PATH: text, self.SERVER: server})

    def test_says(self):
        for sql in ("SELECT * FROM fact", "SELECT f.* FROM fact f", "SELECT a FROM b LIMIT 1 OFFSET 5",
                    "INSERT INTO a (b) VALUES (1) RETURNING b", "SELECT NOW()"):
            self.assertEqual(len(self.found(self.query(sql) + self.REGISTER)), 1, sql)
        self.assertEqual(self.found(self.query("SELECT a FROM b") + self.REGISTER), [])

    def test_names(self):
        self.assertEqual(len(self.found(self.query("SELECT a FROM b", "fact.find") + self.REGISTER)), 1)
        twice = self.query("SELECT a FROM b") + self.query("SELECT a FROM c")
        self.assertEqual(len(self.found(twice + self.REGISTER)), 1)

    def test_registers(self):
        query = self.query("SELECT a FROM b")
        self.assertEqual(len(self.found(query)), 1)
        self.assertEqual(len(self.found(query + "constexpr std::array kQueries{kOther};")), 1)
        self.assertEqual(len(self.found(query + self.REGISTER, server="")), 1)
        sizes = 'inline constexpr std::array kFindHeld = {\n    ListQuery{128, {"metrics.a.b", kSql.data()}}};\n'
        self.assertEqual(len(self.found(sizes)), 1)
        self.assertEqual(self.found(sizes + "constexpr std::array kQueries = {kFindHeld[0].query};"), [])
        in_global = "inline constexpr std::array kGlobalQueries{kFind};\n"
        self.assertEqual(self.found(query + in_global, server=""), [])

    def test_homes(self):
        files = {"services/metrics/service/a.cc": 'Run("SELECT a FROM b");'}
        self.assertEqual(len(findings(check_sql, files)), 1)


class DeadTest(unittest.TestCase):
    def assert_dead(self, files, word):
        found = findings(check_dead, files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def assert_fine(self, files):
        self.assertEqual(findings(check_dead, files), [])

    def test_sources(self):
        self.assert_dead({"base/a.cc": "", "base/CMakeLists.txt": "SOURCES b.cc"}, "no target")
        self.assert_dead({"base/a.h": "", "base/b.cc": '#include "base/a.h"',
                          "base/CMakeLists.txt": "SOURCES b.cc"}, "no target")
        self.assert_dead({"tests/a.h": ""}, "no target")
        self.assert_dead({"protos/x/v1/a.proto": ""}, "no target")
        self.assert_dead({"tests/a_test.py": "", "tests/CMakeLists.txt": ""}, "no target")
        self.assert_fine({"protos/x/v1/a.proto": "", "protos/x/CMakeLists.txt": "FILES x/v1/a.proto"})
        self.assert_fine({"tests/a_test.py": "", "tests/CMakeLists.txt": "${DIR}/a_test.py"})
        self.assert_fine({"services/x/domain/a.cc": "", "services/x/CMakeLists.txt": "SOURCES domain/a.cc"})
        self.assert_fine({"tests/a.h": "", "tests/b.cc": '#include "tests/a.h"', "tests/CMakeLists.txt": "b.cc"})

    ROOM = "services/metrics/store"
    TARGET = {f"{ROOM}/CMakeLists.txt": "queries.h fact_store.cc"}

    def test_queries(self):
        def room(header, source):
            return {**self.TARGET, f"{self.ROOM}/queries.h": header, f"{self.ROOM}/fact_store.cc": source}

        query = 'inline constexpr Query kFind{"metrics.fact.find", "SELECT 1"};\n'
        listed = "inline constexpr std::array kQueries{kFind};\n"
        self.assert_fine(room(query + listed, "txn.FindOne(kFind);"))
        self.assert_dead(room(query + listed, "// kFind"), "nobody runs kFind")
        self.assert_dead(room(query, "txn.FindOne(kFind);"), "not in the array")

    def test_errors_and_constants(self):
        def room(header, source):
            return {"rpc/errors.h": header, "rpc/errors.cc": header, "rpc/a.cc": source,
                    "rpc/CMakeLists.txt": "errors.h errors.cc a.cc"}

        self.assert_fine(room("absl::Status Busy(int calls);", "return Busy(3);"))
        self.assert_dead(room("absl::Status Busy(int calls);", "// Busy"), "nobody answers Busy")
        limit = {"rpc/limits.h": "inline constexpr size_t kCallsMax = 8;", "rpc/CMakeLists.txt": "limits.h a.cc"}
        self.assert_fine({**limit, "rpc/a.cc": "if (calls > kCallsMax) {}"})
        self.assert_dead({**limit, "rpc/a.cc": 'Log("kCallsMax");'}, "nobody reads kCallsMax")

    def test_reasons(self):
        proto = {"protos/error_reason.proto": "enum R {\n  ERROR_REASON_UNSPECIFIED = 0;\n  ERROR_REASON_BUSY = 1;\n}",
                 "rpc/CMakeLists.txt": "a.cc a_test.cc", "protos/CMakeLists.txt": "error_reason.proto"}
        self.assert_fine({**proto, "rpc/a_test.cc": 'HasReason("BUSY")'})
        self.assert_fine({**proto, "rpc/a_test.cc": 'kNotYetSent = {"BUSY"};'})
        self.assert_dead({**proto, "rpc/a.cc": 'MakeFault("BUSY")'}, "no test provokes BUSY")


class DocsTest(unittest.TestCase):
    def test_links(self):
        self.assertEqual(len(findings(check_docs, {"README.md": "[a](docs/none.md)"})), 1)
        self.assertEqual(findings(check_docs, {"docs/a.md": "[b](../README.md) [c](b.md#x) [d](https://x.org)",
                                               "README.md": "", "docs/b.md": ""}), [])

    def test_words(self):
        help_text = {"tools/dev/common.sh": "#: ./dev demo [--once]      facts to pay\n#: ./dev down       ends it\n"}
        self.assertEqual(findings(check_docs, {**help_text, "a.md": "run `./dev demo --once`, then ./dev down"}), [])
        self.assertEqual(len(findings(check_docs, {**help_text, "a.md": "run `./dev sing`"})), 1)
        self.assertEqual(len(findings(check_docs, {**help_text, "a.md": "`./dev down --once`"})), 1)

    def test_shell_lines(self):
        text = "```sh\n./dev demo\n\nexport A=1\n```\nprose\n```\nno shell\n```\n"
        self.assertEqual(check_docs.shell_lines(text), ["./dev demo", "export A=1"])

    def test_rooms_and_invariants(self):
        found = findings(check_docs, {"ARCHITECTURE.md": "", "rpc/a.cc": ""})
        self.assertEqual(len(found), 1)
        found = findings(check_docs, {"ARCHITECTURE.md": "- **Invariant** nothing leaks\n"})
        self.assertEqual(len(found), 1)
        self.assertEqual(findings(check_docs, {"ARCHITECTURE.md": "`rpc/` x\n- **Invariant** y (`check_layers`)\n",
                                               "rpc/a.cc": ""}), [])


if __name__ == "__main__":
    unittest.main()
