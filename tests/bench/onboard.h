// The tenant a benchmark works in, opened through the public API.
#ifndef ARGOSY_TESTS_BENCH_ONBOARD_H_
#define ARGOSY_TESTS_BENCH_ONBOARD_H_

#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/target.h"

namespace argosy::bench {

// Opens the generated company as a tenant with the platform operator's token and fills in
// `target.tenant` and `target.api_token`, its owner's.
absl::Status OpenTenant(const std::string& operator_token, Target& target);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_ONBOARD_H_
