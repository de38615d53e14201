#include "demo/selling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/period.h"
#include "demo/distributions.h"
#include "demo/season.h"
#include "demo/staff.h"

namespace argosy::demo {
namespace {

constexpr double kMinorUnits = 100;
constexpr std::array<double, 4> kOrderRateRatio = {8, 2.5, 1, 0};  // by grade A, B, C, D
constexpr double kDaysToOrderSigma = 0.9;
constexpr double kRegradedShare = 0.15;
constexpr double kRetractedShare = 0.01;
constexpr double kRepeatBuyerShare = 0.10;
constexpr double kServedByServiceShare = 0.30;  // where people of sales also answer visitors
constexpr double kSkillSigma = 0.25;
constexpr double kMarginSpread = 0.03;
constexpr double kMarginMin = 0.02;
constexpr double kDepositShare = 0.30;

absl::Duration Days(double days) { return absl::Seconds(std::llround(days * 86'400)); }

absl::Time DataEnd() { return absl::FromCivil(DataPeriod().end, CompanyZone()); }

class Sales {
 public:
  Sales(const CompanyProfile& profile, base::Generator& generator, Company& company)
      : profile_(profile), generator_(generator), company_(company) {
    double ratio = 0;
    double effective = 0;
    for (size_t grade = 0; grade < profile.grade_share.size(); ++grade) {
      ratio += profile.grade_share[grade] * kOrderRateRatio[grade];
      if (kOrderRateRatio[grade] > 0) effective += profile.grade_share[grade];
    }
    rate_of_grade_c_ = profile.effective_order_rate * effective / ratio;
    DrawSkills();
    TiltGrades();
  }

  void Run(const std::vector<Yield>& yields) {
    std::map<absl::CivilDay, double> week_mean;
    for (const Yield& yield : yields) week_mean[WeekOf(yield.day)] += yield.inquiries;
    std::map<absl::CivilDay, double> week_factor;
    for (const auto& [week, mean] : week_mean) {
      week_factor[week] = DrawDispersion(generator_, mean, profile_.dispersion_phi);
    }
    for (const Yield& yield : yields) {
      const int64_t count =
          DrawPoisson(generator_, yield.inquiries * week_factor[WeekOf(yield.day)]);
      for (int64_t i = 0; i < count; ++i) Inquire(yield);
    }
  }

 private:
  // A state the inquiry takes on, and when.
  struct Change {
    absl::Time at;
    std::optional<Grade> grade;
    std::optional<Outcome> outcome;
    // Neither of the two: it is retracted.
  };

  static absl::CivilDay WeekOf(absl::CivilDay day) {
    return base::PeriodOf(day, base::Grain::kIsoWeek).begin;
  }

  void DrawSkills() {
    double sum = 0;
    for (const Assignment& assignment : company_.assignments) {
      if (assignment.role != Role::kSales) continue;
      sum += skill_[assignment.member] = DrawLogNormal(generator_, 1, kSkillSigma);
    }
    for (auto& [member, skill] : skill_) skill *= static_cast<double>(skill_.size()) / sum;
  }

  // The share of the inquiries that come from tilted channels decides how much better the others
  // must be for the company's mix to stay that of its profile.
  void TiltGrades() {
    double tilted = 0;
    double all = 0;
    for (const ChannelProfile& channel : profile_.channels) {
      double inquiries =
          channel.inquiries_a_month + channel.sessions_a_month * channel.session_to_inquiry;
      if (channel.click_cost_median > 0) {
        const double mean_cost = channel.click_cost_median *
                                 std::exp(channel.click_cost_sigma * channel.click_cost_sigma / 2);
        inquiries = profile_.media_budget_a_month * channel.spend_share / mean_cost *
                    channel.session_to_inquiry;
      }
      all += inquiries;
      tilted += inquiries * channel.unqualified_tilt;
      if (channel.unqualified_tilt > 0) all_tilted_ += inquiries;
    }
    counter_tilt_ = all > all_tilted_ ? tilted / (all - all_tilted_) : 0;
  }

  Grade DrawGrade(const ChannelProfile& channel) {
    const double tilt = channel.unqualified_tilt > 0 ? channel.unqualified_tilt : -counter_tilt_;
    std::array<double, 4> share = profile_.grade_share;
    const double unqualified = std::clamp(share[3] + tilt, 0.0, 1.0);
    const double scale = (1 - unqualified) / (1 - share[3]);
    for (size_t i = 0; i < 3; ++i) share[i] *= scale;
    share[3] = unqualified;
    return static_cast<Grade>(DrawIndex(generator_, share));
  }

  std::string DrawBuyer() {
    if (buyers_ > 0 && DrawChance(generator_, kRepeatBuyerShare)) {
      return absl::StrFormat("synthetic-buyer-%06d", DrawBetween(generator_, 1, buyers_));
    }
    return absl::StrFormat("synthetic-buyer-%06d", ++buyers_);
  }

  Attribution DrawOwner(absl::CivilDay day) {
    const std::vector<Attribution> sales = HoldersOf(company_, Role::kSales, day);
    return sales[generator_.Below(sales.size())];
  }

  void Inquire(const Yield& yield) {
    const int hour = HourOfInquiry(generator_.Unit());
    const absl::Time at = absl::FromCivil(yield.day, CompanyZone()) + absl::Hours(hour) +
                          absl::Seconds(DrawBetween(generator_, 0, 3'599));
    const Grade grade = DrawGrade(*yield.channel);
    const Attribution owner = DrawOwner(yield.day);
    Fact fact{.arrival = at + absl::Minutes(5),
              .source = "synthetic-crm",
              .source_event_id = absl::StrFormat("inquiry-%06d", ++inquiries_),
              .channel = yield.channel->channel.id,
              .campaign = yield.campaign,
              .attribution = owner};
    Inquiry inquiry{.at = at, .grade = grade, .buyer = DrawBuyer()};
    if (profile_.headcount.customer_service == 0 && DrawChance(generator_, kServedByServiceShare)) {
      fact.attribution->acting_role = Role::kCustomerService;
    }
    std::vector<Change> changes;
    if (DrawChance(generator_, kRegradedShare)) {
      const int down = grade == Grade::kA ? 1 : -1;
      inquiry.grade = static_cast<Grade>(static_cast<int>(grade) + down);
      changes.push_back({.at = at + Days(7 * generator_.Unit()), .grade = grade});
    }
    if (const auto order = FindOrder(grade, owner, at)) {
      changes.push_back({.at = *order, .outcome = Outcome::kWon});
      AddOrder(fact, inquiry, *order);
    } else if (DrawChance(generator_, kRetractedShare)) {
      changes.push_back({.at = at + Days(1 + 9 * generator_.Unit())});
    } else {
      changes.push_back(
          {.at = at + Days(DrawLogNormal(generator_, 45, 0.5)), .outcome = Outcome::kLost});
    }
    AddInquiry(std::move(fact), inquiry, std::move(changes));
  }

  // When the inquiry becomes an order, if it does within the data.
  std::optional<absl::Time> FindOrder(Grade grade, const Attribution& owner, absl::Time at) {
    const double rate = rate_of_grade_c_ * kOrderRateRatio[static_cast<size_t>(grade)];
    if (!DrawChance(generator_, std::min(1.0, rate * skill_[owner.member]))) return std::nullopt;
    const absl::Time when =
        at + Days(DrawLogNormal(generator_, profile_.days_to_order_median, kDaysToOrderSigma));
    if (when >= DataEnd()) return std::nullopt;
    return when;
  }

  void AddInquiry(Fact fact, Inquiry state, std::vector<Change> changes) {
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.at < b.at; });
    fact.body = state;
    company_.facts.push_back(fact);
    for (const Change& change : changes) {
      if (change.grade.has_value()) state.grade = *change.grade;
      if (change.outcome.has_value()) state.outcome = *change.outcome;
      ++fact.revision;
      fact.arrival = std::max(fact.arrival, change.at);
      fact.body = state;
      if (!change.grade.has_value() && !change.outcome.has_value()) fact.body = Retraction{};
      company_.facts.push_back(fact);
    }
  }

  void AddOrder(const Fact& inquiry_fact, const Inquiry& inquiry, absl::Time at) {
    const double value =
        DrawLogNormal(generator_, profile_.order_value_median, profile_.order_value_sigma) *
        profile_.units_a_dollar;
    const double margin =
        std::max(kMarginMin, profile_.margin_share + kMarginSpread * generator_.Normal());
    Fact fact = inquiry_fact;
    fact.source_event_id = absl::StrFormat("order-%06d", ++orders_);
    fact.attribution->acting_role = Role::kSales;
    const std::string owner = fact.attribution->member;
    const std::vector<Attribution> sales =
        HoldersOf(company_, Role::kSales, base::LocalDay(at, CompanyZone()));
    if (std::none_of(sales.begin(), sales.end(),
                     [&](const Attribution& a) { return a.member == owner; })) {
      fact.attribution = sales[generator_.Below(sales.size())];
    }
    Order order{.at = at,
                .inquiry = inquiry_fact.source_event_id,
                .buyer = inquiry.buyer,
                .value_minor = std::llround(value * kMinorUnits)};
    order.margin_minor = std::llround(static_cast<double>(order.value_minor) * margin);
    Add(fact, at, order);
    Settle(fact, order);
  }

  // A deposit, the balance, and for some orders a refund 20 to 60 days after the order.
  void Settle(const Fact& order_fact, const Order& order) {
    const double draw = generator_.Unit();
    const bool refunded = draw < profile_.refund_share + profile_.partial_refund_share;
    const double balance_days = refunded ? 17 : DrawLogNormal(generator_, 35, 0.4);
    const std::string order_id = order_fact.source_event_id;
    const int64_t deposit = std::llround(static_cast<double>(order.value_minor) * kDepositShare);
    Fact fact = order_fact;
    fact.source_event_id = order_id + "/deposit";
    absl::Time at = order.at + Days(std::min(15.0, DrawLogNormal(generator_, 3, 0.6)));
    Add(fact, at, Payment{.at = at, .order = order_id, .amount_minor = deposit});
    fact.source_event_id = order_id + "/balance";
    at = order.at + Days(std::max(16.0, balance_days));
    Add(fact, at,
        Payment{.at = at, .order = order_id, .amount_minor = order.value_minor - deposit});
    if (!refunded) return;
    Refund refund{.at = order.at + Days(20 + 40 * generator_.Unit()),
                  .order = order_id,
                  .amount_minor = order.value_minor};
    if (draw >= profile_.refund_share) {
      refund.amount_minor =
          std::llround(static_cast<double>(order.value_minor) * (0.1 + 0.4 * generator_.Unit()));
    }
    fact.source_event_id = order_id + "/refund";
    Add(fact, refund.at, refund);
  }

  void Add(Fact fact, absl::Time at, FactBody body) {
    if (at >= DataEnd()) return;
    fact.arrival = at + absl::Minutes(5);
    fact.body = std::move(body);
    company_.facts.push_back(std::move(fact));
  }

  const CompanyProfile& profile_;
  base::Generator& generator_;
  Company& company_;
  std::map<std::string, double> skill_;
  double rate_of_grade_c_ = 0;
  double counter_tilt_ = 0;
  double all_tilted_ = 0;
  int64_t inquiries_ = 0;
  int64_t orders_ = 0;
  int64_t buyers_ = 0;
};

}  // namespace

void Sell(const CompanyProfile& profile, const std::vector<Yield>& yields,
          base::Generator& generator, Company& company) {
  Sales(profile, generator, company).Run(yields);
}

}  // namespace argosy::demo
