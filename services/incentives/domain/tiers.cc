#include "services/incentives/domain/tiers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/money.h"

namespace argosy::incentives {
namespace {

std::string Place(absl::string_view field, size_t row) {
  return absl::StrCat(field, "[", row, "]");
}

void LintRow(const TierRow& row, absl::string_view place,
             std::vector<base::FieldViolation>& faults) {
  const auto add = [&](std::string what) {
    faults.push_back({.field = std::string(place), .description = std::move(what)});
  };
  if (row.from_minor < 0) add("NEGATIVE: a bound is below 0");
  if (row.from_minor > base::Money::kMinorMax ||
      row.to_minor.value_or(0) > base::Money::kMinorMax) {
    add("RANGE: a bound is beyond the range of amounts");
  }
  if (row.rate_ppm < 0) add("NEGATIVE: the rate is below 0");
  if (row.rate_ppm > base::Ppm::kWhole) add("RATE: the rate is above 1,000,000 parts per million");
  if (row.to_minor && *row.to_minor <= row.from_minor) {
    add(absl::StrCat("UNORDERED: ", row.from_minor, " to ", *row.to_minor, " is empty"));
  }
}

// What is wrong between a row that ends at `end` (nothing: no bound) and the next one.
std::string LintStep(const std::optional<int64_t>& end, const TierRow& previous,
                     const TierRow& next) {
  if (next.from_minor <= previous.from_minor) {
    return absl::StrCat("UNORDERED: ", next.from_minor, " does not follow ", previous.from_minor);
  }
  if (!end)
    return absl::StrCat("OVERLAP: ", next.from_minor, " onwards, the row before has no end");
  if (*end > next.from_minor) return absl::StrCat("OVERLAP: ", next.from_minor, " to ", *end);
  if (*end < next.from_minor) return absl::StrCat("GAP: ", *end, " to ", next.from_minor);
  return "";
}

// The tier a total reaches.
size_t TierOf(const TierTable& table, int64_t total_minor) {
  size_t reached = 0;
  for (size_t i = 1; i < table.tiers.size(); ++i) {
    const int64_t bound = table.tiers[i].from_minor;
    const bool above =
        table.boundary == Boundary::kUpperTier ? total_minor >= bound : total_minor > bound;
    if (above) reached = i;
  }
  return reached;
}

// The part of [low, high) in tier `i`; the first tier also takes what is below 0.
int64_t Overlap(const TierTable& table, size_t i, int64_t low, int64_t high) {
  const int64_t begin = i == 0 ? low : std::max(low, table.tiers[i].from_minor);
  const int64_t end =
      i + 1 == table.tiers.size() ? high : std::min(high, table.tiers[i + 1].from_minor);
  return begin < end ? end - begin : 0;
}

}  // namespace

std::vector<base::FieldViolation> LintTierRows(absl::Span<const TierRow> rows, TierMode mode,
                                               absl::string_view field) {
  std::vector<base::FieldViolation> faults;
  if (rows.empty() || rows.size() > TierTable::kTiersMax) {
    faults.push_back({.field = std::string(field),
                      .description = absl::StrCat("SIZE: a table has 1 to ", TierTable::kTiersMax,
                                                  " rows, not ", rows.size())});
    return faults;
  }
  if (rows[0].from_minor > 0) {
    faults.push_back(
        {.field = Place(field, 0), .description = absl::StrCat("GAP: 0 to ", rows[0].from_minor)});
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    LintRow(rows[i], Place(field, i), faults);
    if (i == 0) continue;
    std::string step = LintStep(rows[i - 1].to_minor, rows[i - 1], rows[i]);
    if (!step.empty()) faults.push_back({Place(field, i), std::move(step)});
    if (mode == TierMode::kWhole && rows[i].rate_ppm < rows[i - 1].rate_ppm) {
      faults.push_back({Place(field, i), absl::StrCat("DROP: a total of ", rows[i].from_minor,
                                                      " earns less than one just below")});
    }
  }
  if (rows.back().to_minor) {
    faults.push_back({.field = Place(field, rows.size() - 1),
                      .description = absl::StrCat("GAP: ", *rows.back().to_minor, " onwards")});
  }
  return faults;
}

std::vector<Tier> ToTiers(absl::Span<const TierRow> rows) {
  std::vector<Tier> tiers;
  tiers.reserve(rows.size());
  for (const TierRow& row : rows) {
    tiers.push_back({.from_minor = row.from_minor, .rate = base::Ppm(row.rate_ppm)});
  }
  return tiers;
}

absl::int128 ComputeExactEarning(const TierTable& table, int64_t total_minor) {
  // |total| < 2^63 and a rate is at most 10^6 < 2^20, so every product and sum is below 2^88.
  const auto product = [&](size_t tier, int64_t base) {
    return absl::int128(base) * table.tiers[tier].rate.value();
  };
  if (total_minor < 0) return product(0, total_minor);
  if (table.mode == TierMode::kWhole) return product(TierOf(table, total_minor), total_minor);
  absl::int128 sum = 0;
  for (size_t i = 0; i < table.tiers.size(); ++i) {
    sum += product(i, Overlap(table, i, 0, total_minor));
  }
  return sum;
}

absl::StatusOr<int64_t> ComputeEarning(const TierTable& table, int64_t total_minor) {
  return base::DivRound(ComputeExactEarning(table, total_minor), base::Ppm::kWhole);
}

std::vector<Slice> ComputeSlices(const TierTable& table, int64_t before_minor,
                                 int64_t after_minor) {
  std::vector<Slice> slices;
  if (table.mode == TierMode::kMarginal) {
    const int64_t low = std::min(before_minor, after_minor);
    const int64_t high = std::max(before_minor, after_minor);
    const int64_t sign = after_minor < before_minor ? -1 : 1;
    for (size_t i = 0; i < table.tiers.size(); ++i) {
      const int64_t part = Overlap(table, i, low, high);
      if (part == 0) continue;
      slices.push_back(
          {.tier = i, .base_minor = sign * part, .rate_ppm = table.tiers[i].rate.value()});
    }
    if (sign < 0) std::reverse(slices.begin(), slices.end());
    return slices;
  }
  const size_t old_tier = TierOf(table, before_minor);
  const size_t new_tier = TierOf(table, after_minor);
  const int64_t new_rate = table.tiers[new_tier].rate.value();
  const int64_t change = new_rate - table.tiers[old_tier].rate.value();
  if (after_minor != before_minor) {
    slices.push_back(
        {.tier = new_tier, .base_minor = after_minor - before_minor, .rate_ppm = new_rate});
  }
  if (change != 0 && before_minor != 0) {
    slices.push_back({.kind = Slice::Kind::kRerate,
                      .tier = new_tier,
                      .base_minor = before_minor,
                      .rate_ppm = change});
  }
  return slices;
}

}  // namespace argosy::incentives
