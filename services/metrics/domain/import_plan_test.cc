#include "services/metrics/domain/import_plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/fact_codec.h"

namespace argosy::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = RowPlan::Kind;

ImportId ImportNamed(const std::string& digit) {
  return *ImportId::Parse("00000000-0000-7000-8000-00000000000" + digit);
}

// A fact whose content is its clicks.
PreparedFact Prepared(const std::string& event_id, int64_t clicks) {
  Fact fact{.identity = {.source = "crm", .event_id = event_id},
            .payload = Traffic{.clicks = clicks}};
  const std::string hash = PayloadHash(fact);
  return {.fact = fact, .id = FactIdOf(fact.identity), .payload_hash = hash};
}

HeldRevision Held(const PreparedFact& fact, int64_t revision) {
  return {.id = fact.id, .revision = revision, .payload_hash = fact.payload_hash};
}

HeldRevision Tombstone(const PreparedFact& fact, int64_t revision,
                       std::optional<ImportId> import = std::nullopt) {
  return {.id = fact.id,
          .revision = revision,
          .payload_hash = "tombstone",
          .tombstone = true,
          .import = import};
}

struct PlanCase {
  std::string name;
  ConflictPolicy policy = ConflictPolicy::kRefuse;
  std::vector<HeldRevision> held;
  Kind want = Kind::kNew;
  int64_t revision = 0;  // sent; 0: nothing is
};
class PlanRowTest : public ::testing::TestWithParam<PlanCase> {};
TEST_P(PlanRowTest, SendsTheRightRevisionOfClicksTen) {
  RevisionPlanner planner(GetParam().policy, GetParam().held);
  const RowPlan plan = planner.PlanRow({Prepared("a", 10)});
  EXPECT_EQ(plan.kind, GetParam().want);
  if (GetParam().revision == 0) {
    EXPECT_THAT(plan.facts, IsEmpty());
  } else {
    EXPECT_THAT(plan.facts, ElementsAre(Field(&Fact::revision, GetParam().revision)));
  }
}
const PreparedFact kTen = Prepared("a", 10);
const PreparedFact kTwelve = Prepared("a", 12);
INSTANTIATE_TEST_SUITE_P(
    Rows, PlanRowTest,
    ::testing::ValuesIn(std::vector<PlanCase>{
        {.name = "NotHeld", .held = {}, .want = Kind::kNew, .revision = 1},
        {.name = "Same", .held = {Held(kTen, 1)}, .want = Kind::kDuplicate},
        {.name = "SameAsLatest", .held = {Held(kTwelve, 1), Held(kTen, 2)},
         .want = Kind::kDuplicate},
        {.name = "ResendOfOlder", .held = {Held(kTen, 1), Held(kTwelve, 2)},
         .want = Kind::kDuplicate},
        {.name = "Edited", .held = {Held(kTwelve, 1)}, .want = Kind::kConflict},
        {.name = "EditedAndRevised", .policy = ConflictPolicy::kRevise,
         .held = {Held(kTwelve, 1)}, .want = Kind::kRevised, .revision = 2},
        {.name = "BackToOlderAndRevised", .policy = ConflictPolicy::kRevise,
         .held = {Held(kTen, 1), Held(kTwelve, 2)}, .want = Kind::kRevised, .revision = 3},
        {.name = "SameUnderRevise", .policy = ConflictPolicy::kRevise, .held = {Held(kTen, 4)},
         .want = Kind::kDuplicate},
        {.name = "Undone", .held = {Held(kTen, 1), Tombstone(kTen, 2, ImportNamed("1"))},
         .want = Kind::kRevised, .revision = 3},
        {.name = "UndoneAndEdited", .held = {Held(kTwelve, 1), Tombstone(kTen, 2, ImportNamed("1"))},
         .want = Kind::kRevised, .revision = 3},
        {.name = "RetractedByHand", .held = {Held(kTen, 1), Tombstone(kTen, 2)},
         .want = Kind::kDuplicate},
        {.name = "RetractedByHandUnderRevise", .policy = ConflictPolicy::kRevise,
         .held = {Held(kTen, 1), Tombstone(kTen, 2)}, .want = Kind::kDuplicate},
        {.name = "RetractedByHandAndEdited", .held = {Held(kTwelve, 1), Tombstone(kTen, 2)},
         .want = Kind::kConflict}}),
    [](const auto& test) { return test.param.name; });

TEST(RevisionPlanner, PlansARowAsIfThoseBeforeItHadBeenSent) {
  RevisionPlanner refusing(ConflictPolicy::kRefuse, {});
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 10)}).kind, Kind::kNew);
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 10)}).kind, Kind::kDuplicate);
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 12)}).kind, Kind::kConflict);
  RevisionPlanner revising(ConflictPolicy::kRevise, {});
  EXPECT_EQ(revising.PlanRow({Prepared("a", 10)}).kind, Kind::kNew);
  EXPECT_THAT(revising.PlanRow({Prepared("a", 12)}).facts,
              ElementsAre(Field(&Fact::revision, 2)));
  EXPECT_EQ(revising.PlanRow({Prepared("a", 12)}).kind, Kind::kDuplicate);
}

TEST(RevisionPlanner, TakesARowWholeOrNotAtAll) {
  RevisionPlanner planner(ConflictPolicy::kRefuse, {Held(kTwelve, 1)});
  const RowPlan plan = planner.PlanRow({Prepared("b", 1), Prepared("a", 10)});
  EXPECT_EQ(plan.kind, Kind::kConflict);
  EXPECT_THAT(plan.facts, IsEmpty());
  EXPECT_EQ(plan.problem_fact, 1u);
  EXPECT_EQ(plan.problem->reason, "REVISION_CONFLICT");
  EXPECT_EQ(planner.PlanRow({Prepared("b", 1)}).kind, Kind::kNew) << "the refused row left nothing";
}

TEST(RevisionPlanner, SendsOnlyWhatIsNotHeld) {
  RevisionPlanner planner(ConflictPolicy::kRefuse, {Held(kTen, 1)});
  const RowPlan plan = planner.PlanRow({kTen, Prepared("b", 1)});
  EXPECT_EQ(plan.kind, Kind::kNew);
  ASSERT_THAT(plan.facts, SizeIs(1));
  EXPECT_EQ(plan.facts[0].identity.event_id, "b");
}

TEST(RevisionPlanner, ReportsAnInvalidFactBeforeAConflict) {
  PreparedFact bad = Prepared("b", 1);
  bad.problem = FactProblem{.reason = "CHANNEL_UNKNOWN"};
  RevisionPlanner planner(ConflictPolicy::kRefuse, {Held(kTwelve, 1)});
  const RowPlan plan = planner.PlanRow({kTen, bad});
  EXPECT_EQ(plan.kind, Kind::kInvalid);
  EXPECT_EQ(plan.problem->reason, "CHANNEL_UNKNOWN");
}

TEST(UndoPlanner, RetractsItsOwnAndKeepsWhatOthersRevised) {
  const ImportId mine = ImportNamed("1");
  const ImportId other = ImportNamed("2");
  const auto from = [](HeldRevision held, const ImportId& import) {
    held.import = import;
    return held;
  };
  const PreparedFact own = Prepared("own", 1);
  const PreparedFact revised = Prepared("revised", 1);
  const PreparedFact foreign = Prepared("foreign", 1);
  const PreparedFact gone = Prepared("gone", 1);
  const PreparedFact absent = Prepared("absent", 1);
  UndoPlanner planner(
      mine, {from(Held(own, 1), other), from(Held(own, 2), mine), from(Held(revised, 1), mine),
             from(Held(revised, 2), other), from(Held(foreign, 1), other),
             from(Held(gone, 1), mine), Tombstone(gone, 2, mine)});
  const UndoPlan plan =
      planner.PlanRow({own.fact, revised.fact, foreign.fact, gone.fact, absent.fact});
  ASSERT_THAT(plan.tombstones, SizeIs(1));
  EXPECT_EQ(plan.tombstones[0].identity, own.fact.identity);
  EXPECT_EQ(plan.tombstones[0].revision, 3);
  EXPECT_TRUE(plan.tombstones[0].tombstone());
  EXPECT_THAT(plan.kept, ElementsAre(revised.fact.identity));
  EXPECT_THAT(planner.PlanRow({own.fact}).tombstones, IsEmpty()) << "a fact is told once";
}

}  // namespace
}  // namespace argosy::metrics
