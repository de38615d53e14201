// What every contract must look like, whoever wrote it.
#ifndef ARGOSY_TESTS_CONTRACT_CONTRACT_RULES_H_
#define ARGOSY_TESTS_CONTRACT_CONTRACT_RULES_H_

#include <string>
#include <vector>

#include "tests/contract/contracts.h"

namespace argosy::contract {

// Every way in which a contract breaks a rule, as "element: what"; empty when none does. The rules:
// a mutation requires a request_id that is a UUID; an Update has an update_mask; what is updated or
// deleted has an etag; a List has pages; every element has a comment; an enum begins with its
// _UNSPECIFIED; a field that holds a tenant's resource says which, so that the tenant walk sees it;
// money is a Money and an instant a Timestamp, each under a name that says so; nothing is floating
// point.
std::vector<std::string> ContractFaults(const Contracts& contracts);

}  // namespace argosy::contract

#endif  // ARGOSY_TESTS_CONTRACT_CONTRACT_RULES_H_
