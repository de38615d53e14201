#include "demo/season.h"

namespace argosy::demo {
namespace {

double MeanBusyness() {
  const base::Period period = DataPeriod();
  double sum = 0;
  for (absl::CivilDay day = period.begin; day < period.end; ++day) sum += Busyness(day);
  return sum / static_cast<double>(period.days());
}

}  // namespace

base::Period DataPeriod() {
  return {.begin = absl::CivilDay(2024, 5, 1), .end = absl::CivilDay(2025, 7, 1)};
}

absl::CivilDay CloseDay() { return absl::CivilDay(2025, 7, 5); }

absl::CivilDay StepDay() { return absl::CivilDay(2025, 5, 19); }

absl::TimeZone CompanyZone() { return absl::FixedTimeZone(8 * 3600); }

double Busyness(absl::CivilDay day) {
  constexpr double kWeekend = 0.4;
  constexpr double kNewYear = 0.3;
  constexpr double kCantonFair = 1.25;
  double factor = 1;
  const absl::Weekday weekday = absl::GetWeekday(day);
  if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) factor *= kWeekend;
  if (day >= absl::CivilDay(2025, 1, 25) && day < absl::CivilDay(2025, 2, 8)) factor *= kNewYear;
  if (day.month() == 4 || day.month() == 10) factor *= kCantonFair;
  return factor;
}

double SeasonFactor(absl::CivilDay day) {
  static const double mean = MeanBusyness();
  return Busyness(day) / mean;
}

int HourOfInquiry(double draw) {
  constexpr double kNightShare = 0.45;
  if (draw < kNightShare) return (20 + static_cast<int>(draw / kNightShare * 10)) % 24;
  return 6 + static_cast<int>((draw - kNightShare) / (1 - kNightShare) * 14);
}

}  // namespace argosy::demo
