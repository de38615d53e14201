#include "services/metrics/service/import_service.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"
#include "gtest/gtest.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/people_for_test.h"
#include "services/metrics/store/import_queries.h"
#include "storage/fault_injector.h"
#include "tenants/plan_limits.h"
#include "tenants/tenant_sql.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::metrics {
namespace {

using argosy::testing::ContextForTest;
using argosy::testing::FreshTenantUid;
using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::TestDatabase;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// CR_SERVER_LOST: the connection drops in the middle of the step.
constexpr int kServerGone = 2013;

constexpr char kParent[] = "tenants/acme";

// A deal a row: an inquiry, and an order when it was won.
constexpr char kDealMapping[] = R"pb(
  source: "crm"
  time_zone: "Asia/Shanghai"
  date_formats: "dd-mm-yyyy"
  currency { parts { constant: "USD" } }
  row_rules {
    when { column: "asked" test: CONDITION_TEST_EMPTY }
    action: ROW_ACTION_REPORT
    note: "an inquiry without a date"
  }
  facts {
    event_id {
      parts { constant: "inquiry" }
      parts { column: "id" }
    }
    occurred_on { parts { column: "asked" } }
    member {
      parts { column: "agent" }
      form: TEXT_FORM_SLUG
    }
    acting_role { parts { constant: "SALES" } }
    inquiry {
      outcome {
        parts { column: "stage" }
        replacements { from: "Won" to: "WON" }
        replacements { from: "Lost" to: "LOST" }
        unlisted: UNLISTED_VALUE_REFUSE
      }
    }
  }
  facts {
    when { column: "stage" test: CONDITION_TEST_ONE_OF values: "Won" }
    event_id {
      parts { constant: "order" }
      parts { column: "id" }
    }
    occurred_on { parts { column: "closed" } }
    member {
      parts { column: "agent" }
      form: TEXT_FORM_SLUG
    }
    acting_role { parts { constant: "SALES" } }
    order {
      value { parts { column: "value" } }
      inquiry_event_id {
        parts { constant: "inquiry" }
        parts { column: "id" }
      }
    }
  }
)pb";

constexpr char kHeader[] = "id,agent,stage,asked,closed,value\n";

// A row of each sort: won, lost, without a date, with a bad date.
constexpr char kDeals[] =
    "id,agent,stage,asked,closed,value\n"
    "D1,Moses Frase,Won,20-10-2016,01-03-2017,1054\n"
    "D2,Moses Frase,Lost,21-10-2016,02-03-2017,0\n"
    "D3,Moses Frase,Won,,,\n"
    "D4,Moses Frase,Lost,31-02-2017,,\n";

// The lost deal of kDeals, won after all.
constexpr char kDealWon[] =
    "id,agent,stage,asked,closed,value\n"
    "D2,Moses Frase,Won,21-10-2016,02-03-2017,500\n";

// Does something at each of its first readings. A step reads the clock when it has decided what to
// record and has recorded none of it.
class MeddlingClock final : public base::Clock {
 public:
  MeddlingClock(int64_t readings, std::function<void(int64_t)> meddle)
      : readings_(readings), meddle_(std::move(meddle)) {}

  absl::Time Now() const override {
    if (read_ < readings_) meddle_(++read_);
    return base::SystemClock().Now();
  }

 private:
  const int64_t readings_;
  mutable int64_t read_ = 0;
  std::function<void(int64_t)> meddle_;
};

class ImportServiceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = TestDatabase::Create("metrics"); }
  static void TearDownTestSuite() { database_.reset(); }

  ImportServiceTest()
      : ids_(database_->entropy()),
        pages_(base::SealingKey::Generate(database_->entropy()), database_->entropy(),
               database_->clock()),
        with_{.db = database_->session(),
              .clock = database_->clock(),
              .ids = ids_,
              .pages = pages_,
              .people = people_},
        service_(with_),
        facts_(with_),
        tenant_(FreshTenantUid()) {}

  tenants::RequestContext Context() const { return ContextForTest(tenant_).Build(); }

  v1::CreateImportRequest CreateRequest(absl::string_view file,
                                        absl::string_view mapping = kDealMapping) const {
    v1::CreateImportRequest request;
    request.set_parent(kParent);
    v1::Import& import = *request.mutable_import();
    import.set_file_name("deals.csv");
    import.set_size_bytes(static_cast<int64_t>(file.size()));
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(mapping),
                                                              import.mutable_mapping()));
    return request;
  }
  std::string Create(const v1::CreateImportRequest& request) {
    const auto import = service_.CreateImport(Context(), request);
    EXPECT_THAT(import, IsOk());
    return import.ok() ? import->name() : "";
  }
  absl::StatusOr<v1::UploadImportPartResponse> UploadPart(const std::string& name, int64_t offset,
                                                          absl::string_view bytes) {
    v1::UploadImportPartRequest request;
    request.set_name(name);
    request.set_offset(offset);
    request.set_content(std::string(bytes));
    return service_.UploadImportPart(Context(), request);
  }
  void Upload(const std::string& name, absl::string_view file, size_t step = 100) {
    for (size_t i = 0; i < file.size(); i += step) {
      ASSERT_THAT(UploadPart(name, static_cast<int64_t>(i), file.substr(i, step)), IsOk());
    }
  }
  std::string Uploaded(absl::string_view file,
                       v1::ConflictPolicy policy = v1::CONFLICT_POLICY_REFUSE, size_t step = 100) {
    v1::CreateImportRequest request = CreateRequest(file);
    request.mutable_import()->set_conflict_policy(policy);
    const std::string name = Create(request);
    Upload(name, file, step);
    return name;
  }
  absl::StatusOr<v1::ValidateImportResponse> Validate(const std::string& name, int64_t offset = 0) {
    v1::ValidateImportRequest request;
    request.set_name(name);
    request.set_offset(offset);
    return service_.ValidateImport(Context(), request);
  }
  absl::StatusOr<v1::CommitImportResponse> Commit(const std::string& name, int64_t offset = 0) {
    v1::CommitImportRequest request;
    request.set_name(name);
    request.set_offset(offset);
    return service_.CommitImport(Context(), request);
  }
  absl::StatusOr<v1::UndoImportResponse> Undo(const std::string& name, int64_t offset = 0) {
    v1::UndoImportRequest request;
    request.set_name(name);
    request.set_offset(offset);
    return service_.UndoImport(Context(), request);
  }
  v1::Import Get(const std::string& name) {
    v1::GetImportRequest request;
    request.set_name(name);
    const auto import = service_.GetImport(Context(), request);
    EXPECT_THAT(import, IsOk());
    return import.ok() ? *import : v1::Import();
  }
  // Uploads, validates and commits; the counts of the whole import.
  v1::ImportCounts Import(absl::string_view file,
                          v1::ConflictPolicy policy = v1::CONFLICT_POLICY_REFUSE,
                          std::string* name_out = nullptr) {
    const std::string name = Uploaded(file, policy);
    EXPECT_THAT(Validate(name), IsOk());
    CommitAll(name);
    if (name_out != nullptr) *name_out = name;
    return Get(name).committed();
  }
  // One step, in which `clock` is read.
  absl::StatusOr<v1::CommitImportResponse> CommitReading(const base::Clock& clock,
                                                         const std::string& name) {
    ImportService service({.db = with_.db,
                           .clock = clock,
                           .ids = with_.ids,
                           .pages = with_.pages,
                           .people = with_.people});
    v1::CommitImportRequest request;
    request.set_name(name);
    return service.CommitImport(Context(), request);
  }
  // The inquiry of D1 as another sender says it.
  void SendInquiry(int64_t revision) {
    v1::BatchIngestFactsRequest request;
    request.set_parent(kParent);
    v1::Fact& fact = *request.add_facts();
    fact.set_source("crm");
    fact.set_source_event_id("inquiry/D1");
    fact.set_revision(revision);
    fact.mutable_occurred_at()->set_seconds(1'476'892'800 + revision);
    fact.mutable_inquiry();
    const auto reply = facts_.BatchIngestFacts(Context(), request);
    ASSERT_THAT(reply, IsOk());
    ASSERT_EQ(reply->accepted_count(), 1) << reply->ShortDebugString();
  }
  void CommitAll(const std::string& name) {
    for (int64_t offset = 0;;) {
      const auto reply = Commit(name, offset);
      ASSERT_THAT(reply, IsOk());
      offset = reply->next_offset();
      if (reply->complete()) return;
    }
  }
  std::vector<std::string> Errors(const std::string& name) {
    v1::ListImportErrorsRequest request;
    request.set_parent(name);
    std::vector<std::string> errors;
    for (;;) {
      const auto page = service_.ListImportErrors(Context(), request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return errors;
      for (const v1::ImportError& error : page->errors()) {
        errors.push_back(absl::StrCat(error.line(), " ", error.column(), " '", error.value(), "' ",
                                      error.reason()));
      }
      if (page->next_page_token().empty()) return errors;
      request.set_page_token(page->next_page_token());
    }
  }
  // Revisions of a fact as "content": the outcome or value, or "-" for a tombstone.
  std::vector<std::string> History(const std::string& event_id) {
    v1::GetFactHistoryRequest request;
    request.set_parent(kParent);
    request.mutable_identity()->set_source("crm");
    request.mutable_identity()->set_source_event_id(event_id);
    const auto history = facts_.GetFactHistory(Context(), request);
    std::vector<std::string> revisions;
    if (!history.ok()) return revisions;
    for (const v1::Fact& fact : history->revisions()) {
      revisions.push_back(fact.tombstone() ? "-"
                          : fact.has_order()
                              ? absl::StrCat(fact.order().value().amount_minor())
                              : v1::InquiryOutcome_Name(fact.inquiry().outcome()).substr(16));
    }
    return revisions;
  }

  v1::Watermark Watermark(const google::protobuf::Timestamp& as_of = {}) {
    v1::GetWatermarkRequest request;
    request.set_parent(kParent);
    if (as_of.seconds() != 0) *request.mutable_as_of() = as_of;
    const auto watermark = facts_.GetWatermark(Context(), request);
    EXPECT_THAT(watermark, IsOk());
    return watermark.ok() ? *watermark : v1::Watermark();
  }
  // The instant through which the source "crm" is complete, "" when it has reported nothing.
  std::string CompleteThrough(const google::protobuf::Timestamp& as_of = {}) {
    const v1::Watermark watermark = Watermark(as_of);
    if (watermark.sources_size() == 0) return "";
    return google::protobuf::util::TimeUtil::ToString(watermark.sources(0).complete_through());
  }

  static inline std::unique_ptr<TestDatabase> database_;
  base::IdSource ids_;
  base::PageTokens pages_;
  PeopleForTest people_;
  Collaborators with_;
  ImportService service_;
  FactService facts_;
  base::TenantUid tenant_;
};

std::string ManyDeals(int rows) {
  std::string file = kHeader;
  for (int i = 0; i < rows; ++i) {
    absl::StrAppend(&file, "D", i, ",Moses Frase,Won,20-10-2016,01-03-2017,", i + 1, "\n");
  }
  return file;
}

TEST(ImportQueries, AreEachConfinedToOneTenant) {
  EXPECT_THAT(tenants::CheckTenantPredicates({kImportQueries.begin(), kImportQueries.end()}),
              IsOk());
}

TEST_F(ImportServiceTest, NotesWhomNobodyHasMadeAndRecordsTheRowsAllTheSame) {
  people_.members = MemberSet{*base::MemberId::Parse("moses-fraze")};
  std::string name;
  const v1::ImportCounts counts = Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &name);
  EXPECT_EQ(counts.new_rows(), 2);
  EXPECT_EQ(counts.noted_rows(), 2);
  EXPECT_EQ(Get(name).validated().noted_rows(), 2) << "before anything is recorded";
  EXPECT_THAT(Errors(name),
              ElementsAre("2 agent 'Moses Frase' MEMBER_UNKNOWN", "4 asked '' ROW_REPORTED",
                          "5 asked '31-02-2017' DATE_MALFORMED"));
  EXPECT_THAT(History("order/D1"), ElementsAre("105400"));
  people_.members->insert(*base::MemberId::Parse("moses-frase"));
  EXPECT_EQ(Import(kDeals).noted_rows(), 0);
}

TEST_F(ImportServiceTest, WaitsForTheServiceThatKnowsTheMembers) {
  const std::string name = Uploaded(kDeals);
  people_.failure = absl::UnavailableError("teams is not there");
  EXPECT_THAT(Validate(name), argosy::testing::StatusIs(absl::StatusCode::kUnavailable));
  people_.failure = absl::OkStatus();
  EXPECT_THAT(Validate(name), IsOk());
}

TEST_F(ImportServiceTest, TellsWhatACommitWouldDoAndWritesNoFact) {
  const std::string name = Uploaded(kDeals);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse reply, Validate(name));
  EXPECT_TRUE(reply.complete());
  EXPECT_EQ(reply.row_count(), 4);
  EXPECT_EQ(reply.counts().new_rows(), 2);
  EXPECT_EQ(reply.counts().reported_rows(), 1);
  EXPECT_EQ(reply.counts().invalid_rows(), 1);
  EXPECT_EQ(reply.counts().recorded_facts(), 3);
  EXPECT_THAT(Errors(name), ::testing::ElementsAre("4 asked '' ROW_REPORTED",
                                                   "5 asked '31-02-2017' DATE_MALFORMED"));
  EXPECT_EQ(Get(name).state(), v1::IMPORT_STATE_VALIDATED);
  EXPECT_THAT(History("inquiry/D1"), IsEmpty());
}

TEST_F(ImportServiceTest, CommitsFactsThatCarryTheImport) {
  std::string name;
  const v1::ImportCounts counts = Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &name);
  EXPECT_EQ(counts.new_rows(), 2);
  EXPECT_EQ(counts.recorded_facts(), 3);
  EXPECT_EQ(Get(name).state(), v1::IMPORT_STATE_COMMITTED);
  EXPECT_THAT(History("inquiry/D1"), ::testing::ElementsAre("WON"));
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST"));
  EXPECT_THAT(History("order/D1"), ::testing::ElementsAre("105400"));
  v1::GetFactHistoryRequest request;
  request.set_parent(kParent);
  request.mutable_identity()->set_source("crm");
  request.mutable_identity()->set_source_event_id("order/D1");
  ASSERT_OK_AND_ASSIGN(const v1::FactHistory history, facts_.GetFactHistory(Context(), request));
  EXPECT_EQ(history.revisions(0).source_import(), name);
  EXPECT_EQ(history.revisions(0).order().inquiry().source_event_id(), "inquiry/D1");
  EXPECT_EQ(history.revisions(0).attribution().member(), "tenants/acme/members/moses-frase");
}

TEST_F(ImportServiceTest, ImportingTwiceChangesNothing) {
  Import(kDeals);
  const std::string name = Uploaded(kDeals);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse preview, Validate(name));
  EXPECT_EQ(preview.counts().duplicate_rows(), 2);
  EXPECT_EQ(preview.counts().recorded_facts(), 0);
  CommitAll(name);
  EXPECT_EQ(Get(name).committed().duplicate_rows(), 2);
  EXPECT_THAT(History("order/D1"), SizeIs(1));
}

TEST_F(ImportServiceTest, AnEditedRowIsAConflictAndNothingOfItIsTaken) {
  Import(kDeals);
  const std::string edited = absl::StrCat(kHeader,
                                          "D1,Moses Frase,Won,20-10-2016,01-03-2017,9999\n"
                                          "D2,Moses Frase,Won,21-10-2016,02-03-2017,500\n");
  const std::string name = Uploaded(edited);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse preview, Validate(name));
  EXPECT_EQ(preview.counts().conflict_rows(), 2);
  CommitAll(name);
  EXPECT_EQ(Get(name).committed().conflict_rows(), 2);
  EXPECT_THAT(History("order/D1"), ::testing::ElementsAre("105400"));
  EXPECT_THAT(History("order/D2"), IsEmpty()) << "the lost deal's outcome was refused";
  EXPECT_THAT(Errors(name),
              ::testing::ElementsAre("2 id 'D1' REVISION_CONFLICT", "3 id 'D2' REVISION_CONFLICT"));
}

TEST_F(ImportServiceTest, AnEditedRowGoesInAsARevisionWhenThePolicySaysSo) {
  Import(kDeals);
  const std::string edited =
      absl::StrCat(kHeader, "D2,Moses Frase,Won,21-10-2016,02-03-2017,500\n");
  const v1::ImportCounts counts = Import(edited, v1::CONFLICT_POLICY_REVISE);
  EXPECT_EQ(counts.revised_rows(), 1);
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON"));
  EXPECT_THAT(History("order/D2"), ::testing::ElementsAre("50000"));
  EXPECT_EQ(Import(edited).duplicate_rows(), 1) << "the revision is what is held now";
  EXPECT_EQ(Import(kDeals).duplicate_rows(), 2) << "a resend of the old revision";
  EXPECT_THAT(History("inquiry/D2"), SizeIs(2));
}

TEST_F(ImportServiceTest, UndoRetractsWhatTheImportBroughtAndListsWhatOthersRevised) {
  std::string first;
  Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &first);
  Import(absl::StrCat(kHeader, "D2,Moses Frase,Won,21-10-2016,02-03-2017,500\n"),
         v1::CONFLICT_POLICY_REVISE);
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse undone, Undo(first));
  EXPECT_TRUE(undone.complete());
  EXPECT_EQ(undone.counts().retracted_facts(), 2);
  EXPECT_EQ(undone.counts().kept_facts(), 1);
  EXPECT_EQ(Get(first).state(), v1::IMPORT_STATE_UNDONE);
  EXPECT_THAT(History("inquiry/D1"), ::testing::ElementsAre("WON", "-"));
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON"));
  EXPECT_THAT(Errors(first), ::testing::Contains("3 id 'D2' FACT_REVISED_SINCE"));
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse again, Undo(first));
  EXPECT_EQ(again.counts().retracted_facts(), 2) << "the same answer, and nothing done";
  EXPECT_THAT(History("inquiry/D1"), SizeIs(2));
}

TEST_F(ImportServiceTest, WhatWasUndoneMayBeCommittedAgainAsTheNextRevision) {
  std::string name;
  Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &name);
  ASSERT_THAT(Undo(name), IsOk());
  CommitAll(name);
  EXPECT_EQ(Get(name).state(), v1::IMPORT_STATE_COMMITTED);
  EXPECT_EQ(Get(name).committed().revised_rows(), 2);
  EXPECT_THAT(History("order/D1"), ::testing::ElementsAre("105400", "-", "105400"));
  ASSERT_THAT(Undo(name), IsOk());
  EXPECT_EQ(Import(kDeals).revised_rows(), 2) << "by another import of the same file too";
  EXPECT_THAT(History("order/D1"), ::testing::ElementsAre("105400", "-", "105400", "-", "105400"));
}

TEST_F(ImportServiceTest, UndoOfARevisionBringsBackWhatWasHeldBefore) {
  std::string first;
  std::string second;
  Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &first);
  Import(kDealWon, v1::CONFLICT_POLICY_REVISE, &second);
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse undone, Undo(second));
  EXPECT_EQ(undone.counts().restored_facts(), 1);
  EXPECT_EQ(undone.counts().retracted_facts(), 1);
  EXPECT_EQ(undone.counts().kept_facts(), 0);
  EXPECT_EQ(Get(second).undone().restored_facts(), 1);
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON", "LOST"));
  EXPECT_THAT(History("order/D2"), ::testing::ElementsAre("50000", "-"));
  EXPECT_EQ(Import(kDeals).duplicate_rows(), 2) << "as if the revision had never been";
  EXPECT_EQ(Import(kDealWon).conflict_rows(), 1) << "an edit again";

  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse all, Undo(first));
  EXPECT_EQ(all.counts().retracted_facts(), 3) << "what was restored is the first import's again";
  EXPECT_EQ(all.counts().kept_facts(), 0);
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON", "LOST", "-"));
}

TEST_F(ImportServiceTest, UndoNeverBringsBackWhatIsUndone) {
  std::string first;
  std::string second;
  Import(kDeals, v1::CONFLICT_POLICY_REFUSE, &first);
  Import(kDealWon, v1::CONFLICT_POLICY_REVISE, &second);
  ASSERT_THAT(Undo(first), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse undone, Undo(second));
  EXPECT_EQ(undone.counts().restored_facts(), 0);
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON", "-"));
}

TEST_F(ImportServiceTest, AFailureAnywhereInAnUndoLeavesItUndoneOrWhole) {
  Import(kDeals);
  std::string name;
  Import(kDealWon, v1::CONFLICT_POLICY_REVISE, &name);
  int failures = 0;
  for (int statement = 1;; ++statement) {
    database_->faults().FailStatement(statement, {.code = kServerGone});
    const auto reply = Undo(name);
    const bool struck = database_->faults().struck();
    database_->faults().Reset();
    if (!struck) {
      ASSERT_THAT(reply, IsOk());
      break;
    }
    ++failures;
    const bool undone = Get(name).state() == v1::IMPORT_STATE_UNDONE;
    EXPECT_EQ(History("inquiry/D2").size(), undone ? 3u : 2u) << "statement " << statement;
    EXPECT_EQ(History("order/D2").size(), undone ? 2u : 1u) << "statement " << statement;
  }
  EXPECT_GT(failures, 5);
  EXPECT_THAT(History("inquiry/D2"), ::testing::ElementsAre("LOST", "WON", "LOST"));
}

TEST_F(ImportServiceTest, UndoTakesBackHowFarItTookItsSource) {
  ASSERT_EQ(CompleteThrough(), "");
  Import(absl::StrCat(kHeader, "D1,Moses Frase,Lost,10-01-2017,,\n"));
  const std::string eleventh = CompleteThrough();
  std::string name;
  Import(absl::StrCat(kHeader, "D2,Moses Frase,Lost,31-03-2017,,\n"), v1::CONFLICT_POLICY_REFUSE,
         &name);
  const std::string april = CompleteThrough();
  ASSERT_NE(april, eleventh);
  const google::protobuf::Timestamp before_undo = Watermark().as_of();
  ASSERT_THAT(Undo(name), IsOk());
  EXPECT_EQ(CompleteThrough(), eleventh)
      << "March is empty now, and nobody has said it is complete";
  EXPECT_EQ(CompleteThrough(before_undo), april) << "what was known then stays known";
  CommitAll(name);
  EXPECT_EQ(CompleteThrough(), april);
  ASSERT_THAT(Undo(name), IsOk());
  EXPECT_EQ(CompleteThrough(), eleventh);
}

TEST_F(ImportServiceTest, AnUndoRecordsNoBatchWithoutFactsBesideOthers) {
  Import(absl::StrCat(kHeader, "D1,Moses Frase,Lost,10-01-2017,,\n"));
  std::string name;
  Import(absl::StrCat(kHeader, "D1,Moses Frase,Lost,11-01-2017,,\n"), v1::CONFLICT_POLICY_REVISE,
         &name);
  const auto batches = [] { return database_->CountRows("fact_batches"); };
  const int64_t before = batches();
  ASSERT_THAT(Undo(name), IsOk());
  EXPECT_EQ(batches() - before, 1) << "what is held again, which takes the progress back as well";
}

TEST_F(ImportServiceTest, UndoTakesBackItsProgressThoughEveryFactIsKept) {
  std::string name;
  Import(absl::StrCat(kHeader, "D1,Moses Frase,Lost,31-03-2017,,\n"), v1::CONFLICT_POLICY_REFUSE,
         &name);
  Import(absl::StrCat(kHeader, "D1,Moses Frase,Lost,10-01-2017,,\n"), v1::CONFLICT_POLICY_REVISE);
  const std::string april = CompleteThrough();
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse undone, Undo(name));
  EXPECT_EQ(undone.counts().kept_facts(), 1);
  EXPECT_LT(CompleteThrough(), april);
}

TEST_F(ImportServiceTest, StepsMayBeRepeatedAndResumedAnywhere) {
  const std::string file = ManyDeals(2345);
  const std::string name = Uploaded(file, v1::CONFLICT_POLICY_REFUSE, 7000);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse preview, Validate(name));
  EXPECT_EQ(preview.row_count(), 2345);
  EXPECT_EQ(preview.counts().new_rows(), 2345);
  ASSERT_THAT(Validate(name), IsOk());
  EXPECT_EQ(Get(name).validated().new_rows(), 2345);

  ASSERT_OK_AND_ASSIGN(const v1::CommitImportResponse one, Commit(name, 0));
  EXPECT_EQ(one.next_offset(), 1000);
  EXPECT_THAT(Commit(name, 2000), HasReason("IMPORT_OFFSET_INVALID"));
  EXPECT_THAT(Commit(name, 500), HasReason("IMPORT_OFFSET_INVALID"));
  EXPECT_THAT(Validate(name), HasReason("STATE_NOT_ALLOWED"));
  ASSERT_OK_AND_ASSIGN(const v1::CommitImportResponse again, Commit(name, 0));
  EXPECT_EQ(again.counts().recorded_facts(), 2000);
  EXPECT_EQ(Get(name).committed().recorded_facts(), 2000);
  CommitAll(name);
  EXPECT_EQ(Get(name).committed().recorded_facts(), 4690);
  EXPECT_THAT(History("order/D2344"), ::testing::ElementsAre("234500"));

  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse undo, Undo(name, 0));
  EXPECT_EQ(undo.next_offset(), 1000);
  EXPECT_THAT(Commit(name, 0), HasReason("STATE_NOT_ALLOWED"));
  ASSERT_THAT(Undo(name, 1000), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::UndoImportResponse last, Undo(name, 2000));
  EXPECT_TRUE(last.complete());
  EXPECT_EQ(Get(name).undone().retracted_facts(), 4690);
}

TEST_F(ImportServiceTest, AFailureAnywhereInAStepLeavesItUndoneOrWhole) {
  const std::string file = ManyDeals(3);
  const std::string name = Uploaded(file);
  ASSERT_THAT(Validate(name), IsOk());
  int failures = 0;
  for (int statement = 1;; ++statement) {
    database_->faults().FailStatement(statement, {.code = kServerGone});
    const auto reply = Commit(name);
    const bool struck = database_->faults().struck();
    database_->faults().Reset();
    if (!struck) {
      ASSERT_THAT(reply, IsOk());
      break;
    }
    ++failures;
    const bool committed = Get(name).state() == v1::IMPORT_STATE_COMMITTED;
    EXPECT_EQ(History("order/D0").size(), committed ? 1u : 0u) << "statement " << statement;
    EXPECT_EQ(History("order/D2").size(), committed ? 1u : 0u) << "statement " << statement;
  }
  EXPECT_GT(failures, 5);
  EXPECT_EQ(Get(name).committed().recorded_facts(), 6);
  EXPECT_THAT(History("order/D2"), SizeIs(1));
}

// More facts than one batch takes, the last of which another import brings meanwhile.
TEST_F(ImportServiceTest, AFactThatAnotherBringsDuringAStepIsJudgedAgain) {
  const std::string other =
      absl::StrCat(kHeader, "D500,Moses Frase,Lost,20-10-2016,01-03-2017,0\n");
  for (const auto policy : {v1::CONFLICT_POLICY_REFUSE, v1::CONFLICT_POLICY_REVISE}) {
    tenant_ = FreshTenantUid();
    const std::string name = Uploaded(ManyDeals(501), policy, 7000);
    ASSERT_THAT(Validate(name), IsOk());
    const MeddlingClock clock(1, [&](int64_t) { Import(other); });
    ASSERT_OK_AND_ASSIGN(const v1::CommitImportResponse reply, CommitReading(clock, name));
    EXPECT_EQ(reply.counts().new_rows(), 500);
    if (policy == v1::CONFLICT_POLICY_REFUSE) {
      EXPECT_EQ(reply.counts().conflict_rows(), 1);
      EXPECT_EQ(reply.counts().recorded_facts(), 1000);
      EXPECT_THAT(Errors(name), ::testing::ElementsAre("502 id 'D500' REVISION_CONFLICT"));
      EXPECT_THAT(History("inquiry/D500"), ::testing::ElementsAre("LOST"));
      EXPECT_THAT(History("order/D500"), IsEmpty()) << "a row is taken whole or not at all";
    } else {
      EXPECT_EQ(reply.counts().revised_rows(), 1);
      EXPECT_EQ(reply.counts().recorded_facts(), 1002);
      EXPECT_THAT(History("inquiry/D500"), ::testing::ElementsAre("LOST", "WON"));
      EXPECT_THAT(History("order/D500"), ::testing::ElementsAre("50100"));
    }
  }
}

TEST_F(ImportServiceTest, AStepThatLosesEveryRaceSaysThatItMayBeRepeated) {
  const std::string name = Uploaded(kDeals, v1::CONFLICT_POLICY_REVISE);
  ASSERT_THAT(Validate(name), IsOk());
  const MeddlingClock clock(FactIngest::kRunsMax,
                            [&](int64_t reading) { SendInquiry(/*revision=*/reading); });
  EXPECT_THAT(CommitReading(clock, name), HasReason("TXN_CONFLICT"));
  EXPECT_THAT(History("inquiry/D1"), SizeIs(FactIngest::kRunsMax));
  CommitAll(name);
  EXPECT_THAT(History("inquiry/D1"), SizeIs(FactIngest::kRunsMax + 1));
}

TEST_F(ImportServiceTest, CountsRowsThatTheFileItselfRepeats) {
  const std::string file = absl::StrCat(kHeader, "D1,Moses Frase,Lost,20-10-2016,,\n",
                                        "D1,Moses Frase,Lost,20-10-2016,,\n",
                                        "D1,Moses Frase,Won,20-10-2016,01-03-2017,5\n");
  const std::string name = Uploaded(file);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse preview, Validate(name));
  EXPECT_EQ(preview.counts().new_rows(), 1);
  EXPECT_EQ(preview.counts().duplicate_rows(), 1);
  EXPECT_EQ(preview.counts().conflict_rows(), 1);
  CommitAll(name);
  const v1::Import import = Get(name);
  EXPECT_EQ(import.committed().SerializeAsString(), import.validated().SerializeAsString());
}

TEST_F(ImportServiceTest, PartsMayBeSentAgainButNotChanged) {
  const std::string file = kDeals;
  const std::string name = Create(CreateRequest(file));
  EXPECT_THAT(UploadPart(name, 10, "x"), HasReason("IMPORT_PART_GAP"));
  ASSERT_THAT(UploadPart(name, 0, file.substr(0, 50)), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::UploadImportPartResponse again,
                       UploadPart(name, 0, file.substr(0, 50)));
  EXPECT_EQ(again.next_offset(), 50);
  EXPECT_THAT(UploadPart(name, 0, std::string(50, 'x')), HasReason("IMPORT_PART_CONFLICT"));
  EXPECT_THAT(UploadPart(name, 10, file.substr(10, 5)), HasReason("IMPORT_PART_CONFLICT"));
  EXPECT_THAT(UploadPart(name, 50, absl::StrCat(file.substr(50), "more")),
              HasReason("IMPORT_PART_GAP"));
  EXPECT_THAT(Validate(name), HasReason("STATE_NOT_ALLOWED"));
  ASSERT_OK_AND_ASSIGN(const v1::UploadImportPartResponse last,
                       UploadPart(name, 50, file.substr(50)));
  EXPECT_TRUE(last.complete());
}

TEST_F(ImportServiceTest, TheFileMustHaveTheDigestAnnounced) {
  v1::CreateImportRequest request = CreateRequest("a,b\n");
  request.mutable_import()->set_content_sha256(std::string(64, '0'));
  EXPECT_THAT(UploadPart(Create(request), 0, "a,b\n"), HasReason("IMPORT_CONTENT_MISMATCH"));
  request.mutable_import()->set_content_sha256(
      "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313");
  EXPECT_THAT(UploadPart(Create(request), 0, "a,b\n"), IsOk());
}

struct BadFileCase {
  std::string name;
  std::string file;
  std::string reason;
};
class BadFileTest : public ImportServiceTest, public ::testing::WithParamInterface<BadFileCase> {};
TEST_P(BadFileTest, IsRefusedAsAWhole) {
  EXPECT_THAT(Validate(Uploaded(GetParam().file)), HasReason(GetParam().reason));
}
INSTANTIATE_TEST_SUITE_P(
    Files, BadFileTest,
    ::testing::ValuesIn(std::vector<BadFileCase>{
        {.name = "QuoteOutOfPlace",
         .file = absl::StrCat(kHeader, "D1,Mo\"ses,Won,,,\n"),
         .reason = "CSV_MALFORMED"},
        {.name = "Latin1",
         .file = absl::StrCat(kHeader, "D1,Jos\xE9,Won,,,\n"),
         .reason = "CSV_ENCODING"},
        {.name = "Utf16", .file = std::string("\xFF\xFEi\0d\0", 6), .reason = "CSV_ENCODING"},
        {.name = "OtherColumns",
         .file = "id,agent\nD1,Moses\n",
         .reason = "MAPPING_COLUMN_UNKNOWN"},
        {.name = "ColumnTwice",
         .file = "id,id,agent,stage,asked,closed,value\n",
         .reason = "MAPPING_COLUMN_AMBIGUOUS"},
        {.name = "NoHeader", .file = "\n\n", .reason = "CSV_HEADER_MISSING"}}),
    [](const auto& test) { return test.param.name; });

TEST_F(ImportServiceTest, TakesAByteOrderMarkAndAFileOfNoRows) {
  EXPECT_EQ(Import(absl::StrCat("\xEF\xBB\xBF", kDeals)).new_rows(), 2);
  std::string name;
  Import(kHeader, v1::CONFLICT_POLICY_REFUSE, &name);
  EXPECT_EQ(Get(name).state(), v1::IMPORT_STATE_COMMITTED);
  ASSERT_THAT(Undo(name), IsOk());
  EXPECT_EQ(Get(name).state(), v1::IMPORT_STATE_UNDONE);
}

TEST_F(ImportServiceTest, RefusesAMappingThatMakesNoSense) {
  v1::CreateImportRequest request = CreateRequest(kDeals);
  request.mutable_import()->mutable_mapping()->set_time_zone("Mars/Olympus");
  EXPECT_THAT(service_.CreateImport(Context(), request), HasReason("TIME_ZONE_UNKNOWN"));
  request = CreateRequest(kDeals);
  request.mutable_import()->mutable_mapping()->mutable_currency()->mutable_parts(0)->set_constant(
      "XBT");
  EXPECT_THAT(service_.CreateImport(Context(), request), HasReason("CURRENCY_UNKNOWN"));
  request = CreateRequest(kDeals);
  request.mutable_import()->mutable_mapping()->mutable_facts(0)->clear_acting_role();
  EXPECT_THAT(service_.CreateImport(Context(), request), HasReason("MAPPING_INVALID"));
}

TEST_F(ImportServiceTest, CreatingIsRepeatableThoughTheMappingIsLarge) {
  v1::CreateImportRequest request = CreateRequest(kDeals);
  v1::LookupTable& lookup = *request.mutable_import()->mutable_mapping()->add_lookups();
  lookup.set_name("agents");
  for (int i = 0; i < 500; ++i) {
    v1::LookupEntry& entry = *lookup.add_entries();
    entry.set_key(absl::StrCat("agent ", i));
    entry.set_value(std::string(200, 'a'));
  }
  const base::Uuid id = argosy::testing::FreshRequestId();
  const auto create = [&] {
    return service_.CreateImport(ContextForTest(tenant_).RequestId(id).Build(), request);
  };
  ASSERT_OK_AND_ASSIGN(const v1::Import first, create());
  ASSERT_GT(first.ByteSizeLong(), tenants::kStoredReplyBytesMax);
  ASSERT_THAT(UploadPart(first.name(), 0, kDeals), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Import again, create());
  EXPECT_EQ(again.name(), first.name());
  EXPECT_EQ(again.mapping().SerializeAsString(), first.mapping().SerializeAsString());
  EXPECT_EQ(again.state(), v1::IMPORT_STATE_UPLOADING) << "as it stands now";
}

TEST_F(ImportServiceTest, ARowWhoseFactsBreakARuleIsInvalid) {
  v1::CreateImportRequest request = CreateRequest(kDeals);
  for (v1::FactMapping& fact : *request.mutable_import()->mutable_mapping()->mutable_facts()) {
    fact.mutable_channel()->add_parts()->set_constant("nowhere");
  }
  const std::string name = Create(request);
  Upload(name, kDeals);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse reply, Validate(name));
  EXPECT_EQ(reply.counts().invalid_rows(), 3);
  EXPECT_THAT(Errors(name), ::testing::Contains("2  'nowhere' CHANNEL_UNKNOWN"))
      << "no cell is at fault: the mapping names the channel";
}

struct BadRowCase {
  std::string name;
  std::string row;
  std::string error;
};
class BadRowTest : public ImportServiceTest, public ::testing::WithParamInterface<BadRowCase> {};
TEST_P(BadRowTest, IsToldWithItsLineColumnValueAndReason) {
  v1::CreateImportRequest request = CreateRequest("-");
  v1::ImportMapping& mapping = *request.mutable_import()->mutable_mapping();
  // Cells that a bad row can spoil one at a time: the role stands in "stage" too, the account in
  // "agent".
  v1::MappedValue& role = *mapping.mutable_facts(0)->mutable_acting_role();
  role.mutable_parts(0)->set_column("stage");
  for (const auto& [from, to] : {std::pair("Won", "SALES"), std::pair("Lost", "")}) {
    v1::ValueReplacement& replacement = *role.add_replacements();
    replacement.set_from(from);
    replacement.set_to(to);
  }
  *mapping.mutable_facts(0)->mutable_inquiry()->mutable_account() = mapping.facts(0).event_id();
  mapping.mutable_facts(0)->mutable_inquiry()->mutable_account()->mutable_parts(0)->set_constant(
      std::string(64, 'x'));
  const std::string file = absl::StrCat(kHeader, GetParam().row, "\n");
  request.mutable_import()->set_size_bytes(static_cast<int64_t>(file.size()));
  const std::string name = Create(request);
  Upload(name, file);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse reply, Validate(name));
  EXPECT_EQ(reply.counts().invalid_rows(), 1);
  EXPECT_EQ(reply.counts().recorded_facts(), 0);
  EXPECT_THAT(Errors(name), ::testing::ElementsAre(GetParam().error));
  CommitAll(name);
  EXPECT_THAT(Errors(name), ::testing::ElementsAre(GetParam().error));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, BadRowTest,
    ::testing::ValuesIn(std::vector<BadRowCase>{
        {.name = "NegativeValue",
         .row = "D1,A Lee,Won,20-10-2016,01-03-2017,-5",
         .error = "2 value '-5' FIELD_INVALID"},
        {.name = "ValueOverflows",
         .row = "D1,A Lee,Won,20-10-2016,01-03-2017,999999999999999999",
         .error = "2 value '999999999999999999' AMOUNT_OVERFLOW"},
        {.name = "NotYet",
         .row = "D1,A Lee,Won,20-10-2016,01-03-2099,5",
         .error = "2 closed '01-03-2099' OCCURRED_IN_FUTURE"},
        {.name = "OutOfRange",
         .row = "D1,A Lee,Won,20-10-1916,01-03-2017,5",
         .error = "2 asked '20-10-1916' DATE_OUT_OF_RANGE"},
        {.name = "MemberWithoutRole",
         .row = "D1,A Lee,Lost,20-10-2016,,",
         .error = "2 stage 'Lost' ACTING_ROLE_MISSING"},
        {.name = "AccountTooLong",
         .row = absl::StrCat(std::string(64, 'i'), ",A Lee,Won,20-10-2016,01-03-2017,5"),
         .error = absl::StrCat("2 id '", std::string(64, 'i'), "' FIELD_INVALID")},
        {.name = "IdNotAscii",
         .row = "单号,A Lee,Lost,20-10-2016,,",
         .error = "2 id '单号' FIELD_INVALID"}}),
    [](const auto& test) { return test.param.name; });

TEST_F(ImportServiceTest, ARowInACurrencyNobodyConvertsIsToldByTheMappingsWord) {
  v1::CreateImportRequest request = CreateRequest(kDeals);
  request.mutable_import()->mutable_mapping()->mutable_currency()->mutable_parts(0)->set_constant(
      "EUR");
  const std::string name = Create(request);
  Upload(name, kDeals);
  ASSERT_THAT(Validate(name), IsOk());
  EXPECT_THAT(Errors(name), ::testing::Contains("2  'EUR' CURRENCY_UNSUPPORTED"));
}

TEST_F(ImportServiceTest, AnotherTenantsImportIsAbsent) {
  const std::string name = Uploaded(kDeals);
  tenant_ = FreshTenantUid();
  EXPECT_THAT(Validate(name), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(Commit(name), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(Undo(name), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(UploadPart(name, 0, "x"), HasReason("RESOURCE_NOT_FOUND"));
  v1::ListImportsRequest list;
  list.set_parent(kParent);
  ASSERT_OK_AND_ASSIGN(const v1::ListImportsResponse imports,
                       service_.ListImports(Context(), list));
  EXPECT_EQ(imports.imports_size(), 0);
}

TEST_F(ImportServiceTest, ListsNewestFirstInPages) {
  const std::string first = Uploaded(kDeals);
  const std::string second = Uploaded(kDeals);
  v1::ListImportsRequest request;
  request.set_parent(kParent);
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    ASSERT_OK_AND_ASSIGN(const v1::ListImportsResponse page,
                         service_.ListImports(Context(), request));
    ASSERT_EQ(page.imports_size(), 1);
    EXPECT_FALSE(page.imports(0).has_mapping());
    names.push_back(page.imports(0).name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre(first, second));
}

TEST_F(ImportServiceTest, KeepsAsManyFindingsAsItSaysAndCountsTheRest) {
  std::string file = kHeader;
  const int rows = static_cast<int>(kFindingsMax) + 7;
  for (int i = 0; i < rows; ++i) absl::StrAppend(&file, "D", i, ",A Lee,Won,,,\n");
  const std::string name = Uploaded(file, v1::CONFLICT_POLICY_REFUSE, int64_t{512} << 10);
  ASSERT_OK_AND_ASSIGN(const v1::ValidateImportResponse reply, Validate(name));
  EXPECT_EQ(reply.counts().reported_rows(), rows);
  EXPECT_THAT(Errors(name), SizeIs(kFindingsMax));
  v1::ListImportErrorsRequest request;
  request.set_parent(name);
  ASSERT_OK_AND_ASSIGN(const v1::ListImportErrorsResponse page,
                       service_.ListImportErrors(Context(), request));
  EXPECT_EQ(page.errors_left_out(), 7);
}

}  // namespace
}  // namespace argosy::metrics
