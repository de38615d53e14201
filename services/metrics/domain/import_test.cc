#include "services/metrics/domain/import.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::IsOkAndHolds;

Import Fresh() { return {.size_bytes = 100}; }

Import In(ImportState state) {
  return {.size_bytes = 100,
          .state = state,
          .uploaded_bytes = 100,
          .row_count = 2500,
          .validated_rows = 2500};
}

TEST(DecideUpload, TakesPartsInOrderAndKnowsThoseItHolds) {
  Import import = Fresh();
  EXPECT_THAT(DecideUpload(import, 0, 60), IsOkAndHolds(StepDecision::kDo));
  import = AfterUpload(import, 60);
  EXPECT_EQ(import.state, ImportState::kUploading);
  EXPECT_THAT(DecideUpload(import, 0, 60), IsOkAndHolds(StepDecision::kDone));
  EXPECT_THAT(DecideUpload(import, 60, 40), IsOkAndHolds(StepDecision::kDo));
  EXPECT_THAT(DecideUpload(import, 61, 39), HasReason("IMPORT_PART_GAP"));
  EXPECT_THAT(DecideUpload(import, 60, 41), HasReason("IMPORT_PART_GAP"));
  import = AfterUpload(import, 40);
  EXPECT_TRUE(import.complete());
  EXPECT_THAT(DecideUpload(import, 100, 1), HasReason("IMPORT_PART_GAP"));
  EXPECT_THAT(DecideUpload(In(ImportState::kCommitted), 0, 60), IsOkAndHolds(StepDecision::kDone));
}

TEST(CheckValidate, NeedsTheWholeFileAndNothingCommitted) {
  EXPECT_THAT(CheckValidate(AfterUpload(Fresh(), 60), 0), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(CheckValidate(AfterUpload(Fresh(), 100), 0), IsOk());
  EXPECT_THAT(CheckValidate(In(ImportState::kValidated), 0), IsOk());
  for (const ImportState state : {ImportState::kCommitting, ImportState::kCommitted,
                                  ImportState::kUndoing, ImportState::kUndone}) {
    EXPECT_THAT(CheckValidate(In(state), 0), HasReason("STATE_NOT_ALLOWED"))
        << ImportStateName(state);
  }
}

TEST(CheckValidate, GoesOnOnlyWhereABlockBegins) {
  Import import = AfterValidate(AfterUpload(Fresh(), 100), 2000, 0, {});
  EXPECT_EQ(import.state, ImportState::kUploading);
  EXPECT_THAT(CheckValidate(import, 1000), IsOk());
  EXPECT_THAT(CheckValidate(import, 2000), IsOk());
  EXPECT_THAT(CheckValidate(import, 2500), HasReason("IMPORT_OFFSET_INVALID"));
  EXPECT_THAT(CheckValidate(import, 3000), HasReason("IMPORT_OFFSET_INVALID"));
  import = AfterValidate(import, 2500, 2500, {});
  EXPECT_EQ(import.state, ImportState::kValidated);
  EXPECT_EQ(import.row_count, 2500);
}

TEST(DecideCommit, WalksTheBlocksAndAnswersAgainForThoseDone) {
  Import import = In(ImportState::kValidated);
  EXPECT_THAT(DecideCommit(import, 0), IsOkAndHolds(StepDecision::kDo));
  EXPECT_THAT(DecideCommit(import, 1000), HasReason("IMPORT_OFFSET_INVALID"));
  import = AfterCommit(import, 1000, {});
  EXPECT_EQ(import.state, ImportState::kCommitting);
  EXPECT_THAT(DecideCommit(import, 0), IsOkAndHolds(StepDecision::kDone));
  EXPECT_THAT(DecideCommit(import, 1000), IsOkAndHolds(StepDecision::kDo));
  EXPECT_THAT(DecideCommit(import, 500), HasReason("IMPORT_OFFSET_INVALID"));
  import = AfterCommit(import, 2500, {});
  EXPECT_EQ(import.state, ImportState::kCommitted);
  EXPECT_THAT(DecideCommit(import, 2000), IsOkAndHolds(StepDecision::kDone));
  EXPECT_THAT(DecideCommit(import, 2500), IsOkAndHolds(StepDecision::kDone));
}

TEST(DecideCommit, NeedsAValidatedImportThatIsNotBeingUndone) {
  for (const ImportState state :
       {ImportState::kCreated, ImportState::kUploading, ImportState::kUndoing}) {
    EXPECT_THAT(DecideCommit(In(state), 0), HasReason("STATE_NOT_ALLOWED"))
        << ImportStateName(state);
  }
}

TEST(DecideUndo, WalksWhatWasCommittedAndLetsItBeCommittedAgain) {
  Import import = AfterCommit(In(ImportState::kValidated), 2000, {});
  EXPECT_THAT(DecideUndo(import, 0), IsOkAndHolds(StepDecision::kDo));
  import = AfterUndo(import, 1000, {});
  EXPECT_EQ(import.state, ImportState::kUndoing);
  EXPECT_THAT(DecideCommit(import, 2000), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(DecideUndo(import, 0), IsOkAndHolds(StepDecision::kDone));
  EXPECT_THAT(DecideUndo(import, 1000), IsOkAndHolds(StepDecision::kDo));
  import = AfterUndo(import, 2000, {});
  EXPECT_EQ(import.state, ImportState::kUndone);
  EXPECT_THAT(DecideUndo(import, 1000), IsOkAndHolds(StepDecision::kDone));
  EXPECT_THAT(DecideCommit(import, 0), IsOkAndHolds(StepDecision::kDo));
  import = AfterCommit(import, 1000, {});
  EXPECT_EQ(import.state, ImportState::kCommitting);
  EXPECT_EQ(import.undone_rows, 0);
}

TEST(DecideUndo, NeedsSomethingCommitted) {
  for (const ImportState state :
       {ImportState::kCreated, ImportState::kUploading, ImportState::kValidated}) {
    EXPECT_THAT(DecideUndo(In(state), 0), HasReason("STATE_NOT_ALLOWED")) << ImportStateName(state);
  }
}

TEST(AfterStep, SumsTheBlocks) {
  const std::vector<ImportBlock> blocks = {
      {.validated = {.new_rows = 990, .invalid_rows = 10},
       .committed = {.new_rows = 990, .recorded_facts = 1200},
       .findings_left_out = 2},
      {.validated = {.new_rows = 500}, .undone = {.retracted_facts = 7, .kept_facts = 1}}};
  const Import import = AfterCommit(In(ImportState::kValidated), 1000, blocks);
  EXPECT_EQ(import.validated, (RowCounts{.new_rows = 1490, .invalid_rows = 10}));
  EXPECT_EQ(import.committed, (RowCounts{.new_rows = 990, .recorded_facts = 1200}));
  EXPECT_EQ(import.undone, (UndoneCounts{.retracted_facts = 7, .kept_facts = 1}));
  EXPECT_EQ(import.findings_left_out, 2);
}

}  // namespace
}  // namespace argosy::metrics
