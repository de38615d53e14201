// Tier tables: what a total earns, exactly and rounded, and how a step of the total earns it.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_TIERS_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_TIERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/fault.h"
#include "base/ppm.h"

namespace argosy::incentives {

// MARGINAL: each part of the total earns its own tier's rate. WHOLE: all of it earns the rate of
// the tier it reaches.
enum class TierMode { kMarginal = 1, kWhole = 2 };

// The tier of a total that lies exactly on a lower bound. Vendors disagree, so a plan says.
enum class Boundary { kUpperTier = 1, kLowerTier = 2 };

// A row [from, to) as people enter it; no `to` means no bound.
struct TierRow {
  int64_t from_minor = 0;
  std::optional<int64_t> to_minor;
  int64_t rate_ppm = 0;
};

// A tier as it is stored: it reaches up to the next one, so a stored table has no gap.
struct Tier {
  int64_t from_minor = 0;
  base::Ppm rate;

  friend bool operator==(const Tier&, const Tier&) = default;
};

struct TierTable {
  // More rows than any published plan has; keeps the linter's answer and a slice list short.
  static constexpr size_t kTiersMax = 32;

  TierMode mode = TierMode::kMarginal;
  Boundary boundary = Boundary::kUpperTier;
  std::vector<Tier> tiers;  // ascending, the first from 0, at least one

  friend bool operator==(const TierTable&, const TierTable&) = default;
};

// Every fault of `rows`, each named GAP, OVERLAP, UNORDERED, NEGATIVE, RATE or DROP; none means
// that the lower bounds alone say the same as the rows. DROP is a WHOLE table whose rate falls: a
// larger total would earn less. `field` is the path of the rows.
std::vector<base::FieldViolation> LintTierRows(absl::Span<const TierRow> rows, TierMode mode,
                                               absl::string_view field);

// The lower bounds of `rows`, which the linter has passed.
std::vector<Tier> ToTiers(absl::Span<const TierRow> rows);

// What `total` earns, in millionths of a minor unit, not rounded. A negative total earns the first
// tier's rate. `table` has at least one tier.
absl::int128 ComputeExactEarning(const TierTable& table, int64_t total_minor);

// The same in minor units, rounded half away from zero: the one rounding of a component.
// AMOUNT_OVERFLOW when it does not fit.
absl::StatusOr<int64_t> ComputeEarning(const TierTable& table, int64_t total_minor);

// A part of a step of the total, at one rate. In a RERATE `base_minor` is the total before and
// `rate_ppm` the new rate less the old.
struct Slice {
  enum class Kind { kBase = 1, kRerate = 2 };
  Kind kind = Kind::kBase;
  size_t tier = 0;  // index
  int64_t base_minor = 0;
  int64_t rate_ppm = 0;

  friend bool operator==(const Slice&, const Slice&) = default;
};

// How the step from `before` to `after` earns: base x rate summed over the slices is exactly
// ComputeExactEarning(after) - ComputeExactEarning(before). The bases of kind BASE sum to the step.
std::vector<Slice> ComputeSlices(const TierTable& table, int64_t before_minor, int64_t after_minor);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_TIERS_H_
