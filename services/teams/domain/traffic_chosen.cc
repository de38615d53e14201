#include "services/teams/domain/traffic_chosen.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace argosy::teams {
namespace {

constexpr int64_t kDaysAWeek = 7;

struct Coverage {
  ChannelKind kind = ChannelKind::kOther;
  int64_t weeks = 0;  // weeks with a fact, of all looked at
  int64_t days = 0;   // days with a fact, of the latest spend_weeks_min weeks
  std::vector<int64_t> fact_days;

  // More days first: weeks follow days.
  friend bool operator<(const Coverage& a, const Coverage& b) {
    return std::pair(a.days, a.weeks) > std::pair(b.days, b.weeks);
  }
};

int64_t LatestDays(absl::Span<const int64_t> fact_days, int64_t weeks) {
  int64_t days = 0;
  const auto count = std::min<int64_t>(weeks, static_cast<int64_t>(fact_days.size()));
  for (int64_t back = 1; back <= count; ++back) {
    days += fact_days[fact_days.size() - static_cast<size_t>(back)];
  }
  return days;
}

int64_t DaysRequired(const StagePolicy& policy) {
  return SpendDaysRequired(policy.spend_weeks_min * kDaysAWeek, policy);
}

// Channels by what is known of their spend.
struct Spenders {
  std::vector<Coverage> spending;  // best covered first
  // Without spend so far, on too few days to say that they have none.
  std::vector<Coverage> unknown;
};

Spenders SortChannels(absl::Span<const PaidChannel> channels, const StagePolicy& policy) {
  Spenders sorted;
  for (const PaidChannel& channel : channels) {
    Coverage coverage{.kind = channel.kind, .fact_days = channel.fact_days};
    coverage.weeks = std::count_if(channel.fact_days.begin(), channel.fact_days.end(),
                                   [](int64_t days) { return days > 0; });
    coverage.days = LatestDays(channel.fact_days, policy.spend_weeks_min);
    if (channel.spend_minor > 0) {
      sorted.spending.push_back(std::move(coverage));
    } else if (coverage.days < DaysRequired(policy)) {
      sorted.unknown.push_back(std::move(coverage));
    }
  }
  std::stable_sort(sorted.spending.begin(), sorted.spending.end());
  return sorted;
}

int64_t CountKind(absl::Span<const Coverage> channels, ChannelKind kind) {
  return std::count_if(channels.begin(), channels.end(),
                       [kind](const Coverage& channel) { return channel.kind == kind; });
}

// The best of each required kind, then the best of the rest up to paid_channels_min.
std::vector<Coverage> NeededChannels(std::vector<Coverage> spending, const StagePolicy& policy) {
  std::vector<Coverage> needed;
  for (const ChannelKind kind : {ChannelKind::kSearch, ChannelKind::kSocial}) {
    const auto best =
        std::find_if(spending.begin(), spending.end(),
                     [kind](const Coverage& channel) { return channel.kind == kind; });
    needed.push_back(*best);
    spending.erase(best);
  }
  for (const Coverage& channel : spending) {
    if (static_cast<int64_t>(needed.size()) >= policy.paid_channels_min) break;
    needed.push_back(channel);
  }
  return needed;
}

// Weeks of complete facts until the window of `channel` is covered.
int64_t WeeksUntilCovered(const Coverage& channel, const StagePolicy& policy) {
  for (int64_t ahead = 0; ahead < policy.spend_weeks_min; ++ahead) {
    const int64_t kept = LatestDays(channel.fact_days, policy.spend_weeks_min - ahead);
    if (kept + ahead * kDaysAWeek >= DaysRequired(policy)) return ahead;
  }
  return policy.spend_weeks_min;
}

void JudgeFacts(absl::Span<const Coverage> needed, const StagePolicy& policy,
                CriterionResult& result) {
  const auto by_weeks =
      std::min_element(needed.begin(), needed.end(),
                       [](const Coverage& a, const Coverage& b) { return a.weeks < b.weeks; });
  const auto by_days =
      std::min_element(needed.begin(), needed.end(),
                       [](const Coverage& a, const Coverage& b) { return a.days < b.days; });
  const int64_t window = policy.spend_weeks_min * kDaysAWeek;
  result.measures.push_back(
      {.name = "spend_weeks", .value = by_weeks->weeks, .unit = MeasureUnit::kWeeks});
  result.measures.push_back({.name = "spend_coverage",
                             .value = by_days->days * 1'000'000 / window,
                             .unit = MeasureUnit::kPpm});
  if (by_weeks->weeks < policy.spend_weeks_min) {
    const int64_t more = policy.spend_weeks_min - by_weeks->weeks;
    result.verdict = Verdict::kInsufficient;
    result.reason = CriterionReason::kTooFewSpendWeeks;
    result.shortfalls.push_back({.what = "spend_weeks", .count = more, .weeks = more});
  } else if (by_days->days < DaysRequired(policy)) {
    result.verdict = Verdict::kInsufficient;
    result.reason = CriterionReason::kSpendDaysMissing;
    result.shortfalls.push_back({.what = "spend_days",
                                 .count = DaysRequired(policy) - by_days->days,
                                 .weeks = WeeksUntilCovered(*by_days, policy)});
  } else {
    result.verdict = Verdict::kPass;
    result.reason = CriterionReason::kTrafficChosen;
  }
}

// One kind of channel the policy asks for, or any.
struct Requirement {
  int64_t missing = 0;  // channels with spend, beyond those there are
  int64_t unknown = 0;  // channels that may turn out to have spend
  const char* channels = "";
  const char* facts = "";
  CriterionReason reason = CriterionReason::kTooFewPaidChannels;

  // Not even the unknown ones would do.
  bool fails() const { return missing > unknown; }
};

// FAIL when a requirement fails, INSUFFICIENT when another is open, else as it was. Tells the
// shortfalls of what fails before those of what is open.
void JudgeChannels(absl::Span<const Requirement> requirements, CriterionResult& result) {
  for (const Requirement& one : requirements) {
    if (!one.fails()) continue;
    if (result.shortfalls.empty()) result.reason = one.reason;
    result.verdict = Verdict::kFail;
    result.shortfalls.push_back({.what = one.channels, .count = one.missing});
  }
  for (const Requirement& one : requirements) {
    if (one.missing <= 0 || one.fails()) continue;
    if (result.shortfalls.empty()) {
      result.verdict = Verdict::kInsufficient;
      result.reason = CriterionReason::kSpendUnknown;
    }
    result.shortfalls.push_back({.what = one.facts, .count = one.missing});
  }
}

}  // namespace

CriterionResult JudgeTrafficChosen(absl::Span<const PaidChannel> channels,
                                   const StagePolicy& policy) {
  const Spenders sorted = SortChannels(channels, policy);
  const auto count = static_cast<int64_t>(sorted.spending.size());
  const int64_t search = CountKind(sorted.spending, ChannelKind::kSearch);
  const int64_t social = CountKind(sorted.spending, ChannelKind::kSocial);
  CriterionResult result{.criterion = "VG1", .kind = CriterionKind::kHard};
  result.thresholds = {
      {.name = "paid_channels_min", .value = policy.paid_channels_min},
      {.name = "search_channels_min", .value = 1},
      {.name = "social_channels_min", .value = 1},
      {.name = "spend_weeks_min", .value = policy.spend_weeks_min, .unit = MeasureUnit::kWeeks},
      {.name = "spend_coverage_min",
       .value = policy.spend_coverage_ppm_min,
       .unit = MeasureUnit::kPpm}};
  result.measures = {{.name = "paid_channels", .value = count},
                     {.name = "search_channels", .value = search},
                     {.name = "social_channels", .value = social}};
  JudgeChannels({{.missing = policy.paid_channels_min - count,
                  .unknown = static_cast<int64_t>(sorted.unknown.size()),
                  .channels = "paid_channels",
                  .facts = "paid_spend_facts",
                  .reason = CriterionReason::kTooFewPaidChannels},
                 {.missing = 1 - search,
                  .unknown = CountKind(sorted.unknown, ChannelKind::kSearch),
                  .channels = "search_channels",
                  .facts = "search_spend_facts",
                  .reason = CriterionReason::kNoSearchChannel},
                 {.missing = 1 - social,
                  .unknown = CountKind(sorted.unknown, ChannelKind::kSocial),
                  .channels = "social_channels",
                  .facts = "social_spend_facts",
                  .reason = CriterionReason::kNoSocialChannel}},
                result);
  if (result.shortfalls.empty()) {
    JudgeFacts(NeededChannels(sorted.spending, policy), policy, result);
  }
  return result;
}

}  // namespace argosy::teams
