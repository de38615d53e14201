#include "services/metrics/domain/import_block.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/mapping.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MappedValue Column(const std::string& name) {
  return {.parts = {{.from = ValuePart::From::kColumn, .text = name}}};
}

// A day's traffic a row: its id, its day and its clicks.
RowMapper TrafficMapper() {
  auto mapper = RowMapper::Make({.source = "ads",
                                 .time_zone = "Asia/Shanghai",
                                 .date_formats = {"yyyy-mm-dd"},
                                 .facts = {{.event_id = Column("ad"),
                                            .occurred_on = Column("day"),
                                            .detail = TrafficMapping{.clicks = Column("clicks")}}}},
                                std::vector<std::string>{"ad", "day", "clicks"});
  EXPECT_THAT(mapper, IsOk());
  return *std::move(mapper);
}

// The first row of a file, its fact prepared.
MappedRow RowOf(const RowMapper& mapper, const std::vector<std::string>& cells) {
  MappedRow row{.row = 0, .line = 2, .cells = cells, .outcome = mapper.Map(cells), .facts = {}};
  for (const Fact& fact : row.outcome.facts) {
    row.facts.push_back({.fact = fact, .id = FactIdOf(fact.identity), .payload_hash = "h"});
  }
  return row;
}

TEST(TellProblems, NamesTheCellAndKeepsTheFacts) {
  const RowMapper mapper = TrafficMapper();
  MappedRow row = RowOf(mapper, {"a1", "2026-03-01", "7"});
  row.facts.at(0).problem = FactProblem{
      .reason = "FIELD_INVALID", .field = "traffic.clicks", .description = "are too many"};
  TellProblems(mapper, row);
  EXPECT_EQ(row.outcome.kind, RowOutcome::Kind::kInvalid);
  EXPECT_THAT(row.outcome.findings,
              ElementsAre(RowFinding{.column = "clicks",
                                     .value = "7",
                                     .reason = "FIELD_INVALID",
                                     .message = "a1: traffic.clicks: are too many"}));
  EXPECT_THAT(row.outcome.facts, SizeIs(1)) << "an undo needs them";
  RevisionPlanner planner(ConflictPolicy::kRefuse, {}, {});
  const CommitPlan plan = PlanCommit(mapper, {row}, planner);
  EXPECT_EQ(plan.counts, RowCounts{.invalid_rows = 1});
  EXPECT_THAT(plan.facts, IsEmpty());
}

TEST(PlanCommit, TellsAConflictByTheCellOfTheId) {
  const RowMapper mapper = TrafficMapper();
  const MappedRow row = RowOf(mapper, {"a1", "2026-03-01", "7"});
  RevisionPlanner planner(ConflictPolicy::kRefuse,
                          {{.id = row.facts.at(0).id, .revision = 1, .payload_hash = "another"}},
                          {});
  const CommitPlan plan = PlanCommit(mapper, {row}, planner);
  ASSERT_THAT(plan.findings, SizeIs(1));
  EXPECT_EQ(plan.findings[0].column, "ad");
  EXPECT_EQ(plan.findings[0].value, "a1");
  EXPECT_EQ(plan.findings[0].reason, "REVISION_CONFLICT");
  EXPECT_THAT(plan.findings[0].message, ::testing::StartsWith("a1: "));
}

// A deal a row, asked of somebody.
RowMapper DealMapper() {
  auto mapper = RowMapper::Make(
      {.source = "crm",
       .time_zone = "Asia/Shanghai",
       .date_formats = {"yyyy-mm-dd"},
       .facts = {{.event_id = Column("deal"),
                  .occurred_on = Column("day"),
                  .member = Column("agent"),
                  .acting_role =
                      MappedValue{.parts = {{.from = ValuePart::From::kConstant, .text = "SALES"}}},
                  .detail = InquiryMapping{}}}},
      std::vector<std::string>{"deal", "day", "agent"});
  EXPECT_THAT(mapper, IsOk());
  return *std::move(mapper);
}

TEST(NoteUnknownMembers, CountsEveryRowAndTellsEachPersonOnce) {
  const RowMapper mapper = DealMapper();
  std::vector<MappedRow> rows;
  for (const char* agent : {"li-wie", "li-wei", "li-wie", "", "wang"}) {
    rows.push_back(RowOf(mapper, {"d1", "2026-03-01", agent}));
    rows.back().row = static_cast<int64_t>(rows.size()) - 1;
  }
  rows.push_back(RowOf(mapper, {"d1", "no day", "ghost"}));
  CommitPlan plan;
  NoteUnknownMembers(mapper, rows, {*base::MemberId::Parse("li-wei")}, plan);
  EXPECT_EQ(plan.counts, RowCounts{.noted_rows = 3}) << "what is not recorded is not noted";
  ASSERT_THAT(plan.findings, SizeIs(2));
  EXPECT_EQ(plan.findings[0].kind, FindingKind::kNoted);
  EXPECT_EQ(plan.findings[0].row, 0);
  EXPECT_EQ(plan.findings[0].column, "agent");
  EXPECT_EQ(plan.findings[0].value, "li-wie");
  EXPECT_EQ(plan.findings[0].reason, "MEMBER_UNKNOWN");
  EXPECT_EQ(plan.findings[1].row, 4);
}

TEST(PlanUndo, TellsWhatIsKeptByTheCellOfTheId) {
  const RowMapper mapper = TrafficMapper();
  const MappedRow row = RowOf(mapper, {"a1", "2026-03-01", "7"});
  const ImportId mine = *ImportId::Parse("00000000-0000-7000-8000-000000000001");
  const FactId id = row.facts.at(0).id;
  UndoPlanner planner(mine, {{.id = id, .revision = 1, .import = mine}, {.id = id, .revision = 2}},
                      {});
  const UndoBlockPlan plan = PlanUndo(mapper, {row}, planner);
  EXPECT_EQ(plan.counts, UndoneCounts{.kept_facts = 1});
  ASSERT_THAT(plan.findings, SizeIs(1));
  EXPECT_EQ(plan.findings[0].kind, FindingKind::kKept);
  EXPECT_EQ(plan.findings[0].column, "ad");
  EXPECT_EQ(plan.findings[0].value, "a1");
  EXPECT_EQ(plan.findings[0].reason, "FACT_REVISED_SINCE");
}

}  // namespace
}  // namespace argosy::metrics
