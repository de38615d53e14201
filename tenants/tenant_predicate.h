// Finds the tables a statement leaves open to other tenants. Private to tenants/.
#ifndef ARGOSY_TENANTS_TENANT_PREDICATE_H_
#define ARGOSY_TENANTS_TENANT_PREDICATE_H_

#include <string>
#include <vector>

#include "tenants/sql_tokens.h"

namespace argosy::tenants {

// What is wrong with the statement, in words; empty when every table is confined to one tenant.
// What it does not understand it refuses.
std::vector<std::string> FindTenantFaults(const std::vector<SqlToken>& tokens);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_TENANT_PREDICATE_H_
