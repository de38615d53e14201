#include "services/metrics/domain/import_plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
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

// A revision as an import brought it, in a batch of its own number.
HeldRevision From(const std::string& import, HeldRevision held) {
  held.import = ImportNamed(import);
  held.batch = *BatchId::Parse("00000000-0000-7000-8000-0000000000b" + import);
  return held;
}

HeldRevision Tombstone(const PreparedFact& fact, int64_t revision,
                       std::optional<ImportId> import = std::nullopt) {
  return {.id = fact.id,
          .revision = revision,
          .payload_hash = "tombstone",
          .tombstone = true,
          .import = import};
}

auto HasRevision(int64_t revision) {
  return Field(&PreparedFact::fact, Field(&Fact::revision, revision));
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
  RevisionPlanner planner(GetParam().policy, GetParam().held, {});
  const RowPlan plan = planner.PlanRow({Prepared("a", 10)});
  EXPECT_EQ(plan.kind, GetParam().want);
  if (GetParam().revision == 0) {
    EXPECT_THAT(plan.facts, IsEmpty());
  } else {
    EXPECT_THAT(plan.facts, ElementsAre(HasRevision(GetParam().revision)));
  }
}
const PreparedFact kTen = Prepared("a", 10);
const PreparedFact kTwelve = Prepared("a", 12);
INSTANTIATE_TEST_SUITE_P(
    Rows, PlanRowTest,
    ::testing::ValuesIn(std::vector<PlanCase>{
        {.name = "NotHeld", .held = {}, .want = Kind::kNew, .revision = 1},
        {.name = "Same", .held = {Held(kTen, 1)}, .want = Kind::kDuplicate},
        {.name = "SameAsLatest",
         .held = {Held(kTwelve, 1), Held(kTen, 2)},
         .want = Kind::kDuplicate},
        {.name = "ResendOfOlder",
         .held = {Held(kTen, 1), Held(kTwelve, 2)},
         .want = Kind::kDuplicate},
        {.name = "Edited", .held = {Held(kTwelve, 1)}, .want = Kind::kConflict},
        {.name = "EditedAndRevised",
         .policy = ConflictPolicy::kRevise,
         .held = {Held(kTwelve, 1)},
         .want = Kind::kRevised,
         .revision = 2},
        {.name = "BackToOlderAndRevised",
         .policy = ConflictPolicy::kRevise,
         .held = {Held(kTen, 1), Held(kTwelve, 2)},
         .want = Kind::kRevised,
         .revision = 3},
        {.name = "SameUnderRevise",
         .policy = ConflictPolicy::kRevise,
         .held = {Held(kTen, 4)},
         .want = Kind::kDuplicate},
        {.name = "Undone",
         .held = {Held(kTen, 1), Tombstone(kTen, 2, ImportNamed("1"))},
         .want = Kind::kRevised,
         .revision = 3},
        {.name = "UndoneAndEdited",
         .held = {Held(kTwelve, 1), Tombstone(kTen, 2, ImportNamed("1"))},
         .want = Kind::kRevised,
         .revision = 3},
        {.name = "RetractedByHand",
         .held = {Held(kTen, 1), Tombstone(kTen, 2)},
         .want = Kind::kDuplicate},
        {.name = "RetractedByHandUnderRevise",
         .policy = ConflictPolicy::kRevise,
         .held = {Held(kTen, 1), Tombstone(kTen, 2)},
         .want = Kind::kDuplicate},
        {.name = "RetractedByHandAndEdited",
         .held = {Held(kTwelve, 1), Tombstone(kTen, 2)},
         .want = Kind::kConflict}}),
    [](const auto& test) { return test.param.name; });

// Sent, revised by a second import, which was undone: that the content was said once excuses no
// edit.
TEST(RevisionPlanner, CountsNothingThatAnImportNowUndoneSaid) {
  const std::vector<HeldRevision> held = {From("1", Held(kTwelve, 1)), From("2", Held(kTen, 2)),
                                          From("1", Held(kTwelve, 3))};
  const absl::flat_hash_set<ImportId> undone = {ImportNamed("2")};
  RevisionPlanner refusing(ConflictPolicy::kRefuse, held, undone);
  EXPECT_EQ(refusing.PlanRow({kTen}).kind, Kind::kConflict);
  EXPECT_EQ(refusing.PlanRow({kTwelve}).kind, Kind::kDuplicate);
  RevisionPlanner revising(ConflictPolicy::kRevise, held, undone);
  EXPECT_THAT(revising.PlanRow({kTen}).facts, ElementsAre(HasRevision(4)));
}

TEST(RevisionPlanner, PlansARowAsIfThoseBeforeItHadBeenSent) {
  RevisionPlanner refusing(ConflictPolicy::kRefuse, {}, {});
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 10)}).kind, Kind::kNew);
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 10)}).kind, Kind::kDuplicate);
  EXPECT_EQ(refusing.PlanRow({Prepared("a", 12)}).kind, Kind::kConflict);
  RevisionPlanner revising(ConflictPolicy::kRevise, {}, {});
  EXPECT_EQ(revising.PlanRow({Prepared("a", 10)}).kind, Kind::kNew);
  EXPECT_THAT(revising.PlanRow({Prepared("a", 12)}).facts, ElementsAre(HasRevision(2)));
  EXPECT_EQ(revising.PlanRow({Prepared("a", 12)}).kind, Kind::kDuplicate);
}

TEST(RevisionPlanner, TakesARowWholeOrNotAtAll) {
  RevisionPlanner planner(ConflictPolicy::kRefuse, {Held(kTwelve, 1)}, {});
  const RowPlan plan = planner.PlanRow({Prepared("b", 1), Prepared("a", 10)});
  EXPECT_EQ(plan.kind, Kind::kConflict);
  EXPECT_THAT(plan.facts, IsEmpty());
  EXPECT_EQ(plan.problem_fact, 1u);
  EXPECT_EQ(plan.problem->reason, "REVISION_CONFLICT");
  EXPECT_EQ(planner.PlanRow({Prepared("b", 1)}).kind, Kind::kNew) << "the refused row left nothing";
}

TEST(RevisionPlanner, SendsOnlyWhatIsNotHeld) {
  RevisionPlanner planner(ConflictPolicy::kRefuse, {Held(kTen, 1)}, {});
  const RowPlan plan = planner.PlanRow({kTen, Prepared("b", 1)});
  EXPECT_EQ(plan.kind, Kind::kNew);
  ASSERT_THAT(plan.facts, SizeIs(1));
  EXPECT_EQ(plan.facts[0].fact.identity.event_id, "b");
}

struct UndoCase {
  std::string name;
  std::vector<HeldRevision> held;  // of the fact "a"
  absl::flat_hash_set<ImportId> undone;
  int64_t revision = 0;          // sent to undo import 1; 0: nothing is
  std::optional<int64_t> again;  // the revision held again; none: nothing
  bool restores = false;
  bool kept = false;
};
class UndoRowTest : public ::testing::TestWithParam<UndoCase> {};
TEST_P(UndoRowTest, BringsBackWhatWasHeldBefore) {
  const PreparedFact fact = Prepared("a", 10);
  UndoPlanner planner(ImportNamed("1"), GetParam().held, GetParam().undone);
  const UndoPlan plan = planner.PlanRow({fact.fact});
  EXPECT_EQ(!plan.kept.empty(), GetParam().kept);
  if (GetParam().revision == 0) {
    EXPECT_THAT(plan.reversals, IsEmpty());
    return;
  }
  ASSERT_THAT(plan.reversals, SizeIs(1));
  const Reversal& reversal = plan.reversals[0];
  EXPECT_EQ(reversal.identity, fact.fact.identity);
  EXPECT_EQ(reversal.id, fact.id);
  EXPECT_EQ(reversal.revision, GetParam().revision);
  ASSERT_EQ(reversal.earlier.has_value(), GetParam().again.has_value());
  if (GetParam().again.has_value()) {
    EXPECT_EQ(reversal.earlier->revision, *GetParam().again);
  }
  EXPECT_EQ(reversal.restores(), GetParam().restores);
  EXPECT_THAT(planner.PlanRow({fact.fact}).reversals, IsEmpty()) << "a fact is told once";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, UndoRowTest,
    ::testing::ValuesIn(std::vector<UndoCase>{
        {.name = "Absent"},
        {.name = "NeverBrought", .held = {From("2", Held(kTen, 1))}},
        {.name = "OnlyItsOwn", .held = {From("1", Held(kTen, 1))}, .revision = 2},
        {.name = "RevisedAnotherImport",
         .held = {From("2", Held(kTwelve, 1)), From("1", Held(kTen, 2))},
         .revision = 3,
         .again = 1,
         .restores = true},
        {.name = "RevisedASender",
         .held = {Held(kTwelve, 4), From("1", Held(kTen, 5))},
         .revision = 6,
         .again = 4,
         .restores = true},
        {.name = "RevisedTwice",
         .held = {From("2", Held(kTwelve, 1)), From("1", Held(kTen, 2)),
                  From("1", Held(kTwelve, 3))},
         .revision = 4,
         .again = 1,
         .restores = true},
        {.name = "RevisedWhatIsUndoneMeanwhile",
         .held = {From("2", Held(kTwelve, 1)), From("1", Held(kTen, 2))},
         .undone = {ImportNamed("2")},
         .revision = 3},
        {.name = "RevisedASenderAndThenWhatIsUndone",
         .held = {Held(kTen, 1), From("2", Held(kTwelve, 2)), From("1", Held(kTen, 3))},
         .undone = {ImportNamed("2")},
         .revision = 4,
         .again = 1,
         .restores = true},
        {.name = "RevivedARetraction",
         .held = {Held(kTwelve, 1), Tombstone(kTen, 2), From("1", Held(kTen, 3))},
         .revision = 4,
         .again = 2},
        {.name = "RevisedSinceByAnother",
         .held = {From("1", Held(kTen, 1)), From("2", Held(kTwelve, 2))},
         .kept = true},
        {.name = "RetractedSinceByASender",
         .held = {From("1", Held(kTen, 1)), Tombstone(kTen, 2)},
         .kept = true},
        {.name = "UndoneAlready",
         .held = {From("1", Held(kTen, 1)), Tombstone(kTen, 2, ImportNamed("1"))}}}),
    [](const auto& test) { return test.param.name; });

TEST(UndoPlanner, NamesTheBatchesThatTheImportBroughtOnce) {
  const PreparedFact other = Prepared("other", 1);
  const UndoPlanner planner(
      ImportNamed("1"),
      {From("1", Held(kTen, 1)), From("2", Held(kTwelve, 2)), From("1", Held(other, 1))}, {});
  EXPECT_THAT(planner.batches(), ElementsAre(From("1", Held(kTen, 1)).batch));
}

}  // namespace
}  // namespace argosy::metrics
