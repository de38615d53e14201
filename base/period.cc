#include "base/period.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::base {
namespace {

constexpr int64_t kYearMin = 2000;
constexpr int64_t kYearMax = 2099;
constexpr absl::CivilDay kEpoch(1970, 1, 1);

absl::Status BadText(absl::string_view reason, absl::string_view text, absl::string_view why) {
  const std::string shown = absl::CHexEscape(text.substr(0, 64));
  return MakeFault(absl::StatusCode::kInvalidArgument, absl::StrCat("'", shown, "' ", why),
                   {.reason = std::string(reason), .metadata = {{"value", shown}}});
}

// `text` as a number of exactly `width` digits, or -1.
int FixedNumber(absl::string_view text, size_t width) {
  int value = 0;
  if (text.size() != width || !std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isdigit(static_cast<unsigned char>(c));
      })) {
    return -1;
  }
  return absl::SimpleAtoi(text, &value) ? value : -1;
}

absl::CivilDay MondayOf(absl::CivilDay day) {
  return absl::PrevWeekday(day + 1, absl::Weekday::monday);
}

absl::CivilDay FirstIsoMonday(int64_t year) { return MondayOf(absl::CivilDay(year, 1, 4)); }

}  // namespace

absl::StatusOr<absl::TimeZone> ParseTimeZone(absl::string_view name) {
  absl::TimeZone zone;
  const bool plausible = name == "UTC" || absl::StrContains(name, "/");
  const bool path = absl::StartsWith(name, "/") || absl::StrContains(name, "..");
  if (!plausible || path || !absl::LoadTimeZone(name, &zone)) {
    return BadText("TIME_ZONE_UNKNOWN", name, "is not an IANA time zone");
  }
  return zone;
}

absl::StatusOr<absl::CivilDay> ParseCivilDay(absl::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const int year = shaped ? FixedNumber(text.substr(0, 4), 4) : -1;
  const int month = shaped ? FixedNumber(text.substr(5, 2), 2) : -1;
  const int day = shaped ? FixedNumber(text.substr(8, 2), 2) : -1;
  const absl::CivilDay civil(year, month, day);
  // A day that CivilDay had to normalise (30 February) does not exist.
  if (year < 0 || month < 0 || day < 0) {
    return BadText("DATE_MALFORMED", text, "is not a date of the form YYYY-MM-DD");
  }
  if (civil.year() != year || civil.month() != month || civil.day() != day) {
    return BadText("DATE_MALFORMED", text, "is no day of the calendar");
  }
  if (year < kYearMin || year > kYearMax) {
    return BadText("DATE_OUT_OF_RANGE", text, "is outside the years 2000 to 2099");
  }
  return civil;
}

std::string FormatCivilDay(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

int64_t ToDayNumber(absl::CivilDay day) { return day - kEpoch; }
absl::CivilDay FromDayNumber(int64_t number) { return kEpoch + number; }

absl::CivilDay LocalDay(absl::Time instant, const absl::TimeZone& zone) {
  return absl::ToCivilDay(instant, zone);
}

absl::Time StartOfDay(absl::CivilDay day, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(absl::CivilSecond(day));
  // `trans` is the change itself: the first instant of a day whose midnight was skipped.
  return info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre;
}

InstantRange ToInstants(const Period& period, const absl::TimeZone& zone) {
  return {.begin = StartOfDay(period.begin, zone), .end = StartOfDay(period.end, zone)};
}

Period PeriodOf(absl::CivilDay day, Grain grain) {
  switch (grain) {
    case Grain::kDay:
      return {day, day + 1};
    case Grain::kIsoWeek:
      return {MondayOf(day), MondayOf(day) + 7};
    case Grain::kMonth: {
      const absl::CivilMonth month(day);
      return {absl::CivilDay(month), absl::CivilDay(month + 1)};
    }
    case Grain::kQuarter: {
      const absl::CivilMonth first(day.year(), (day.month() - 1) / 3 * 3 + 1);
      return {absl::CivilDay(first), absl::CivilDay(first + 3)};
    }
    case Grain::kYear:
      return {absl::CivilDay(day.year(), 1, 1), absl::CivilDay(day.year() + 1, 1, 1)};
  }
  return {day, day};
}

std::string PeriodLabel(absl::CivilDay day, Grain grain) {
  switch (grain) {
    case Grain::kDay:
      return FormatCivilDay(day);
    case Grain::kIsoWeek: {
      const int64_t year = (MondayOf(day) + 3).year();
      const int64_t week = (MondayOf(day) - FirstIsoMonday(year)) / 7 + 1;
      return absl::StrFormat("%04d-W%02d", year, week);
    }
    case Grain::kMonth:
      return absl::StrFormat("%04d-%02d", day.year(), day.month());
    case Grain::kQuarter:
      return absl::StrFormat("%04d-Q%d", day.year(), (day.month() - 1) / 3 + 1);
    case Grain::kYear:
      return absl::StrFormat("%04d", day.year());
  }
  return "";
}

namespace {

// The period that `rest`, what follows the year in a label, stands for; nothing when it stands for
// none.
std::optional<Period> PeriodWithinYear(absl::civil_year_t year, absl::string_view rest) {
  if (rest.empty()) return PeriodOf(absl::CivilDay(year, 1, 1), Grain::kYear);
  if (rest.size() == 3 && absl::ConsumePrefix(&rest, "-Q")) {
    const int quarter = FixedNumber(rest, 1);
    if (quarter < 1 || quarter > 4) return std::nullopt;
    return PeriodOf(absl::CivilDay(year, int64_t{3} * quarter, 1), Grain::kQuarter);
  }
  if (rest.size() == 4 && absl::ConsumePrefix(&rest, "-W")) {
    const int week = FixedNumber(rest, 2);
    const absl::CivilDay monday = FirstIsoMonday(year) + int64_t{7} * (week - 1);
    if (week < 1 || (monday + 3).year() != year) return std::nullopt;
    return PeriodOf(monday, Grain::kIsoWeek);
  }
  if (rest.size() != 3 || !absl::ConsumePrefix(&rest, "-")) return std::nullopt;
  const int month = FixedNumber(rest, 2);
  if (month < 1 || month > 12) return std::nullopt;
  return PeriodOf(absl::CivilDay(year, month, 1), Grain::kMonth);
}

}  // namespace

absl::StatusOr<Period> ParsePeriodLabel(absl::string_view label) {
  if (const auto day = ParseCivilDay(label); day.ok()) return PeriodOf(*day, Grain::kDay);
  const int year = FixedNumber(label.substr(0, 4), 4);
  if (year >= kYearMin && year <= kYearMax) {
    if (const auto period = PeriodWithinYear(year, label.substr(4))) return *period;
  }
  return BadText("PERIOD_MALFORMED", label,
                 "is not a period (2026-03-09, 2026-W11, 2026-03, 2026-Q1 or 2026)");
}

std::vector<Period> Buckets(const Period& whole, Grain grain) {
  std::vector<Period> buckets;
  for (absl::CivilDay day = whole.begin; day < whole.end; day = buckets.back().end) {
    const Period bucket = PeriodOf(day, grain);
    buckets.push_back({std::max(bucket.begin, whole.begin), std::min(bucket.end, whole.end)});
  }
  return buckets;
}

}  // namespace argosy::base
