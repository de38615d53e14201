// Facts that earn nothing, by month and reason: counted, and the earliest of them named.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_EXCLUSION_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_EXCLUSION_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "base/bytes.h"
#include "base/ids.h"
#include "services/incentives/domain/facts.h"

namespace argosy::incentives {

// Why a fact earns nothing. The numbers are stored.
enum class Exclusion : int64_t {
  kNoMember = 1,
  kNoPlan = 2,
  kRoleNotHeld = 3,
  kOrderUnknown = 4,
  kRefundBeyondPayments = 5,
  kOrderNotConfirmed = 6,
  kOtherCurrency = 7,
  kRefundOutOfReach = 8,
  kRefundBeyondOrder = 9,
  kMemberUnknown = 10,
};

struct ExcludedFact {
  CreditOrder place;                     // which it is, and when it happened
  std::optional<base::MemberId> member;  // whom its order names

  friend bool operator==(const ExcludedFact& a, const ExcludedFact& b) {
    return a.place.key == b.place.key && a.member == b.member;
  }
};

// The facts of one month that one reason excludes.
struct ExcludedFacts {
  // Enough to see what is wrong with them; a mistake of a source repeats itself.
  static constexpr size_t kNamedMax = 5;

  int64_t count = 0;
  std::vector<ExcludedFact> earliest;  // up to kNamedMax, in canonical order

  void Add(ExcludedFact fact);
};

struct ExclusionKey {
  absl::CivilDay month;  // its first day
  Exclusion reason = Exclusion::kNoMember;

  friend bool operator<(const ExclusionKey& a, const ExclusionKey& b) {
    return a.month != b.month ? a.month < b.month : a.reason < b.reason;
  }
};

using Exclusions = std::map<ExclusionKey, ExcludedFacts>;

// Canonical bytes.
void Write(const Exclusions& exclusions, base::ByteWriter& out);
// DATA_LOSS for anything but what Write wrote.
absl::StatusOr<Exclusions> ReadExclusions(base::ByteReader& in);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_EXCLUSION_H_
