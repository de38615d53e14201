#include "base/money.h"

#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using ::testing::ElementsAreArray;
using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;

constexpr uint64_t kSeed = 20260309;
constexpr int kDraws = 5000;
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();

// Numbers of every magnitude and both signs.
int64_t AnyInt(Generator& generator) {
  return static_cast<int64_t>(generator.Next()) >> generator.Below(64);
}

TEST(MulDivRound, RoundsHalfAwayFromZero) {
  EXPECT_THAT(MulDivRound(1, 1, 2), IsOkAndHolds(1));
  EXPECT_THAT(MulDivRound(-1, 1, 2), IsOkAndHolds(-1));
  EXPECT_THAT(MulDivRound(1, 1, 3), IsOkAndHolds(0));
  EXPECT_THAT(MulDivRound(5, 1, -2), IsOkAndHolds(-3));
  EXPECT_THAT(MulDivRound(kMax, kMax, kMax), IsOkAndHolds(kMax));
  EXPECT_THAT(MulDivRound(kMin, kMin, kMin), IsOkAndHolds(kMin));
  EXPECT_THAT(MulDivRound(kMax, 2, 1), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(MulDivRound(kMin, -1, 1), HasReason("AMOUNT_OVERFLOW"));
}

TEST(MulDivRound, IsSymmetricAndNearest) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (int i = 0; i < kDraws; ++i) {
    const int64_t a = AnyInt(generator) / 4;
    const int64_t b = static_cast<int64_t>(generator.Below(1'000'000));
    const int64_t d = 1'000'000 + static_cast<int64_t>(generator.Below(1000));
    const auto up = MulDivRound(a, b, d);
    const auto down = MulDivRound(-a, b, d);
    ASSERT_THAT(up, IsOk());
    ASSERT_EQ(*up, -*down) << a << " " << b << " " << d;
    absl::int128 error = absl::int128(*up) * d - absl::int128(a) * b;
    if (error < 0) error = -error;
    ASSERT_LE(error * 2, d) << a << " " << b << " " << d;
  }
}

TEST(DivRound, AgreesWithMulDivRound) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (int i = 0; i < kDraws; ++i) {
    const int64_t a = AnyInt(generator);
    const int64_t b = AnyInt(generator);
    int64_t d = AnyInt(generator);
    if (d == 0) d = 7;
    const auto expected = MulDivRound(a, b, d);
    const auto actual = DivRound(absl::int128(a) * b, d);
    ASSERT_EQ(expected.ok(), actual.ok()) << a << " " << b << " " << d;
    ASSERT_EQ(expected.value_or(0), actual.value_or(0)) << a << " " << b << " " << d;
  }
}

struct SplitCase {
  std::string name;
  int64_t pool;
  std::vector<int64_t> weights;
  std::vector<int64_t> want;
};
class SplitTest : public ::testing::TestWithParam<SplitCase> {};
TEST_P(SplitTest, HandsOutEveryCent) {
  EXPECT_THAT(SplitPool(GetParam().pool, GetParam().weights),
              IsOkAndHolds(ElementsAreArray(GetParam().want)));
}
INSTANTIATE_TEST_SUITE_P(Rounding, SplitTest,
                         ::testing::ValuesIn(std::vector<SplitCase>{
                             {"EqualWeightsFirstTakesRemainder", 100, {1, 1, 1}, {34, 33, 33}},
                             {"NegativePoolMirrors", -100, {1, 1, 1}, {-34, -33, -33}},
                             {"EmptyPool", 0, {1, 2}, {0, 0}},
                             {"EmptyPoolWithoutWeights", 0, {0, 0}, {0, 0}},
                             {"LargestRemainderWins", 10, {1, 2, 4}, {1, 3, 6}},
                             {"ZeroWeightGetsNothing", 7, {0, 1, 0}, {0, 7, 0}},
                             {"HugeWeights", 3, {kMax, kMax, kMax}, {1, 1, 1}},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(SplitPool, RefusesWeightsThatSayNothing) {
  EXPECT_THAT(SplitPool(1, {0, 0}), HasReason("WEIGHTS_INVALID"));
  EXPECT_THAT(SplitPool(1, {}), HasReason("WEIGHTS_INVALID"));
  EXPECT_THAT(SplitPool(1, {2, -1}), HasReason("WEIGHTS_INVALID"));
}

TEST(SplitPool, ConservesThePoolAndMirrorsItsSign) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (int i = 0; i < kDraws; ++i) {
    const int64_t pool = AnyInt(generator) / 2;
    std::vector<int64_t> weights(1 + generator.Below(12));
    for (int64_t& weight : weights) weight = static_cast<int64_t>(generator.Below(1000));
    weights[0] += 1;
    const auto parts = SplitPool(pool, weights);
    const auto mirrored = SplitPool(-pool, weights);
    ASSERT_THAT(parts, IsOk());
    absl::int128 sum = 0;
    const int64_t total = std::accumulate(weights.begin(), weights.end(), int64_t{0});
    for (size_t w = 0; w < weights.size(); ++w) {
      sum += (*parts)[w];
      ASSERT_EQ((*parts)[w], -(*mirrored)[w]);
      // Each part is its exact share rounded up or down.
      absl::int128 error = absl::int128((*parts)[w]) * total - absl::int128(pool) * weights[w];
      if (error < 0) error = -error;
      ASSERT_LT(error, total);
    }
    ASSERT_EQ(sum, pool);
  }
}

struct ParseCase {
  std::string name;
  std::string text;
  std::string currency;
  int64_t minor;
};
class ParseMoneyTest : public ::testing::TestWithParam<ParseCase> {};
TEST_P(ParseMoneyTest, ReadsMinorUnits) {
  const Currency currency = *Currency::Parse(GetParam().currency);
  const auto money = ParseDecimalMoney(GetParam().text, currency);
  ASSERT_THAT(money, IsOk());
  EXPECT_EQ(money->minor, GetParam().minor);
}
INSTANTIATE_TEST_SUITE_P(Amounts, ParseMoneyTest,
                         ::testing::ValuesIn(std::vector<ParseCase>{
                             {"Whole", "12", "USD", 1200},
                             {"Point", "12.3", "USD", 1230},
                             {"HalfAwayFromZero", "-0.005", "USD", -1},
                             {"BelowHalf", "0.0049999", "USD", 0},
                             {"Yen", "12.5", "JPY", 13},
                             {"Dinar", "1.2345", "KWD", 1235},
                             {"Plus", "+.5", "CNY", 50},
                             {"TrailingPoint", "7.", "CNY", 700},
                             {"Most", "100000000000000.00", "USD", 10'000'000'000'000'000},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(ParseDecimalMoney, RefusesWhatIsNoAmount) {
  const Currency usd = *Currency::Parse("USD");
  for (const char* text : {"", ".", "-", "1,000", "1e3", "1.2.3", " 1", "1 ", "--1", "½", "NaN"}) {
    EXPECT_THAT(ParseDecimalMoney(text, usd), HasReason("AMOUNT_MALFORMED")) << text;
  }
  EXPECT_THAT(ParseDecimalMoney("100000000000000.01", usd), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(ParseDecimalMoney("100000000000000.005", usd), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(ParseDecimalMoney(std::string(400, '9'), usd), HasReason("AMOUNT_OVERFLOW"));
}

TEST(FormatDecimal, IsReadBackAsItself) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (const char* code : {"USD", "JPY", "KWD"}) {
    const Currency currency = *Currency::Parse(code);
    for (int i = 0; i < 1000; ++i) {
      const Money money{.minor = AnyInt(generator) % Money::kMinorMax, .currency = currency};
      EXPECT_THAT(ParseDecimalMoney(FormatDecimal(money), currency), IsOkAndHolds(money));
    }
  }
  EXPECT_EQ(FormatDecimal({.minor = -5, .currency = *Currency::Parse("USD")}), "-0.05");
}

TEST(Currency, KnowsActiveCodesInCapitals) {
  EXPECT_EQ(Currency::Parse("KWD")->exponent(), 3);
  for (const char* code : {"usd", "US", "USDD", "DEM", "", "SD ", "D C"}) {
    EXPECT_THAT(Currency::Parse(code), HasReason("CURRENCY_UNKNOWN")) << code;
  }
}

TEST(Checked, RefusesOverflow) {
  EXPECT_THAT(CheckedAdd(kMax, 1), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(CheckedAdd(kMax, -1), IsOkAndHolds(kMax - 1));
  EXPECT_THAT(CheckedSub(kMin, 1), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(CheckedSub(kMin, -1), IsOkAndHolds(kMin + 1));
  EXPECT_THAT(CheckedNarrow(absl::int128(kMax) + 1), HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(CheckedNarrow(absl::int128(kMin)), IsOkAndHolds(kMin));
  EXPECT_THAT(CurrencyMismatch(*Currency::Parse("USD"), *Currency::Parse("CNY")),
              HasReason("CURRENCY_MISMATCH"));
}

}  // namespace
}  // namespace argosy::base
