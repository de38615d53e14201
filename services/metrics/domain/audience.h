// Whose facts an asker of own scope sees.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_AUDIENCE_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_AUDIENCE_H_

#include "absl/container/flat_hash_set.h"
#include "base/ids.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

using MemberSet = absl::flat_hash_set<base::MemberId>;

// The people whose facts are seen, and the teams whose facts are seen whoever they are credited to.
struct Audience {
  MemberSet members;
  absl::flat_hash_set<base::TeamId> teams;

  bool Sees(const Attribution& at) const {
    return members.contains(at.member) || teams.contains(at.team);
  }
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_AUDIENCE_H_
