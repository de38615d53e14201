// A small company for tests of the calculation: facts, one plan, and months that get locked.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPANY_FOR_TEST_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPANY_FOR_TEST_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/plan_bytes.h"
#include "services/incentives/domain/run.h"

namespace argosy::incentives {

inline base::MemberId MemberForTest(absl::string_view id) { return *base::MemberId::Parse(id); }
inline base::Currency CurrencyForTest(absl::string_view code) {
  return *base::Currency::Parse(code);
}
inline absl::CivilDay DayForTest(absl::string_view date) { return *base::ParseCivilDay(date); }

// Rows that touch: bounds {0, 100, 300} and rates {10000, 20000, 30000} give three tiers.
inline std::vector<TierRow> RowsForTest(const std::vector<int64_t>& bounds,
                                        const std::vector<int64_t>& rates_ppm) {
  std::vector<TierRow> rows;
  for (size_t i = 0; i < bounds.size(); ++i) {
    TierRow row{.from_minor = bounds[i], .rate_ppm = rates_ppm[i]};
    if (i + 1 < bounds.size()) row.to_minor = bounds[i + 1];
    rows.push_back(row);
  }
  return rows;
}

inline TierTable TableForTest(TierMode mode, Boundary boundary, const std::vector<int64_t>& bounds,
                              const std::vector<int64_t>& rates_ppm) {
  return {.mode = mode, .boundary = boundary, .tiers = ToTiers(RowsForTest(bounds, rates_ppm))};
}

inline Component ComponentForTest(absl::string_view id, TierTable table) {
  return {.id = *ComponentId::Parse(id),
          .display_name = std::string(id),
          .commission = {.table = std::move(table)}};
}

// How many facts of `month`, as "2026-01", each reason excludes.
inline std::map<Exclusion, int64_t> ExcludedForTest(const RunResult& result,
                                                    absl::string_view month) {
  std::map<Exclusion, int64_t> counts;
  for (const auto& [key, facts] : result.excluded) {
    if (key.month == DayForTest(absl::StrCat(month, "-01"))) counts[key.reason] = facts.count;
  }
  return counts;
}

// Sales people of zone Asia/Shanghai, paid in CNY by one plan from 2020 on.
class CompanyForTest {
 public:
  CompanyForTest() { zone_ = *base::ParseTimeZone("Asia/Shanghai"); }

  // No components: no version is in force.
  CompanyForTest& Pays(std::vector<Component> components) {
    spec_.components = std::move(components);
    return *this;
  }
  CompanyForTest& Member(absl::string_view id, BusinessRole role = BusinessRole::kSales) {
    members_.push_back(MemberForTest(id));
    holdings_.push_back(
        {.member = MemberForTest(id), .role = role, .starts = DayForTest("2020-01-01")});
    return *this;
  }
  // `at` is "2026-01-15" (noon) or "2026-01-15 08:30".
  CompanyForTest& Order(absl::string_view id, absl::string_view member, int64_t minor,
                        absl::string_view at) {
    facts_.orders.push_back({.key = Key(id),
                             .occurred_at = Instant(at),
                             .value = Cny(minor),
                             .member = MemberForTest(member),
                             .acting_role = BusinessRole::kSales});
    return *this;
  }
  CompanyForTest& Payment(absl::string_view id, absl::string_view order, int64_t minor,
                          absl::string_view at) {
    facts_.payments.push_back(Movement(id, order, minor, at));
    return *this;
  }
  CompanyForTest& Refund(absl::string_view id, absl::string_view order, int64_t minor,
                         absl::string_view at) {
    facts_.refunds.push_back(Movement(id, order, minor, at));
    return *this;
  }
  SalesFacts& facts() { return facts_; }

  CalculationInputs Inputs(absl::string_view month) const {
    const absl::CivilDay first = DayForTest(std::string(month) + "-01");
    CalculationInputs inputs{.month = first,
                             .origins = ComputeOrigins(first, locked_),
                             .facts = facts_,
                             .cut = base::StartOfDay(ComputeCutDay(first, locked_), zone_),
                             .zone = zone_};
    for (const auto& [key, posted] : posted_) {
      if (std::count(inputs.origins.begin(), inputs.origins.end(), key.origin) > 0) {
        inputs.posted.emplace(key, posted);
      }
    }
    const base::PlanId plan = *base::PlanId::Parse("sales-plan");
    for (const absl::CivilDay origin : inputs.origins) {
      if (spec_.components.empty()) break;
      inputs.plans.push_back({.month = origin,
                              .plan = plan,
                              .content_hash = ComputeContentHash(CurrencyForTest("CNY"), spec_),
                              .currency = CurrencyForTest("CNY"),
                              .spec = spec_});
    }
    inputs.people = {
        .roster = Roster(members_, holdings_),
        .assignments = {
            {.plan_id = plan, .role = BusinessRole::kSales, .starts = DayForTest("2020-01-01")}}};
    return inputs;
  }
  absl::StatusOr<RunResult> Calculate(absl::string_view month) const {
    return CalculateRun(Inputs(month));
  }
  // Calculates, posts and locks.
  absl::StatusOr<RunResult> Lock(absl::string_view month) {
    ASSIGN_OR_RETURN(RunResult result, Calculate(month));
    for (const RunLine& line : result.lines) {
      PostedLine& posted = posted_[line.key];
      posted = {.minor = posted.minor + line.amount_minor,
                .version = line.version,
                .content_hash = line.content_hash,
                .currency = line.currency};
    }
    const absl::CivilDay first = DayForTest(std::string(month) + "-01");
    if (std::find(locked_.begin(), locked_.end(), first) == locked_.end()) {
      locked_.push_back(first);
    }
    return result;
  }
  const std::map<LineKey, PostedLine>& posted() const { return posted_; }
  int64_t PostedOf(absl::string_view member) const {
    int64_t sum = 0;
    for (const auto& [key, posted] : posted_) {
      if (key.member.text() == member) sum += posted.minor;
    }
    return sum;
  }

  static FactKey Key(absl::string_view id) { return {"crm", std::string(id)}; }
  static base::Money Cny(int64_t minor) { return {minor, CurrencyForTest("CNY")}; }
  absl::Time Instant(absl::string_view at) const {
    const std::string text = at.size() == 10 ? std::string(at) + " 12:00" : std::string(at);
    absl::Time instant;
    std::string error;
    if (!absl::ParseTime("%Y-%m-%d %H:%M", text, zone_, &instant, &error)) return {};
    return instant;
  }

 private:
  MovementFact Movement(absl::string_view id, absl::string_view order, int64_t minor,
                        absl::string_view at) const {
    return {.key = Key(id), .order = Key(order), .occurred_at = Instant(at), .amount = Cny(minor)};
  }

  absl::TimeZone zone_;
  PlanSpec spec_;
  std::vector<base::MemberId> members_;
  std::vector<RoleHolding> holdings_;
  SalesFacts facts_;
  std::vector<absl::CivilDay> locked_;
  std::map<LineKey, PostedLine> posted_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPANY_FOR_TEST_H_
