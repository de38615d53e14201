// Money: whole minor units of one currency. No floating point, one rounding, no silent overflow.
#ifndef ARGOSY_BASE_MONEY_H_
#define ARGOSY_BASE_MONEY_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace argosy::base {

// An ISO 4217 currency and the number of decimal digits of its minor unit (JPY 0, USD 2, KWD 3).
class Currency {
 public:
  // INVALID_ARGUMENT / CURRENCY_UNKNOWN unless `code` is an active ISO 4217 code in capitals.
  static absl::StatusOr<Currency> Parse(absl::string_view code);

  Currency() : code_{'X', 'X', 'X'} {}  // ISO 4217 "no currency"
  std::string code() const { return std::string(code_.data(), code_.size()); }
  int exponent() const { return exponent_; }

  friend auto operator<=>(const Currency&, const Currency&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Currency& currency) {
    return H::combine(std::move(h), currency.code_);
  }

 private:
  std::array<char, 3> code_;
  int exponent_ = 0;
};

struct Money {
  // The largest amount one fact may carry, either sign.
  static constexpr int64_t kMinorMax = 10'000'000'000'000'000;  // 10^16

  int64_t minor = 0;
  Currency currency;

  friend bool operator==(const Money&, const Money&) = default;
};

// OUT_OF_RANGE never leaves this header: overflow is INVALID_ARGUMENT / AMOUNT_OVERFLOW, an amount
// that its caller must refuse.
absl::Status AmountOverflow(absl::string_view what);
// INVALID_ARGUMENT / CURRENCY_MISMATCH.
absl::Status CurrencyMismatch(const Currency& a, const Currency& b);

absl::StatusOr<int64_t> CheckedAdd(int64_t a, int64_t b);
absl::StatusOr<int64_t> CheckedSub(int64_t a, int64_t b);
// A sum held wide must fit again before it leaves.
absl::StatusOr<int64_t> CheckedNarrow(absl::int128 value);

// a * b / divisor rounded once, half away from zero, exact in between (256 bits): the one rounding
// rule, because it is symmetric, round(-x) = -round(x), so that a reversal cancels exactly.
// `divisor` must not be 0. AMOUNT_OVERFLOW when the result does not fit.
absl::StatusOr<int64_t> MulDivRound(int64_t a, int64_t b, int64_t divisor);

// numerator / divisor rounded half away from zero; the same rule for a 128-bit numerator.
absl::StatusOr<int64_t> DivRound(absl::int128 numerator, int64_t divisor);

// Hands out all of `pool` (either sign) in proportion to `weights` (none negative, at least one
// positive unless the pool is 0) by largest remainder; equal remainders go in listed order. The
// parts sum to `pool` exactly, and the parts of -pool are the negatives of those of pool.
// INVALID_ARGUMENT / WEIGHTS_INVALID for a negative weight or a zero sum.
absl::StatusOr<std::vector<int64_t>> SplitPool(int64_t pool, absl::Span<const int64_t> weights);

// Reads a decimal amount in the plain form of a data file: an optional sign, digits, optionally a
// point and more digits. Digits beyond the currency's minor unit round half away from zero.
// INVALID_ARGUMENT / AMOUNT_MALFORMED, or AMOUNT_OVERFLOW beyond Money::kMinorMax.
absl::StatusOr<Money> ParseDecimalMoney(absl::string_view text, const Currency& currency);

// "1234.56" with exactly the currency's number of decimals.
std::string FormatDecimal(const Money& money);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_MONEY_H_
