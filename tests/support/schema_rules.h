// The rules every schema keeps, read from information_schema.
#ifndef ARGOSY_TESTS_SUPPORT_SCHEMA_RULES_H_
#define ARGOSY_TESTS_SUPPORT_SCHEMA_RULES_H_

#include <string>
#include <vector>

#include "tests/support/test_database.h"

namespace argosy::testing {

// Every way in which a table of `database` breaks a rule, as "table.column: what"; empty when none
// does. `global_tables` are the tables that belong to no tenant, beside schema_migrations and
// pending_work. The rules: tenant tables have tenant_id BINARY(16) NOT NULL first in their primary
// key and in every other index; no AUTO_INCREMENT; foreign keys include tenant_id; ids are
// ascii_bin and every compared text has a binary collation; version is BIGINT UNSIGNED NOT NULL; no
// floating point, TIMESTAMP or DATETIME columns; InnoDB; no triggers, events, routines or views.
//
//   EXPECT_THAT(SchemaFaults(*database_, {}), IsEmpty());
std::vector<std::string> SchemaFaults(TestDatabase& database,
                                      const std::vector<std::string>& global_tables);

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_SCHEMA_RULES_H_
