#include "base/money.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::base {
namespace {

using Wide = boost::multiprecision::checked_int256_t;

// Active ISO 4217 codes by number of decimals; those not named here have 2.
constexpr absl::string_view kZeroDecimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr absl::string_view kThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr absl::string_view kTwoDecimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWL";

bool Lists(absl::string_view codes, absl::string_view code) {
  // Three-letter words one blank apart: a code starts at every fourth character.
  for (size_t i = 0; i + 3 <= codes.size(); i += 4) {
    if (codes.substr(i, 3) == code) return true;
  }
  return false;
}

// Half away from zero: |n| / |d| rounded half up, then the sign.
Wide DivideRounding(const Wide& numerator, const Wide& divisor) {
  const bool negative = (numerator < 0) != (divisor < 0);
  const Wide n = numerator < 0 ? Wide(-numerator) : numerator;
  const Wide d = divisor < 0 ? Wide(-divisor) : divisor;
  const Wide quotient = (2 * n + d) / (2 * d);
  return negative ? Wide(-quotient) : quotient;
}

absl::StatusOr<int64_t> Narrow(const Wide& value) {
  if (value > std::numeric_limits<int64_t>::max() || value < std::numeric_limits<int64_t>::min()) {
    return AmountOverflow("result");
  }
  return static_cast<int64_t>(value);
}

absl::Status WeightsInvalid(absl::string_view why) {
  return MakeFault(absl::StatusCode::kInvalidArgument, absl::StrCat("weights are invalid: ", why),
                   {.reason = "WEIGHTS_INVALID", .metadata = {{"why", std::string(why)}}});
}

absl::Status AmountMalformed(absl::string_view text) {
  const std::string shown = absl::CHexEscape(text.substr(0, 64));
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("'", shown, "' is not a decimal amount"),
                   {.reason = "AMOUNT_MALFORMED", .metadata = {{"value", shown}}});
}

}  // namespace

absl::StatusOr<Currency> Currency::Parse(absl::string_view code) {
  Currency currency;
  if (code.size() == 3 && Lists(kTwoDecimals, code)) {
    currency.exponent_ = 2;
  } else if (code.size() == 3 && Lists(kThreeDecimals, code)) {
    currency.exponent_ = 3;
  } else if (code.size() != 3 || !Lists(kZeroDecimals, code)) {
    const std::string shown = absl::CHexEscape(code.substr(0, 16));
    return MakeFault(absl::StatusCode::kInvalidArgument,
                     absl::StrCat("'", shown, "' is not an ISO 4217 currency code"),
                     {.reason = "CURRENCY_UNKNOWN", .metadata = {{"currency", shown}}});
  }
  std::copy(code.begin(), code.end(), currency.code_.begin());
  return currency;
}

absl::Status AmountOverflow(absl::string_view what) {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat(what, " does not fit the range of amounts"),
                   {.reason = "AMOUNT_OVERFLOW", .metadata = {{"what", std::string(what)}}});
}

absl::Status CurrencyMismatch(const Currency& a, const Currency& b) {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("currencies '", a.code(), "' and '", b.code(), "' do not mix"),
                   {.reason = "CURRENCY_MISMATCH",
                    .metadata = {{"currency", a.code()}, {"other_currency", b.code()}}});
}

absl::StatusOr<int64_t> CheckedAdd(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return AmountOverflow("sum");
  return sum;
}

absl::StatusOr<int64_t> CheckedSub(int64_t a, int64_t b) {
  int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) return AmountOverflow("difference");
  return difference;
}

absl::StatusOr<int64_t> CheckedNarrow(absl::int128 value) {
  if (value > std::numeric_limits<int64_t>::max() || value < std::numeric_limits<int64_t>::min()) {
    return AmountOverflow("sum");
  }
  return static_cast<int64_t>(value);
}

absl::StatusOr<int64_t> MulDivRound(int64_t a, int64_t b, int64_t divisor) {
  return Narrow(DivideRounding(Wide(a) * Wide(b), Wide(divisor)));
}

absl::StatusOr<int64_t> DivRound(absl::int128 numerator, int64_t divisor) {
  // A product, since a checked integer refuses to shift a negative number.
  const Wide high = Wide(absl::Int128High64(numerator)) * (Wide(1) << 64);
  return Narrow(DivideRounding(high + Wide(absl::Int128Low64(numerator)), Wide(divisor)));
}

absl::StatusOr<std::vector<int64_t>> SplitPool(int64_t pool, absl::Span<const int64_t> weights) {
  std::vector<int64_t> parts(weights.size(), 0);
  absl::int128 total = 0;
  for (const int64_t weight : weights) {
    if (weight < 0) return WeightsInvalid("one is negative");
    total += weight;
  }
  if (pool == 0) return parts;
  if (total == 0) return WeightsInvalid("they sum to zero");
  // On magnitudes, so that the parts of -pool mirror those of pool.
  const absl::int128 magnitude = pool < 0 ? -absl::int128(pool) : absl::int128(pool);
  const int64_t sign = pool < 0 ? -1 : 1;
  std::vector<absl::int128> remainders(weights.size());
  absl::int128 handed_out = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    const absl::int128 exact = magnitude * weights[i];
    parts[i] = static_cast<int64_t>(exact / total) * sign;
    remainders[i] = exact % total;
    handed_out += exact / total;
  }
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  const auto left = static_cast<size_t>(magnitude - handed_out);
  for (size_t i = 0; i < left; ++i) parts[order[i]] += sign;
  return parts;
}

namespace {

bool IsDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// `minor` with the digits of `text` written behind it; above kMinorMax as soon as that is passed.
absl::int128 AppendDigits(absl::int128 minor, absl::string_view text) {
  for (const char c : text) {
    minor = minor * 10 + (c - '0');
    if (minor > Money::kMinorMax) break;
  }
  return minor;
}

}  // namespace

absl::StatusOr<Money> ParseDecimalMoney(absl::string_view text, const Currency& currency) {
  absl::string_view unsigned_text = text;
  const bool negative = absl::ConsumePrefix(&unsigned_text, "-");
  if (!negative) absl::ConsumePrefix(&unsigned_text, "+");
  const size_t point = std::min(unsigned_text.find('.'), unsigned_text.size());
  const absl::string_view whole = unsigned_text.substr(0, point);
  absl::string_view decimals = unsigned_text.substr(point);
  absl::ConsumePrefix(&decimals, ".");
  if (whole.empty() && decimals.empty()) return AmountMalformed(text);
  if (!IsDigits(whole) || !IsDigits(decimals)) return AmountMalformed(text);

  const auto exponent = static_cast<size_t>(currency.exponent());
  std::string kept(decimals.substr(0, exponent));
  kept.resize(exponent, '0');
  absl::int128 minor = AppendDigits(0, whole);
  if (minor <= Money::kMinorMax) minor = AppendDigits(minor, kept);
  if (decimals.size() > exponent && decimals[exponent] >= '5') minor += 1;
  if (minor > Money::kMinorMax) return AmountOverflow("amount");
  const auto magnitude = static_cast<int64_t>(minor);
  return Money{.minor = negative ? -magnitude : magnitude, .currency = currency};
}

std::string FormatDecimal(const Money& money) {
  const bool negative = money.minor < 0;
  const uint64_t magnitude =
      negative ? 0 - static_cast<uint64_t>(money.minor) : static_cast<uint64_t>(money.minor);
  std::string digits = absl::StrCat(magnitude);
  const auto exponent = static_cast<size_t>(money.currency.exponent());
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
  return negative ? absl::StrCat("-", digits) : digits;
}

}  // namespace argosy::base
