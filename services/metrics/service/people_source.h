// What metrics asks of the teams service.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_SOURCE_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_SOURCE_H_

#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "services/metrics/domain/audience.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// The teams service, asked as the actor of `ctx` and within its deadline. Thread-safe. Never to be
// asked within a transaction.
class PeopleSource {
 public:
  virtual ~PeopleSource() = default;
  // `member`, everyone in the teams they lead on `day`, and those teams. A refusal keeps its code
  // and reason; UNAVAILABLE / DEPENDENCY_DOWN when teams does not answer.
  virtual absl::StatusOr<Audience> GetAudience(const tenants::RequestContext& ctx,
                                               const base::MemberId& member,
                                               absl::CivilDay day) = 0;

  // More than any company this product is for.
  static constexpr size_t kMembersMax = 20'000;
  // Everybody the tenant has made, employed or not; nothing when they are more than kMembersMax.
  // Fails as GetAudience does.
  virtual absl::StatusOr<std::optional<MemberSet>> ListMembers(
      const tenants::RequestContext& ctx) = 0;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_SOURCE_H_
