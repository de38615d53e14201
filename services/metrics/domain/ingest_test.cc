#include "services/metrics/domain/ingest.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/fact_codec.h"
#include "services/metrics/domain/facts_for_test.h"
#include "services/metrics/domain/watermark.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using ::argosy::testing::IsFault;
using ::argosy::testing::IsOk;
using ::testing::ElementsAre;

FactSurroundings Surroundings() {
  return {.reporting_currency = base::Currency::Parse("USD").value(),
          .now = At("2026-03-09 12:00")};
}

PreparedFact Prepared(RecordedFact fact, int64_t revision) {
  fact.fact.revision = revision;
  return PrepareFact({.fact = fact.fact}, Surroundings());
}
PreparedFact OrderOf(int64_t minor, int64_t revision) {
  return Prepared(FactAt("2026-03-01 10:00", "o1", OrderFor("i1", minor)), revision);
}

std::vector<Verdict> VerdictsOf(const std::vector<PreparedFact>& batch,
                                const std::vector<KnownRevision>& known) {
  std::vector<Verdict> verdicts;
  for (const FactVerdict& verdict : Judge(batch, known)) verdicts.push_back(verdict.verdict);
  return verdicts;
}
KnownRevision Stored(const PreparedFact& fact) {
  return {.id = fact.id, .revision = fact.fact.revision, .payload_hash = fact.payload_hash};
}

TEST(Judge, SameContentIsDuplicateOtherContentIsConflict) {
  const std::vector<KnownRevision> known = {Stored(OrderOf(100, 1))};
  EXPECT_THAT(VerdictsOf({OrderOf(100, 1)}, known), ElementsAre(Verdict::kDuplicate));
  EXPECT_THAT(VerdictsOf({OrderOf(101, 1)}, known), ElementsAre(Verdict::kConflict));
  EXPECT_THAT(VerdictsOf({OrderOf(101, 2)}, known), ElementsAre(Verdict::kAccepted));
  EXPECT_EQ(Judge({OrderOf(101, 1)}, known).at(0).problem->reason, "REVISION_CONFLICT");
}

// A resend of an old revision revives nothing, however many came after.
TEST(Judge, OldRevisionStaysDuplicate) {
  const std::vector<KnownRevision> known = {Stored(OrderOf(100, 1)), Stored(OrderOf(90, 2))};
  EXPECT_THAT(VerdictsOf({OrderOf(100, 1)}, known), ElementsAre(Verdict::kDuplicate));
}

TEST(Judge, LowerRevisionArrivingLateIsAccepted) {
  EXPECT_THAT(VerdictsOf({OrderOf(100, 1)}, {Stored(OrderOf(90, 2))}),
              ElementsAre(Verdict::kAccepted));
}

TEST(Judge, JudgesRepetitionsWithinTheBatch) {
  EXPECT_THAT(
      VerdictsOf({OrderOf(1, 1), OrderOf(1, 1), OrderOf(2, 1), OrderOf(2, 2)}, {}),
      ElementsAre(Verdict::kAccepted, Verdict::kDuplicate, Verdict::kConflict, Verdict::kAccepted));
}

// A bad fact takes no place: the good one of the same identity is accepted.
TEST(Judge, InvalidFactLeavesNothingBehind) {
  const PreparedFact bad = OrderOf(-5, 1);
  ASSERT_TRUE(bad.problem.has_value());
  EXPECT_THAT(VerdictsOf({bad, OrderOf(5, 1)}, {}),
              ElementsAre(Verdict::kInvalid, Verdict::kAccepted));
}

// OpenMeter joins source and id with '-', which makes these one.
TEST(FactIdOf, TellsApartWhatAJoinedTextWouldNot) {
  EXPECT_NE(FactIdOf({"a-b", "c"}), FactIdOf({"a", "b-c"}));
  EXPECT_EQ(FactIdOf({"crm", "1"}), FactIdOf({"crm", "1"}));
  EXPECT_EQ(FactIdOf({"crm", "1"}).ToString().at(14), '8');
}

TEST(PayloadHash, CoversEveryFieldButTheKey) {
  Fact fact = By("li-wei", FactAt("2026-03-01 10:00", "i1", Inquiry{})).fact;
  const std::string hash = PayloadHash(fact);
  Fact same = fact;
  same.revision = 7;
  same.identity.event_id = "i2";
  EXPECT_EQ(PayloadHash(same), hash);
  std::vector<Fact> others(8, fact);
  others[0].occurred_micros += 1;
  others[1].capture = CaptureMode::kAuto;
  others[2].attribution.acting_role = ActingRole::kManager;
  others[3].attribution.team = base::TeamId::Parse("east").value();
  others[4].payload = Inquiry{.grade = Grade::kA};
  others[5].payload = Inquiry{.buyer_key = "x"};
  others[6].payload = Inquiry{.product_line = "x"};
  others[7].payload = Inquiry{.account = "x"};
  for (const Fact& other : others) EXPECT_NE(PayloadHash(other), hash);
}

TEST(PayloadCodec, ReadsWhatItWrote) {
  Order order = OrderFor("i1", 100);
  order.margin = Usd(-3);
  order.status = OrderStatus::kPending;
  const std::vector<Payload> payloads = {
      std::monostate(),
      Spend{.kind = SpendKind::kLabour, .amount = Usd(5), .account_time_zone = "Asia/Tokyo"},
      Traffic{.impressions = 3, .clicks = 2, .sessions = 1},
      Inquiry{.grade = Grade::kB,
              .outcome = InquiryOutcome::kLost,
              .buyer_key = "买家",
              .product_line = "p",
              .exclusion = Exclusion::kSpam,
              .account = "a"},
      order,
      Payment{.amount = Usd(-5), .order = FactIdentity{"crm", "o1"}},
      Payment{.amount = Usd(5)},
      RefundOf("o1", 9)};
  for (const Payload& payload : payloads) {
    const std::string bytes = EncodePayload(payload);
    const auto read = DecodePayload(bytes);
    ASSERT_THAT(read, IsOk());
    EXPECT_EQ(*read, payload);
    EXPECT_FALSE(DecodePayload(bytes.substr(0, bytes.size() - 1)).ok());
    EXPECT_FALSE(DecodePayload(bytes + "x").ok());
  }
}

TEST(CheckBatchSize, TakesOneToAThousand) {
  EXPECT_THAT(CheckBatchSize(1), IsOk());
  EXPECT_THAT(CheckBatchSize(1000), IsOk());
  EXPECT_THAT(CheckBatchSize(0), IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  EXPECT_THAT(CheckBatchSize(1001), IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

// The clock may stand still or go back; knowledge does not.
TEST(NextKnowledge, OnlyGrows) {
  const absl::Time now = At("2026-03-09 12:00");
  const KnowledgeHead first = NextKnowledge({}, now);
  EXPECT_EQ(first, (KnowledgeHead{.sequence = 1, .recorded_at = now}));
  const KnowledgeHead second = NextKnowledge(first, now - absl::Hours(1));
  EXPECT_EQ(second.sequence, 2);
  EXPECT_EQ(second.recorded_at, now + absl::Microseconds(1));
  EXPECT_EQ(NextKnowledge(second, now + absl::Seconds(5)).recorded_at, now + absl::Seconds(5));
}

TEST(CheckAsOf, RefusesWhatCanStillChange) {
  const absl::Time now = At("2026-03-09 12:00");
  const KnowledgeHead head{.sequence = 3, .recorded_at = now + absl::Microseconds(2)};
  EXPECT_THAT(CheckAsOf(head.recorded_at, head, now), IsOk());
  EXPECT_THAT(CheckAsOf(now - absl::Microseconds(1), {}, now), IsOk());
  EXPECT_THAT(CheckAsOf(now, {}, now),
              IsFault(absl::StatusCode::kInvalidArgument, "AS_OF_IN_FUTURE"));
  EXPECT_THAT(CheckAsOf(now + absl::Seconds(1), head, now),
              IsFault(absl::StatusCode::kInvalidArgument, "AS_OF_IN_FUTURE"));
}

TEST(Progress, IsPresumedToTheEndOfTheLastDayOrDeclared) {
  const PreparedFact order = Prepared(FactAt("2026-03-05 23:30", "o1", OrderFor("i", 1)), 1);
  const PreparedFact spend = Prepared(FactAt("2026-03-02", "s1", Spend{.amount = Usd(1)}), 1);
  const std::vector<const PreparedFact*> stored = {&order, &spend};
  auto sources = ProgressOf(MarksOf(stored, {}), Shanghai(), At("2026-03-09 12:00"));
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_THAT(sources[0].kinds, ElementsAre(FactKind::kSpend, FactKind::kOrder));
  EXPECT_EQ(sources[0].complete_through, At("2026-03-06 00:00"));
  EXPECT_FALSE(sources[0].declared);
  const std::vector<Completeness> word = {{"crm", At("2026-03-03 00:00")}};
  sources = ProgressOf(MarksOf(stored, word), Shanghai(), At("2026-03-09 12:00"));
  EXPECT_EQ(sources[0].complete_through, At("2026-03-03 00:00"));
  EXPECT_TRUE(sources[0].declared);
}

TEST(Progress, OfADayThatIsNotOverEndsWhereItIsJudged) {
  const PreparedFact order = Prepared(FactAt("2026-03-05 09:30", "o1", OrderFor("i", 1)), 1);
  const std::vector<const PreparedFact*> stored = {&order};
  const auto sources = ProgressOf(MarksOf(stored, {}), Shanghai(), At("2026-03-05 14:00"));
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_EQ(sources[0].complete_through, At("2026-03-05 14:00"));
}

}  // namespace
}  // namespace argosy::metrics
