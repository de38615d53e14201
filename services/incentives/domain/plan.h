// Plans: what is paid for, to whom, from when. A published version never changes.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/period.h"
#include "services/incentives/domain/tiers.h"

namespace argosy::incentives {

using PlanUid = base::UuidOf<struct PlanUidTag>;
using PlanVersionUid = base::UuidOf<struct PlanVersionUidTag>;
using PlanAssignmentUid = base::UuidOf<struct PlanAssignmentUidTag>;
using ComponentId = base::SlugOf<struct ComponentIdTag>;

// What a person does at work. The numbers are stored and hashed: never renumber.
enum class BusinessRole : int64_t {
  kSales = 1,
  kCustomerService = 2,
  kMarketing = 3,
  kOperations = 4,
  kManager = 5,
  kOwner = 6,
  kAgency = 7,
};
// INVALID_ARGUMENT / FIELD_INVALID for a number that is no role.
absl::StatusOr<BusinessRole> ParseBusinessRole(int64_t number);
absl::string_view RoleName(BusinessRole role);

// What commission is earned on: the order's value less its refunds, in the month of the order; or
// the payments received less refunds, in the month of the payment.
enum class CommissionBase { kContractCif = 1, kCollected = 2 };

// The calendar window over which a total grows.
enum class Accumulation { kMonth = 1, kQuarter = 2, kYear = 3 };

enum class CreditKind { kDirect = 1, kSplit = 2, kOverlay = 3 };

// n/d, 1 <= n <= d <= kDenominatorMax.
struct Share {
  // Keeps the common denominator of a rule's shares and every product inside 128 bits.
  static constexpr int64_t kDenominatorMax = 1'000'000;

  int64_t numerator = 1;
  int64_t denominator = 1;

  friend bool operator==(const Share&, const Share&) = default;
};

// The member the order names.
struct OrderMember {
  friend bool operator==(const OrderMember&, const OrderMember&) = default;
};

using Recipient = std::variant<OrderMember, base::MemberId, BusinessRole>;

struct CreditShare {
  Recipient recipient;
  Share share;

  friend bool operator==(const CreditShare&, const CreditShare&) = default;
};

// Whose credit an amount is. DIRECT: the order's member. SPLIT: `shares` sum to 1 and hand out
// every minor unit. OVERLAY: each recipient's share beside the order's member, who gets none.
struct CreditRule {
  static constexpr size_t kSharesMax = 16;  // a deal with more hands in it is a team bonus
  // The common denominator of a split's shares; above it a share is no longer a plain fraction.
  static constexpr int64_t kCommonDenominatorMax = 1'000'000'000'000;

  CreditKind kind = CreditKind::kDirect;
  std::vector<CreditShare> shares;

  friend bool operator==(const CreditRule&, const CreditRule&) = default;
};

struct Commission {
  CommissionBase base = CommissionBase::kContractCif;
  Accumulation accumulation = Accumulation::kMonth;
  TierTable table;
  CreditRule credit_rule;

  friend bool operator==(const Commission&, const Commission&) = default;
};

struct Component {
  ComponentId id;
  std::string display_name;
  Commission commission;

  friend bool operator==(const Component&, const Component&) = default;
};

// What a plan pays, checked: every PlanSpec outside a draft being parsed has passed the linter.
struct PlanSpec {
  static constexpr size_t kComponentsMax = 16;  // one screen of a statement

  std::vector<Component> components;

  friend bool operator==(const PlanSpec&, const PlanSpec&) = default;
};

// A component as people enter it.
struct ComponentDraft {
  std::string component_id;
  std::string display_name;
  CommissionBase base = CommissionBase::kContractCif;
  Accumulation accumulation = Accumulation::kMonth;
  TierMode mode = TierMode::kMarginal;
  Boundary boundary = Boundary::kUpperTier;
  std::vector<TierRow> rows;
  CreditRule credit_rule;
};

// PLAN_SPEC_INVALID with every fault, each under its field path
// ("spec.components[0].commission.tiers[1]").
absl::StatusOr<PlanSpec> ParsePlanSpec(const std::vector<ComponentDraft>& drafts);

// The weights of a split over their common denominator, in listed order: they sum to it.
// INVALID_ARGUMENT / WEIGHTS_INVALID when the shares do not sum to exactly 1 or the denominator is
// beyond kCommonDenominatorMax.
absl::StatusOr<std::vector<int64_t>> ComputeSplitWeights(const std::vector<CreditShare>& shares);

// A plan's name and currency; its versions follow one another under it.
struct Plan {
  PlanUid uid;
  base::PlanId id;
  std::string display_name;
  base::Currency currency;
  absl::Time created_at;
  int64_t version = 1;
};

enum class PlanVersionState { kDraft = 1, kPublished = 2 };

struct PlanVersion {
  PlanVersionUid uid;
  PlanUid plan;
  int64_t ordinal = 1;
  PlanVersionState state = PlanVersionState::kDraft;
  PlanSpec spec;
  std::string content_hash;              // 32 bytes
  std::optional<absl::CivilDay> starts;  // the first of a month; set when published
  std::optional<absl::CivilDay> ends;    // exclusive
  absl::Time created_at;
  std::optional<absl::Time> published_at;
  int64_t version = 1;
};

// A draft of `change` months: the version that is in force from then on. `published` are the plan's
// published versions, `locked_until` the end of the latest locked month (nothing: none is locked).
// STATE_NOT_ALLOWED, FIELD_INVALID for days that are no month bounds, PLAN_VERSION_OVERLAP,
// PERIOD_LOCKED.
struct Publication {
  std::string name;  // of the version, as refusals call it
  absl::CivilDay starts;
  std::optional<absl::CivilDay> ends;
  absl::Time now;
};
absl::StatusOr<PlanVersion> PublishVersion(const PlanVersion& draft, const Publication& change,
                                           const std::vector<PlanVersion>& published,
                                           const std::optional<absl::CivilDay>& locked_until);

// The version of `published` (all of one plan) in force in the month that begins on `month`: the
// one that started last, unless it has ended. Null when none is. Points into `published`.
const PlanVersion* FindVersionInForce(const std::vector<PlanVersion>& published,
                                      absl::CivilDay month);

// A plan that pays everybody who holds `role`, from `starts` until `ends` (exclusive).
struct PlanAssignment {
  PlanAssignmentUid uid;
  PlanUid plan;
  base::PlanId plan_id;
  BusinessRole role = BusinessRole::kSales;
  absl::CivilDay starts;
  std::optional<absl::CivilDay> ends;
  absl::Time created_at;
  int64_t version = 1;

  bool Holds(absl::CivilDay day) const { return starts <= day && (!ends || day < *ends); }
};

// ASSIGNMENT_OVERLAP when one of `others` gives the role a plan on a day of `next`; FIELD_INVALID
// when it ends before it starts; PERIOD_LOCKED when days of a locked month would get a plan.
absl::Status CheckAssignment(const PlanAssignment& next, const std::vector<PlanAssignment>& others,
                             const std::optional<absl::CivilDay>& locked_until);

// `current` ended on `ends`. FIELD_INVALID unless after its start; STATE_NOT_ALLOWED with `name`
// when it has ended earlier; PERIOD_LOCKED when days of a locked month would lose their plan.
absl::StatusOr<PlanAssignment> EndAssignment(const PlanAssignment& current, absl::string_view name,
                                             absl::CivilDay ends,
                                             const std::optional<absl::CivilDay>& locked_until);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_H_
