#include "services/incentives/domain/plan.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"

namespace argosy::incentives {
namespace {

using Faults = std::vector<base::FieldViolation>;

constexpr size_t kDisplayNameBytesMax = 480;  // 120 characters of up to four bytes

void LintShare(const CreditShare& share, CreditKind kind, const std::string& place,
               Faults& faults) {
  const Share& part = share.share;
  if (part.numerator < 1 || part.denominator < part.numerator ||
      part.denominator > Share::kDenominatorMax) {
    faults.push_back({place, "SHARE: n/d needs 1 <= n <= d <= 1,000,000"});
  }
  if (kind == CreditKind::kSplit && std::holds_alternative<BusinessRole>(share.recipient)) {
    faults.push_back({place, "RECIPIENT: a split names people, not a role"});
  }
  if (kind == CreditKind::kOverlay && std::holds_alternative<OrderMember>(share.recipient)) {
    faults.push_back({place, "RECIPIENT: an overlay stands beside the order's member"});
  }
}

void LintCreditRule(const CreditRule& rule, const std::string& field, Faults& faults) {
  const std::string shares = absl::StrCat(field, ".shares");
  if (rule.kind == CreditKind::kDirect) {
    if (!rule.shares.empty()) faults.push_back({shares, "SIZE: a direct credit has no shares"});
    return;
  }
  if (rule.shares.empty() || rule.shares.size() > CreditRule::kSharesMax) {
    faults.push_back({shares, absl::StrCat("SIZE: 1 to ", CreditRule::kSharesMax, " shares")});
    return;
  }
  const size_t before = faults.size();
  for (size_t i = 0; i < rule.shares.size(); ++i) {
    const std::string place = absl::StrCat(shares, "[", i, "]");
    LintShare(rule.shares[i], rule.kind, place, faults);
    for (size_t j = 0; j < i; ++j) {
      if (rule.shares[j].recipient == rule.shares[i].recipient) {
        faults.push_back({place, "DUPLICATE: the recipient is listed before"});
      }
    }
  }
  if (rule.kind == CreditKind::kSplit && faults.size() == before) {
    const auto weights = ComputeSplitWeights(rule.shares);
    if (!weights.ok()) faults.push_back({shares, std::string(weights.status().message())});
  }
}

void LintComponent(const ComponentDraft& draft, const std::string& field, Faults& faults) {
  if (!base::IsSlug(draft.component_id)) {
    faults.push_back(
        {absl::StrCat(field, ".component_id"), "ID: not a slug of 3 to 63 characters"});
  }
  if (draft.display_name.size() > kDisplayNameBytesMax) {
    faults.push_back({absl::StrCat(field, ".display_name"), "SIZE: longer than 120 characters"});
  }
  const std::string commission = absl::StrCat(field, ".commission");
  for (base::FieldViolation& fault :
       LintTierRows(draft.rows, draft.mode, absl::StrCat(commission, ".tiers"))) {
    faults.push_back(std::move(fault));
  }
  LintCreditRule(draft.credit_rule, absl::StrCat(commission, ".credit_rule"), faults);
}

bool IsFirstOfMonth(absl::CivilDay day) { return day.day() == 1; }

std::string MonthLabel(absl::CivilDay day) { return base::PeriodLabel(day, base::Grain::kMonth); }

}  // namespace

absl::StatusOr<BusinessRole> ParseBusinessRole(int64_t number) {
  if (number < static_cast<int64_t>(BusinessRole::kSales) ||
      number > static_cast<int64_t>(BusinessRole::kAgency)) {
    return base::FieldInvalid("business_role", absl::StrCat(number, " is not a business role"));
  }
  return static_cast<BusinessRole>(number);
}

absl::string_view RoleName(BusinessRole role) {
  switch (role) {
    case BusinessRole::kSales:
      return "SALES";
    case BusinessRole::kCustomerService:
      return "CUSTOMER_SERVICE";
    case BusinessRole::kMarketing:
      return "MARKETING";
    case BusinessRole::kOperations:
      return "OPERATIONS";
    case BusinessRole::kManager:
      return "MANAGER";
    case BusinessRole::kOwner:
      return "OWNER";
    case BusinessRole::kAgency:
      return "AGENCY";
  }
  return "UNKNOWN";
}

absl::StatusOr<std::vector<int64_t>> ComputeSplitWeights(const std::vector<CreditShare>& shares) {
  int64_t common = 1;
  for (const CreditShare& share : shares) {
    const int64_t factor = share.share.denominator / std::gcd(common, share.share.denominator);
    if (common > CreditRule::kCommonDenominatorMax / factor) {
      return WeightsInvalid("their common denominator is too large");
    }
    common *= factor;
  }
  std::vector<int64_t> weights;
  int64_t sum = 0;  // at most 16 shares of at most 10^12 each
  for (const CreditShare& share : shares) {
    weights.push_back(common / share.share.denominator * share.share.numerator);
    sum += weights.back();
  }
  if (sum != common) return WeightsInvalid(absl::StrCat("they sum to ", sum, "/", common));
  return weights;
}

absl::StatusOr<PlanSpec> ParsePlanSpec(const std::vector<ComponentDraft>& drafts) {
  Faults faults;
  if (drafts.empty() || drafts.size() > PlanSpec::kComponentsMax) {
    faults.push_back(
        {"spec.components", absl::StrCat("SIZE: 1 to ", PlanSpec::kComponentsMax, " components")});
    return PlanSpecInvalid(std::move(faults));
  }
  absl::flat_hash_set<std::string> seen;
  for (size_t i = 0; i < drafts.size(); ++i) {
    const std::string field = absl::StrCat("spec.components[", i, "]");
    LintComponent(drafts[i], field, faults);
    if (!seen.insert(drafts[i].component_id).second) {
      faults.push_back(
          {absl::StrCat(field, ".component_id"), "DUPLICATE: the id is listed before"});
    }
  }
  if (!faults.empty()) return PlanSpecInvalid(std::move(faults));
  PlanSpec spec;
  for (const ComponentDraft& draft : drafts) {
    ASSIGN_OR_RETURN(ComponentId id, ComponentId::Parse(draft.component_id));
    spec.components.push_back({.id = std::move(id),
                               .display_name = draft.display_name,
                               .commission = {.base = draft.base,
                                              .accumulation = draft.accumulation,
                                              .table = {.mode = draft.mode,
                                                        .boundary = draft.boundary,
                                                        .tiers = ToTiers(draft.rows)},
                                              .credit_rule = draft.credit_rule}});
  }
  return spec;
}

absl::StatusOr<PlanVersion> PublishVersion(const PlanVersion& draft, const Publication& change,
                                           const std::vector<PlanVersion>& published,
                                           const std::optional<absl::CivilDay>& locked_until) {
  if (draft.state != PlanVersionState::kDraft) {
    return StateNotAllowed(change.name, "PUBLISHED", "published");
  }
  if (!IsFirstOfMonth(change.starts)) {
    return base::FieldInvalid("effective_start_date", "is not the first of a month");
  }
  if (change.ends && (!IsFirstOfMonth(*change.ends) || *change.ends <= change.starts)) {
    return base::FieldInvalid("effective_end_date", "is not the first of a later month");
  }
  if (locked_until && change.starts < *locked_until) return PeriodLocked(MonthLabel(change.starts));
  for (const PlanVersion& other : published) {
    if (other.starts == change.starts) {
      return PlanVersionOverlap(base::FormatCivilDay(change.starts));
    }
  }
  PlanVersion next = draft;
  next.state = PlanVersionState::kPublished;
  next.starts = change.starts;
  next.ends = change.ends;
  next.published_at = change.now;
  next.version += 1;
  return next;
}

const PlanVersion* FindVersionInForce(const std::vector<PlanVersion>& published,
                                      absl::CivilDay month) {
  const PlanVersion* latest = nullptr;
  for (const PlanVersion& version : published) {
    if (!version.starts || *version.starts > month) continue;
    if (latest == nullptr || *version.starts > *latest->starts) latest = &version;
  }
  if (latest != nullptr && latest->ends && *latest->ends <= month) return nullptr;
  return latest;
}

absl::Status CheckAssignment(const PlanAssignment& next, const std::vector<PlanAssignment>& others,
                             const std::optional<absl::CivilDay>& locked_until) {
  if (next.ends && *next.ends <= next.starts) {
    return base::FieldInvalid("plan_assignment.end_date", "is not after the start");
  }
  if (locked_until && next.starts < *locked_until) return PeriodLocked(MonthLabel(next.starts));
  for (const PlanAssignment& other : others) {
    const bool apart =
        (other.ends && *other.ends <= next.starts) || (next.ends && *next.ends <= other.starts);
    if (other.role == next.role && !apart) {
      return AssignmentOverlap(RoleName(next.role), other.plan_id.text());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<PlanAssignment> EndAssignment(const PlanAssignment& current, absl::string_view name,
                                             absl::CivilDay ends,
                                             const std::optional<absl::CivilDay>& locked_until) {
  if (ends <= current.starts) return base::FieldInvalid("end_date", "is not after the start");
  if (current.ends && *current.ends <= ends) {
    return StateNotAllowed(name, "ended by then", "ended");
  }
  if (locked_until && ends < *locked_until) return PeriodLocked(MonthLabel(ends));
  PlanAssignment next = current;
  next.ends = ends;
  next.version += 1;
  return next;
}

}  // namespace argosy::incentives
