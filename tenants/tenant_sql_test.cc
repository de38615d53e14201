#include "tenants/tenant_sql.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenants {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

struct SqlCase {
  const char* name;
  const char* sql;
};
std::string CaseName(const ::testing::TestParamInfo<SqlCase>& info) { return info.param.name; }

class ConfinedSqlTest : public ::testing::TestWithParam<SqlCase> {};
TEST_P(ConfinedSqlTest, Passes) {
  EXPECT_THAT(CheckTenantPredicate({GetParam().name, GetParam().sql}), IsOk());
}
INSTANTIATE_TEST_SUITE_P(
    All, ConfinedSqlTest,
    ::testing::Values(
        SqlCase{"Select", "SELECT t.a FROM t WHERE t.tenant_id = :tenant AND t.id = ?"},
        SqlCase{"OneTableUnqualified",
                "SELECT a FROM t WHERE tenant_id = :tenant ORDER BY a LIMIT ?"},
        SqlCase{"Alias", "SELECT x.a FROM team AS x WHERE x.id = ? AND x.tenant_id = :tenant"},
        SqlCase{"Join",
                "SELECT a.x FROM a JOIN b ON b.tenant_id = :tenant AND b.id = a.b_id WHERE "
                "a.tenant_id = :tenant"},
        SqlCase{"LeftJoin",
                "SELECT a.x FROM a LEFT JOIN b ON (b.tenant_id = :tenant AND b.id = a.b_id) WHERE "
                "a.tenant_id = :tenant"},
        SqlCase{"CommaJoin",
                "SELECT a.x FROM a, b WHERE a.tenant_id = :tenant AND b.tenant_id = :tenant"},
        SqlCase{"OrBeside",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant AND (a.y = ? OR a.z = ?)"},
        SqlCase{"Subquery",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant AND a.y IN (SELECT b.y FROM b WHERE "
                "b.tenant_id = :tenant)"},
        SqlCase{"Derived",
                "SELECT d.x FROM (SELECT b.x FROM b WHERE b.tenant_id = :tenant GROUP BY b.x) d"},
        SqlCase{"Cte",
                "WITH w AS (SELECT b.x FROM b WHERE b.tenant_id = :tenant) SELECT w.x FROM w"},
        SqlCase{"Union",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant UNION ALL SELECT b.x FROM b WHERE "
                "b.tenant_id = :tenant"},
        SqlCase{"Update",
                "UPDATE t SET a = ?, version = version + 1 WHERE tenant_id = :tenant AND id = ?"},
        SqlCase{"Delete", "DELETE FROM t WHERE tenant_id = :tenant AND id = ?"},
        SqlCase{"ForUpdate",
                "SELECT t.a FROM t WHERE t.tenant_id = :tenant AND t.id = ? FOR UPDATE"},
        SqlCase{"Insert", "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?)"},
        SqlCase{"InsertTwo", "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?), (:tenant, (?))"},
        SqlCase{"Upsert",
                "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?) ON DUPLICATE KEY UPDATE a = "
                "VALUES(a)"},
        SqlCase{"InsertHead", "INSERT INTO t (tenant_id, a)"},
        SqlCase{
            "InsertSelect",
            "INSERT INTO t (tenant_id, a) SELECT :tenant, b.a FROM b WHERE b.tenant_id = :tenant"},
        SqlCase{"CountStar", "SELECT COUNT(*) FROM t WHERE t.tenant_id = :tenant"},
        SqlCase{"CaseInList",
                "SELECT SUM(CASE WHEN t.a = 1 OR t.a = 2 THEN t.v ELSE 0 END) FROM t WHERE "
                "t.tenant_id = :tenant"},
        SqlCase{"Comment", "SELECT t.a -- FROM other\nFROM t WHERE t.tenant_id = :tenant"},
        SqlCase{"Groups",
                "SELECT a.x FROM a WHERE ((a.tenant_id = :tenant) AND (a.y = ?)) AND a.z = ?"},
        SqlCase{"Between", "SELECT a.x FROM a WHERE a.y BETWEEN ? AND ? AND a.tenant_id = :tenant"},
        SqlCase{"Hint",
                "SELECT /*+ MAX_EXECUTION_TIME(9) */ a.x FROM a WHERE a.tenant_id = "
                ":tenant /* of one */"},
        SqlCase{"OnDuplicate",
                "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?) ON DUPLICATE KEY UPDATE a = "
                "VALUES(a)"},
        SqlCase{"Exists",
                "SELECT t.a FROM t WHERE t.tenant_id = :tenant AND NOT EXISTS (SELECT 1 FROM b "
                "WHERE b.tenant_id = :tenant AND b.id = t.id)"}),
    CaseName);

class OpenSqlTest : public ::testing::TestWithParam<SqlCase> {};
TEST_P(OpenSqlTest, IsRefused) {
  EXPECT_THAT(CheckTenantPredicate({GetParam().name, GetParam().sql}),
              StatusIs(absl::StatusCode::kInternal));
}
INSTANTIATE_TEST_SUITE_P(
    All, OpenSqlTest,
    ::testing::Values(
        SqlCase{"NoPredicate", "SELECT t.a FROM t WHERE t.id = ?"},
        SqlCase{"CallersTenant", "SELECT t.a FROM t WHERE t.tenant_id = ?"},
        SqlCase{"SecondTable",
                "SELECT a.x FROM a JOIN b ON b.id = a.b_id WHERE a.tenant_id = :tenant"},
        SqlCase{"SecondTableOfComma", "SELECT a.x FROM a, b WHERE a.tenant_id = :tenant"},
        SqlCase{"UnqualifiedOfTwo",
                "SELECT a.x FROM a JOIN b ON b.id = a.id WHERE tenant_id = :tenant"},
        SqlCase{"OrAfter", "SELECT t.a FROM t WHERE t.tenant_id = :tenant OR 1 = 1"},
        SqlCase{"OrBefore", "SELECT t.a FROM t WHERE t.id = ? OR t.tenant_id = :tenant"},
        SqlCase{"Pipes", "SELECT t.a FROM t WHERE t.tenant_id = :tenant || 1"},
        SqlCase{"OrOutside",
                "SELECT t.a FROM t WHERE (t.tenant_id = :tenant AND t.id = ?) OR t.b = ?"},
        SqlCase{"OrInside",
                "SELECT t.a FROM t WHERE (t.tenant_id = :tenant OR t.id = ?) AND t.b = ?"},
        SqlCase{"Not", "SELECT t.a FROM t WHERE NOT t.tenant_id = :tenant"},
        SqlCase{"NotGroup", "SELECT t.a FROM t WHERE NOT (t.tenant_id = :tenant)"},
        SqlCase{"Function", "SELECT t.a FROM t WHERE IF(t.tenant_id = :tenant, 1, 1)"},
        SqlCase{"Case",
                "SELECT t.a FROM t WHERE CASE WHEN 1 AND t.tenant_id = :tenant THEN 1 ELSE 1 END"},
        SqlCase{"InSelectList", "SELECT t.tenant_id = :tenant FROM t"},
        SqlCase{"Arithmetic", "SELECT t.a FROM t WHERE t.tenant_id = :tenant + 1"},
        SqlCase{"OuterJoinOn",
                "SELECT a.x FROM a LEFT JOIN b ON b.tenant_id = :tenant AND a.tenant_id = :tenant"},
        SqlCase{"OuterPredicateForInner",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant AND a.y IN (SELECT a2.y FROM a a2)"},
        SqlCase{"UnionHalf",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant UNION SELECT b.x FROM b"},
        SqlCase{"UpdateSet", "UPDATE t SET tenant_id = :tenant WHERE id = ?"},
        SqlCase{"DeleteAll", "DELETE FROM t"},
        SqlCase{"InsertOtherFirst", "INSERT INTO t (a, tenant_id) VALUES (?, :tenant)"},
        SqlCase{"InsertCallersTenant", "INSERT INTO t (tenant_id, a) VALUES (?, ?)"},
        SqlCase{"InsertSecondTuple", "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?), (?, ?)"},
        SqlCase{"InsertSelectOpen", "INSERT INTO t (tenant_id, a) SELECT :tenant, b.a FROM b"},
        SqlCase{"SelectStar", "SELECT * FROM t WHERE t.tenant_id = :tenant"},
        SqlCase{"SelectAliasStar", "SELECT t.* FROM t WHERE t.tenant_id = :tenant"},
        SqlCase{"OtherName", "SELECT t.a FROM t WHERE t.tenant_id = :tenant AND t.b = :other"},
        SqlCase{"InString", "SELECT t.a FROM t WHERE t.b = 't.tenant_id = :tenant'"},
        SqlCase{"GroupCompared", "SELECT a.x FROM a WHERE (a.tenant_id = :tenant) = 0"},
        SqlCase{"GroupIsFalse", "SELECT a.x FROM a WHERE (a.tenant_id = :tenant) IS FALSE"},
        SqlCase{"GroupOfGroupsCompared",
                "SELECT a.x FROM a WHERE ((a.tenant_id = :tenant)) <> 1 AND a.y = ?"},
        SqlCase{"ComparedWithGroup", "SELECT a.x FROM a WHERE 0 = (a.tenant_id = :tenant)"},
        SqlCase{"NegatedGroup", "SELECT a.x FROM a WHERE !(a.tenant_id = :tenant)"},
        SqlCase{"EndOfBetween", "SELECT a.x FROM a WHERE a.y BETWEEN 0 AND a.tenant_id = :tenant"},
        SqlCase{"GroupAsEndOfBetween",
                "SELECT a.x FROM a WHERE a.y BETWEEN 0 AND (a.tenant_id = :tenant)"},
        SqlCase{"ExecutableComment",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant /*! OR 1 = 1 */"},
        SqlCase{"VersionedComment",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant /*!50000 OR 1 = 1 */"},
        SqlCase{"MariaDbComment", "SELECT a.x FROM a WHERE a.tenant_id = :tenant /*M! OR 1 = 1 */"},
        SqlCase{"DashesThatAreNoComment",
                "SELECT a.x FROM a WHERE a.tenant_id = :tenant --1 OR 1 = 1"},
        SqlCase{"AssignsTenant",
                "UPDATE t SET a = ?, tenant_id = ? WHERE tenant_id = :tenant AND id = ?"},
        SqlCase{"AssignsTenantOfAlias",
                "UPDATE team x SET x.tenant_id = ? WHERE x.tenant_id = :tenant AND x.id = ?"},
        SqlCase{"AssignsTenantOnDuplicate",
                "INSERT INTO t (tenant_id, a) VALUES (:tenant, ?) ON DUPLICATE KEY UPDATE a = "
                "VALUES(a), tenant_id = ?"},
        SqlCase{"SecondStatement",
                "DELETE FROM t WHERE tenant_id = :tenant; DELETE FROM t WHERE tenant_id = :tenant"},
        SqlCase{"OtherVerb", "TRUNCATE t"},
        SqlCase{"InComment", "SELECT t.a FROM t -- WHERE t.tenant_id = :tenant"}),
    CaseName);

TEST(RewriteTenantQuery, BindsEachPlaceholderInItsPlace) {
  const TenantQuery query = RewriteTenantQuery({"q",
                                                "SELECT t.a FROM t WHERE t.x = ? AND t.tenant_id = "
                                                ":tenant AND t.y = '? :tenant' AND t.z = ?"});
  EXPECT_EQ(
      query.sql,
      "SELECT t.a FROM t WHERE t.x = ? AND t.tenant_id = ? AND t.y = '? :tenant' AND t.z = ?");
  EXPECT_THAT(query.tenant_binds, ElementsAre(false, true, false));
}

TEST(CheckTenantPredicates, NamesEveryQueryAtFault) {
  const absl::Status status =
      CheckTenantPredicates({{"first", "DELETE FROM a"}, {"second", "DELETE FROM b"}});
  EXPECT_THAT(std::string(status.message()), HasSubstr("first"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("second"));
}

}  // namespace
}  // namespace argosy::tenants
