#include "demo/advertising.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/period.h"
#include "demo/distributions.h"
#include "demo/season.h"
#include "demo/staff.h"

namespace argosy::demo {
namespace {

constexpr double kMonths = 14;
constexpr double kMinorUnits = 100;           // of both currencies used
constexpr double kSessionsPerClick = 0.92;    // the rest never load the page
constexpr double kRateConcentration = 2'000;  // of the Beta of a day's session-to-inquiry rate
constexpr double kCostStep = 1.6;
// A platform first reports this much more than it finally charges.
constexpr double kFirstReport = 1 / 0.98;
constexpr int kRestatedAfterDaysMin = 3;
constexpr int kRestatedAfterDaysMax = 30;

int64_t ToMinor(double units) { return std::llround(units * kMinorUnits); }

class AdvertisingYear {
 public:
  AdvertisingYear(const CompanyProfile& profile, double volume, base::Generator& generator,
                  Company& company)
      : profile_(profile),
        volume_(volume),
        days_a_month_(static_cast<double>(DataPeriod().days()) / kMonths),
        generator_(generator),
        company_(company) {}

  std::vector<Yield> Run() {
    const base::Period period = DataPeriod();
    for (absl::CivilDay day = period.begin; day < period.end; ++day) {
      for (size_t i = 0; i < profile_.channels.size(); ++i) RunDay(profile_.channels[i], i, day);
    }
    return std::move(yields_);
  }

 private:
  void RunDay(const ChannelProfile& channel, size_t index, absl::CivilDay day) {
    runner_ = RunnerOf(index, day);
    const auto campaigns = static_cast<double>(channel.campaigns.size());
    const double budget = profile_.media_budget_a_month * profile_.units_a_dollar *
                          channel.spend_share * volume_ / days_a_month_ / campaigns;
    for (const Campaign& campaign : channel.campaigns) {
      double sessions = 0;
      if (channel.click_cost_median > 0) {
        sessions = BuyClicks(channel, campaign, day, budget * SeasonFactor(day));
      } else {
        AddSpend(channel, campaign,
                 {.kind = channel.spend_kind, .day = day, .amount_minor = ToMinor(budget)});
        sessions = Visit(channel, campaign, day);
      }
      AddYield(channel, campaign, day, sessions);
    }
    if (channel.click_cost_median > 0) {
      AddOverhead(channel, day, budget * campaigns);
    }
  }

  // Operations run the channels where there are some, then marketing; an agency is nobody of the
  // company.
  std::optional<Attribution> RunnerOf(size_t channel_index, absl::CivilDay day) const {
    const Role role = profile_.headcount.marketing > 0 ? Role::kMarketing : Role::kOperations;
    const std::vector<Attribution> people = HoldersOf(company_, role, day);
    if (people.empty()) return std::nullopt;
    return people[channel_index % people.size()];
  }

  double BuyClicks(const ChannelProfile& channel, const Campaign& campaign, absl::CivilDay day,
                   double budget) {
    const double median = channel.click_cost_median * profile_.units_a_dollar;
    Traffic traffic{.day = day};
    double cost = 0;
    while (cost < budget) {
      cost += DrawLogNormal(generator_, median, channel.click_cost_sigma);
      ++traffic.clicks;
      if (DrawChance(generator_, kSessionsPerClick)) ++traffic.sessions;
    }
    traffic.impressions =
        std::llround(static_cast<double>(traffic.clicks) / channel.click_share_of_impressions *
                     DrawLogNormal(generator_, 1, 0.1));
    AddRestatedSpend(channel, campaign, {.day = day, .amount_minor = ToMinor(cost)});
    AddTraffic(channel, campaign, traffic);
    return static_cast<double>(traffic.sessions) / kSessionsPerClick;
  }

  // Visitors who were not bought by the click. A fair has none.
  double Visit(const ChannelProfile& channel, const Campaign& campaign, absl::CivilDay day) {
    if (channel.sessions_a_month <= 0) return 0;
    const double mean = channel.sessions_a_month * volume_ / days_a_month_ * SeasonFactor(day);
    Traffic traffic{.day = day, .sessions = DrawPoisson(generator_, mean)};
    AddTraffic(channel, campaign, traffic);
    return static_cast<double>(traffic.sessions);
  }

  void AddYield(const ChannelProfile& channel, const Campaign& campaign, absl::CivilDay day,
                double sessions) {
    double inquiries = channel.inquiries_a_month * volume_ / days_a_month_ * SeasonFactor(day);
    if (channel.session_to_inquiry > 0) {
      inquiries = sessions * DrawBeta(generator_, channel.session_to_inquiry, kRateConcentration);
    }
    if (profile_.story == CostStory::kStepsUp && day >= StepDay()) inquiries /= kCostStep;
    yields_.push_back(
        {.channel = &channel, .campaign = campaign.id, .day = day, .inquiries = inquiries});
  }

  // What running the bought channels costs besides the media: an agency's fee, then own people.
  void AddOverhead(const ChannelProfile& channel, absl::CivilDay day, double media) {
    const absl::CivilMonth agency_ends =
        absl::CivilMonth(DataPeriod().begin) + profile_.agency_months;
    const bool by_agency = absl::CivilMonth(day) < agency_ends;
    const double share = by_agency ? profile_.agency_fee_share : profile_.labour_share;
    if (share <= 0) return;
    AddSpend(channel, Campaign{},
             {.kind = by_agency ? SpendKind::kAgencyFee : SpendKind::kLabour,
              .day = day,
              .amount_minor = ToMinor(media * share)});
  }

  Fact SpendFact(const ChannelProfile& channel, const Campaign& campaign,
                 const Spend& spend) const {
    const char* kinds[] = {"media", "agency-fee", "content", "labour"};
    return {.arrival = absl::FromCivil(spend.day + 1, CompanyZone()) + absl::Hours(2),
            .source = "synthetic-ads",
            .source_event_id = absl::StrCat("spend/", channel.channel.id, "/", campaign.id, "/",
                                            base::FormatCivilDay(spend.day), "/",
                                            kinds[static_cast<size_t>(spend.kind)]),
            .channel = channel.channel.id,
            .campaign = campaign.id,
            .attribution = runner_,
            .body = spend};
  }

  void AddSpend(const ChannelProfile& channel, const Campaign& campaign, const Spend& spend) {
    company_.facts.push_back(SpendFact(channel, campaign, spend));
  }

  void AddRestatedSpend(const ChannelProfile& channel, const Campaign& campaign, Spend spend) {
    Fact final_report = SpendFact(channel, campaign, spend);
    final_report.revision = 2;
    final_report.arrival +=
        absl::Hours(24) * DrawBetween(generator_, kRestatedAfterDaysMin, kRestatedAfterDaysMax);
    spend.amount_minor = std::llround(static_cast<double>(spend.amount_minor) * kFirstReport);
    AddSpend(channel, campaign, spend);
    company_.facts.push_back(std::move(final_report));
  }

  void AddTraffic(const ChannelProfile& channel, const Campaign& campaign, const Traffic& traffic) {
    company_.facts.push_back(
        {.arrival = absl::FromCivil(traffic.day + 1, CompanyZone()) + absl::Hours(2),
         .source = "synthetic-ads",
         .source_event_id =
             absl::StrCat("traffic/", campaign.id, "/", base::FormatCivilDay(traffic.day)),
         .channel = channel.channel.id,
         .campaign = campaign.id,
         .attribution = runner_,
         .body = traffic});
  }

  const CompanyProfile& profile_;
  const double volume_;
  const double days_a_month_;
  base::Generator& generator_;
  Company& company_;
  std::optional<Attribution> runner_;
  std::vector<Yield> yields_;
};

}  // namespace

std::vector<Yield> Advertise(const CompanyProfile& profile, double volume,
                             base::Generator& generator, Company& company) {
  return AdvertisingYear(profile, volume, generator, company).Run();
}

}  // namespace argosy::demo
