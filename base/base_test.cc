// Bytes, faults, ids, clocks, randomness and access claims: small files, one test file.
#include <cmath>
#include <set>
#include <string>

#include "absl/strings/str_replace.h"
#include "base/access_token.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "base/ppm.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'773'028'800);

TEST(Bytes, KeepFieldsApart) {
  EXPECT_NE(ByteWriter(1).Text("ab").Text("c").bytes(), ByteWriter(1).Text("a").Text("bc").bytes());
  EXPECT_NE(ByteWriter(1).OptionalInt(0).bytes(), ByteWriter(1).OptionalInt(std::nullopt).bytes());
  EXPECT_NE(ByteWriter(1).Int(1).bytes(), ByteWriter(2).Int(1).bytes());
}

TEST(Bytes, AreReadBack) {
  const std::string bytes =
      ByteWriter(3).Int(-5).Text("x\0y").OptionalInt(7).OptionalInt(std::nullopt).bytes();
  ByteReader reader = *ByteReader::Open(bytes, 3);
  EXPECT_THAT(reader.Int(), IsOkAndHolds(-5));
  EXPECT_THAT(reader.Text(), IsOkAndHolds("x"));
  EXPECT_THAT(reader.OptionalInt(), IsOkAndHolds(std::optional<int64_t>(7)));
  EXPECT_THAT(reader.OptionalInt(), IsOkAndHolds(std::optional<int64_t>()));
  EXPECT_TRUE(reader.at_end());
  EXPECT_THAT(reader.Int(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Bytes, NeverReadPastTheEnd) {
  const std::string bytes = ByteWriter(1).Text("hello").OptionalInt(9).bytes();
  for (size_t size = 1; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    ByteReader reader = *ByteReader::Open(cut, 1);
    EXPECT_FALSE(reader.Text().ok() && reader.OptionalInt().ok()) << size;
  }
  EXPECT_FALSE(ByteReader::Open(bytes, 2).ok());
  EXPECT_FALSE(ByteReader::Open("", 1).ok());
}

TEST(Fault, TravelsWithItsStatus) {
  Fault fault{.reason = "X_Y",
              .metadata = {{"a", "b"}},
              .field_violations = {{.field = "f", .description = "d"}},
              .resource = ResourceFault{.type = "t", .name = "n"},
              .precondition = PreconditionFault{.type = "p", .subject = "s", .description = "d"},
              .quota = QuotaFault{.subject = "s", .description = "d"},
              .retry_after = absl::Milliseconds(1)};
  const absl::Status status = MakeFault(absl::StatusCode::kAborted, "m", fault);
  EXPECT_EQ(FindFault(status), fault);
  EXPECT_EQ(ReasonOf(status), "X_Y");
  EXPECT_EQ(ReasonOf(absl::AbortedError("plain")), "");
}

TEST(Fault, CountsViolationsBeyondTwenty) {
  std::vector<FieldViolation> many(25, {.field = "f", .description = "d"});
  const auto fault = FindFault(FieldsInvalid(std::move(many)));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->field_violations.size(), Fault::kFieldViolationsMax);
  EXPECT_EQ(fault->field_violations_left_out, 5);
}

TEST(Uuid, ReadsTheCanonicalFormAlone) {
  const std::string text = "01890a5d-ac96-774b-bcce-b302099a8057";
  EXPECT_EQ(Uuid::Parse(text)->ToString(), text);
  EXPECT_EQ(*Uuid::FromBytes(Uuid::Parse(text)->ToBytes()), *Uuid::Parse(text));
  for (const char* bad :
       {"", "01890A5D-AC96-774B-BCCE-B302099A8057", "01890a5dac96774bbcceb302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a805g"}) {
    EXPECT_THAT(Uuid::Parse(bad), HasReason("FIELD_INVALID")) << bad;
  }
  EXPECT_THAT(Uuid::FromBytes("short"), HasReason("INTERNAL"));
}

TEST(IdSource, MakesVersionSevenInTheOrderOfTime) {
  SeededEntropy entropy(3);
  IdSource ids(entropy);
  std::set<std::string> seen;
  std::string last;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = ids.NewUuid(kNow + absl::Milliseconds(i)).ToString();
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    EXPECT_LT(last, text);
    last = text;
    EXPECT_TRUE(seen.insert(text).second);
  }
}

TEST(Slug, IsWhatPeopleMayChoose) {
  EXPECT_THAT(TenantId::Parse("acme-2"), IsOk());
  EXPECT_TRUE(IsSlug(std::string(63, 'a')));
  for (const std::string& bad : {std::string("ab"), std::string("Acme"), std::string("2acme"),
                                 std::string("a_b"), std::string(64, 'a'), std::string("äcme")}) {
    EXPECT_THAT(TenantId::Parse(bad), HasReason("FIELD_INVALID")) << bad;
  }
}

TEST(Clock, StandsStillUntilMoved) {
  FakeClock clock(kNow);
  clock.Advance(absl::Seconds(1));
  EXPECT_EQ(clock.Now(), kNow + absl::Seconds(1));
  clock.Set(kNow);
  EXPECT_EQ(FromMicros(ToMicros(clock.Now())), kNow);
  EXPECT_GT(SystemClock().Now(), kNow - absl::Hours(24 * 365 * 10));
}

TEST(Clock, TellsWhatCanBeStored) {
  // Twice: a clock of nanoseconds passes once by chance in a million.
  for (int i = 0; i < 2; ++i) {
    const absl::Time now = SystemClock().Now();
    EXPECT_EQ(FromMicros(ToMicros(now)), now);
  }
}

TEST(Generator, RepeatsFromItsSeedAndStaysInBounds) {
  Generator a(1);
  Generator b(1);
  Generator c(2);
  EXPECT_EQ(a.Next(), b.Next());
  EXPECT_NE(b.Next(), c.Next());
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    ASSERT_LT(a.Below(7), 7U);
    const double unit = a.Unit();
    ASSERT_TRUE(unit >= 0 && unit < 1);
    const double normal = a.Normal();
    sum += normal;
    squares += normal * normal;
  }
  EXPECT_LT(std::abs(sum / kDraws), 0.03);
  EXPECT_LT(std::abs(squares / kDraws - 1), 0.05);
}

TEST(Entropy, GivesAsManyBytesAsAsked) {
  const auto system = NewSystemEntropy();
  EXPECT_EQ(system->Bytes(33).size(), 33U);
  EXPECT_NE(system->Uint64(), system->Uint64());
  EXPECT_EQ(SeededEntropy(4).Bytes(16), SeededEntropy(4).Bytes(16));
}

TEST(Mutex, LetsAWaitEnd) {
  Mutex mutex;
  CondVar never;
  MutexLock lock(mutex);
  never.WaitFor(mutex, absl::Milliseconds(1));
  EXPECT_EQ(Ppm::kWhole, 1'000'000);
  EXPECT_LT(Ppm(1), Ppm(2));
}

AccessClaims Claims() {
  SeededEntropy entropy(9);
  return AccessClaims{.issuer = "i",
                      .audience = "a",
                      .actor = "memberships/\"m\"",
                      .tenant_uid = TenantUid(IdSource(entropy).NewUuid(kNow)),
                      .tenant_id = *TenantId::Parse("acme"),
                      .access_role = "owner",
                      .member_id = *MemberId::Parse("li-wei"),
                      .epoch = 4,
                      .issued_at = kNow,
                      .not_before = kNow,
                      .expires_at = kNow + absl::Minutes(10)};
}

TEST(AccessClaims, AreReadBack) {
  EXPECT_THAT(ParseAccessClaims(EncodeAccessClaims(Claims())), IsOkAndHolds(Claims()));
  AccessClaims without = Claims();
  without.member_id.reset();
  EXPECT_THAT(ParseAccessClaims(EncodeAccessClaims(without)), IsOkAndHolds(without));
}

TEST(AccessClaims, AreRefusedInAnotherForm) {
  const std::string json = EncodeAccessClaims(Claims());
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"\"epoch\":4", "\"epoch\":\"4\""},
           {"\"aud\":\"a\"", "\"aud\":[\"a\"]"},
           {"\"acme\"", "\"Acme\""},
           {"\"li-wei\"", "\"\""},
           {"\"iss\":\"i\"", "\"iss\":\"i\",\"iss\":\"j\""},
           {"\"exp\":1773029400", "\"exp\":1773029400.5"},
           {"\"exp\":1773029400", "\"exp\":-1"},
           {"\"exp\":1773029400", "\"exp\":9223372036854775807"}}) {
    const std::string changed = absl::StrReplaceAll(json, {{from, to}});
    ASSERT_NE(changed, json) << from;
    EXPECT_FALSE(ParseAccessClaims(changed).ok()) << changed;
  }
}

}  // namespace
}  // namespace argosy::base
