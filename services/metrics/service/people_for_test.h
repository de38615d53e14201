// A teams service that says what the test told it.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_FOR_TEST_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_FOR_TEST_H_

#include <map>
#include <optional>
#include <set>

#include "services/metrics/domain/errors.h"
#include "services/metrics/service/people_source.h"

namespace argosy::metrics {

// Whoever is not told about exists and leads nobody; those of `members` are everybody, when given.
class PeopleForTest final : public PeopleSource {
 public:
  std::optional<MemberSet> members;
  std::map<base::MemberId, Audience> leaders;
  std::set<base::MemberId> nobody;
  absl::Status failure;

  absl::StatusOr<Audience> GetAudience(const tenants::RequestContext& /*ctx*/,
                                       const base::MemberId& member,
                                       absl::CivilDay /*day*/) override {
    if (!failure.ok()) return failure;
    if (nobody.contains(member)) return NounNotFound("argosy.dev/Member", member.text());
    const auto found = leaders.find(member);
    return found == leaders.end() ? Audience{.members = {member}} : found->second;
  }

  absl::StatusOr<std::optional<MemberSet>> ListMembers(
      const tenants::RequestContext& /*ctx*/) override {
    if (!failure.ok()) return failure;
    return members;
  }
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_PEOPLE_FOR_TEST_H_
