// The services that own a schema.
#ifndef ARGOSY_TESTS_SCHEMA_SERVICES_H_
#define ARGOSY_TESTS_SCHEMA_SERVICES_H_

namespace argosy::testing {

inline constexpr const char* kServicesWithSchema[] = {"tenancy", "teams", "metrics", "incentives"};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SCHEMA_SERVICES_H_
