#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/plan_bytes.h"
#include "services/incentives/service/company_db_for_test.h"
#include "services/incentives/service/convert.h"
#include "storage/fault_injector.h"
#include "storage/sql_error.h"
#include "tenants/plan_limits.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class RunDbTest : public CompanyDbTest {
 protected:
  // Ann sells 350,000.00 in January, Bob 50,000.00 in February.
  void SetUpYear() {
    SetUpPlan();
    company_.Order("o1", "ann", 35'000'000, "2026-01-10");
    company_.Order("o2", "bob", 5'000'000, "2026-02-10");
    orders_.Record(company_.facts());
  }
  // Plans in force that nobody has, with ids as long as they come.
  void AddPlans(int count) {
    const absl::Time now = Owner().now();
    PlanVersion version{.state = PlanVersionState::kPublished,
                        .starts = DayForTest("2026-01-01"),
                        .created_at = now,
                        .published_at = now};
    version.spec = ParseSpec(Spec()).value();
    const base::Currency currency = base::Currency::Parse("CNY").value();
    version.content_hash = ComputeContentHash(currency, version.spec);
    const auto added = with_.db.Mutate<v1::Plan>(
        Owner(), [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Plan> {
          for (int i = 0; i < count; ++i) {
            Plan plan{.uid = PlanUid(ids_.NewUuid(now)),
                      .id = base::PlanId::Parse(absl::StrFormat("plan-%058d", i)).value(),
                      .display_name = "Spare",
                      .currency = currency,
                      .created_at = now};
            RETURN_IF_ERROR(with_.plan_store.Insert(txn, plan));
            version.uid = PlanVersionUid(ids_.NewUuid(now));
            version.plan = plan.uid;
            RETURN_IF_ERROR(with_.plan_store.InsertVersion(txn, version, currency));
          }
          return v1::Plan();
        });
    ASSERT_THAT(added, IsOk());
  }
  // The same rates on the money that comes in.
  static v1::PlanSpec CollectedSpec() {
    v1::PlanSpec spec = Spec();
    spec.mutable_components(0)->mutable_commission()->set_base(v1::Commission::BASE_COLLECTED);
    return spec;
  }
  static std::vector<std::pair<v1::ExcludedFacts::Reason, int64_t>> ExcludedBy(const v1::Run& run) {
    std::vector<std::pair<v1::ExcludedFacts::Reason, int64_t>> counts;
    for (const v1::ExcludedFacts& facts : run.excluded_facts()) {
      counts.emplace_back(facts.reason(), facts.count());
    }
    return counts;
  }
};

TEST_F(RunDbTest, CalculatesApprovesAndLocks) {
  SetUpYear();
  const auto run = Calculate("2026-01");
  ASSERT_THAT(run, IsOk());
  EXPECT_EQ(run->state(), v1::Run::STATE_CALCULATED);
  ASSERT_THAT(run->totals(), SizeIs(1));
  EXPECT_EQ(run->totals(0).amount_minor(), 100'000 + 500'000);
  EXPECT_EQ(run->payee_count(), 1);
  EXPECT_EQ(Verify().entry_count(), 0) << "a calculation has no effect";
  const auto approved = Approve(*run);
  ASSERT_THAT(approved, IsOk());
  EXPECT_EQ(approved->state(), v1::Run::STATE_APPROVED);
  const auto locked = Lock(*approved);
  ASSERT_THAT(locked, IsOk());
  EXPECT_EQ(locked->state(), v1::Run::STATE_LOCKED);
  EXPECT_EQ(locked->period_version(), 1);
  EXPECT_EQ(locked->digest(), run->digest());
  const v1::VerifyLedgerResponse verified = Verify();
  EXPECT_TRUE(verified.balanced()) << verified.ShortDebugString();
  EXPECT_EQ(verified.entry_count(), 2);
  EXPECT_EQ(verified.statement_count(), 1);
}

TEST_F(RunDbTest, RepeatedCalculationIsAnsweredAsItWasAfterTheMonthIsLocked) {
  SetUpYear();
  const base::Uuid id = argosy::testing::FreshRequestId();
  v1::CalculateRunRequest request;
  request.set_parent("tenants/acme");
  request.set_period("2026-01");
  const auto first = runs_.CalculateRun(Context().RequestId(id).Build(), request);
  ASSERT_THAT(first, IsOk());
  const auto approved = Approve(*first);
  ASSERT_THAT(approved, IsOk());
  ASSERT_THAT(Lock(*approved), IsOk());
  const auto again = runs_.CalculateRun(Context().RequestId(id).Build(), request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_THAT(Calculate("2026-01"), HasReason("PERIOD_LOCKED"));
}

TEST_F(RunDbTest, RepeatsAreAnsweredWithTheRunAsItIsWhereTheReplyIsTooLargeToKeep) {
  SetUpYear();
  AddPlans(350);
  const auto context = [&](const base::Uuid& id) { return Context().RequestId(id).Build(); };
  v1::CalculateRunRequest calculate;
  calculate.set_parent("tenants/acme");
  calculate.set_period("2026-01");
  const base::Uuid calculation = argosy::testing::FreshRequestId();
  const auto run = runs_.CalculateRun(context(calculation), calculate);
  ASSERT_THAT(run, IsOk());
  ASSERT_GT(run->ByteSizeLong(), tenants::kStoredReplyBytesMax);

  v1::ApproveRunRequest approve;
  approve.set_name(run->name());
  approve.set_etag(run->etag());
  const base::Uuid approval = argosy::testing::FreshRequestId();
  const auto approved = runs_.ApproveRun(context(approval), approve);
  ASSERT_THAT(approved, IsOk());
  const auto approved_again = runs_.ApproveRun(context(approval), approve);
  ASSERT_THAT(approved_again, IsOk());
  EXPECT_EQ(approved_again->SerializeAsString(), approved->SerializeAsString());

  v1::LockRunRequest lock;
  lock.set_name(run->name());
  lock.set_etag(approved->etag());
  const base::Uuid locking = argosy::testing::FreshRequestId();
  const auto locked = runs_.LockRun(context(locking), lock);
  ASSERT_THAT(locked, IsOk());
  const auto locked_again = runs_.LockRun(context(locking), lock);
  ASSERT_THAT(locked_again, IsOk());
  EXPECT_EQ(locked_again->SerializeAsString(), locked->SerializeAsString());

  const auto calculated_again = runs_.CalculateRun(context(calculation), calculate);
  ASSERT_THAT(calculated_again, IsOk());
  EXPECT_EQ(calculated_again->SerializeAsString(), locked->SerializeAsString());
}

TEST_F(RunDbTest, SameInputsGiveTheSameDigest) {
  SetUpYear();
  const auto first = Calculate("2026-01");
  // The same facts in another order, recorded later.
  std::reverse(company_.facts().orders.begin(), company_.facts().orders.end());
  orders_.Record(company_.facts());
  const auto second = Calculate("2026-01");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(first->knowledge_seq(), second->knowledge_seq());
  EXPECT_EQ(first->digest(), second->digest());
}

TEST_F(RunDbTest, ReplayAgreesAfterEverythingHasMovedOn) {
  SetUpYear();
  const auto january = Pay("2026-01");
  ASSERT_THAT(january, IsOk());
  company_.Order("late", "ann", 100'000, "2026-01-11").Refund("r1", "o1", 5'000'000, "2026-02-02");
  orders_.Record(company_.facts());
  const auto february = Pay("2026-02");
  ASSERT_THAT(february, IsOk());
  people_.roster = Roster();
  for (const std::string& name : {january->name(), february->name()}) {
    v1::ReplayRunRequest request;
    request.set_name(name);
    const auto replay = runs_.ReplayRun(Owner(), request);
    ASSERT_THAT(replay, IsOk());
    EXPECT_TRUE(replay->matches()) << name;
    EXPECT_EQ(replay->replayed_digest(), replay->run().digest());
  }
}

TEST_F(RunDbTest, LaterRefundIsADeltaOfItsOrigin) {
  SetUpYear();
  ASSERT_THAT(Pay("2026-01"), IsOk());
  company_.Refund("r1", "o1", 35'000'000, "2026-02-20");
  orders_.Record(company_.facts());
  const auto february = Pay("2026-02");
  ASSERT_THAT(february, IsOk());
  v1::ListRunLinesRequest request;
  request.set_parent(february->name());
  const auto lines = runs_.ListRunLines(Owner(), request);
  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(lines->run_lines(), SizeIs(2));
  EXPECT_EQ(lines->run_lines(0).origin_period(), "2026-01");
  EXPECT_EQ(lines->run_lines(0).posted_before().amount_minor(), 600'000);
  EXPECT_EQ(lines->run_lines(0).amount().amount_minor(), -600'000);
  EXPECT_EQ(lines->run_lines(1).member(), "tenants/acme/members/bob");
  const v1::VerifyLedgerResponse verified = Verify();
  EXPECT_TRUE(verified.balanced()) << verified.ShortDebugString();
  v1::GetBalancesRequest balances;
  balances.set_member("tenants/acme/members/ann");
  const auto of_ann = ledger_.GetBalances(Owner(), balances);
  ASSERT_THAT(of_ann, IsOk());
  for (const v1::Balance& balance : of_ann->balances()) {
    const int64_t want = balance.account().bucket() == v1::BUCKET_EARNED ? 0 : 600'000;
    EXPECT_EQ(balance.balance().amount_minor(), want) << balance.ShortDebugString();
  }
}

TEST_F(RunDbTest, CorrectionOfALockedMonthPostsTheDifference) {
  SetUpYear();
  EXPECT_THAT(Calculate("2026-01", v1::Run::KIND_CORRECTION), HasReason("PERIOD_NOT_LOCKED"));
  ASSERT_THAT(Pay("2026-01"), IsOk());
  EXPECT_THAT(Calculate("2026-01"), HasReason("PERIOD_LOCKED"));
  company_.Order("late", "ann", 100'000, "2026-01-11");
  orders_.Record(company_.facts());
  const auto correction = Pay("2026-01", v1::Run::KIND_CORRECTION);
  ASSERT_THAT(correction, IsOk());
  EXPECT_EQ(correction->period_version(), 2);
  EXPECT_EQ(correction->totals(0).amount_minor(), 2'000);
  const v1::VerifyLedgerResponse verified = Verify();
  EXPECT_TRUE(verified.balanced()) << verified.ShortDebugString();
  EXPECT_EQ(verified.statement_count(), 2);
}

TEST_F(RunDbTest, MonthsOutOfReachAreLeftAsTheyWerePosted) {
  SetUpPlan(Spec(), "2020-01-01");
  company_.Order("o1", "ann", 10'000'000, "2020-01-10");
  orders_.Record(company_.facts());
  ASSERT_THAT(Pay("2020-01"), IsOk());
  // 36 months later it is still restated, a month after that no longer.
  ASSERT_THAT(Pay("2023-01"), IsOk());
  company_.Order("late", "ann", 1'000'000, "2020-01-11");
  orders_.Record(company_.facts());
  const auto within_reach = Calculate("2023-01", v1::Run::KIND_CORRECTION);
  ASSERT_THAT(within_reach, IsOk());
  EXPECT_EQ(within_reach->totals(0).amount_minor(), 20'000);
  for (const char* period : {"2023-02", "2026-01"}) {
    const auto later = Pay(period);
    ASSERT_THAT(later, IsOk());
    EXPECT_EQ(later->line_count(), 0) << period;
  }
  EXPECT_TRUE(Verify().balanced());
}

TEST_F(RunDbTest, LateMoneyFindsAnOrderOfFourYearsBefore) {
  SetUpPlan(CollectedSpec());
  company_.Payment("deposit", "old", 100'000, "2021-12-20");
  company_.Order("old", "ann", 1'000'000, "2022-01-05");
  company_.Payment("late", "old", 900'000, "2026-01-10");
  company_.Order("other", "ann", 700, "2022-06-05");
  orders_.Record(company_.facts());
  const auto january = Pay("2026-01");
  ASSERT_THAT(january, IsOk());
  ASSERT_THAT(january->totals(), SizeIs(1));
  EXPECT_EQ(january->totals(0).amount_minor(), 9'000);
  EXPECT_THAT(january->excluded_facts(), IsEmpty());
  // 100.00 of the 200.00 that go back undo the deposit.
  company_.Refund("before", "old", 200'000, "2026-01-09");
  orders_.Record(company_.facts());
  const auto february = Pay("2026-02");
  ASSERT_THAT(february, IsOk());
  EXPECT_EQ(february->totals(0).amount_minor(), -1'000);
}

TEST_F(RunDbTest, NamesWhoAndWhatEarnsNothing) {
  SetUpYear();
  company_.Order("o9", "anm", 100'000, "2026-01-11");  // misspelt
  orders_.Record(company_.facts());
  const auto run = Calculate("2026-01");
  ASSERT_THAT(run, IsOk());
  v1::GetRunRequest get;
  get.set_name(run->name());
  const auto read = runs_.GetRun(Owner(), get);
  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(read->excluded_facts(), SizeIs(1));
  const v1::ExcludedFacts& excluded = read->excluded_facts(0);
  EXPECT_EQ(excluded.reason(), v1::ExcludedFacts::REASON_MEMBER_UNKNOWN);
  EXPECT_EQ(excluded.origin_period(), "2026-01");
  ASSERT_THAT(excluded.earliest(), SizeIs(1));
  EXPECT_EQ(excluded.earliest(0).member(), "tenants/acme/members/anm");
  EXPECT_EQ(excluded.earliest(0).fact().source_event_id(), "o9");
  v1::ListRunsRequest list;
  list.set_parent("tenants/acme");
  const auto listed = runs_.ListRuns(Owner(), list);
  ASSERT_THAT(listed, IsOk());
  EXPECT_THAT(listed->runs(0).excluded_facts(0).earliest(), IsEmpty());
  EXPECT_EQ(listed->runs(0).excluded_facts(0).count(), 1);
}

TEST_F(RunDbTest, LooksNoFurtherForAnOrderThatNobodyHas) {
  SetUpPlan(CollectedSpec());
  company_.Payment("orphan", "nowhere", 100'000, "2026-01-10");
  orders_.Record(company_.facts());
  const auto january = Pay("2026-01");
  ASSERT_THAT(january, IsOk());
  EXPECT_THAT(ExcludedBy(*january), ElementsAre(Pair(v1::ExcludedFacts::REASON_ORDER_UNKNOWN, 1)));
  EXPECT_EQ(orders_.earliest_asked, absl::CivilDay(2022, 1, 1));
}

// The run of 2024 reads four years further back than that of 2026, which restates its month.
TEST_F(RunDbTest, WhatALaterRunCannotFindIsNotPaidByAnEarlierOne) {
  SetUpPlan(CollectedSpec(), "2023-01-01");
  company_.Order("old", "ann", 1'000'000, "2019-06-05");
  company_.Payment("in time", "old", 100'000, "2023-02-10");
  company_.Payment("too late", "old", 900'000, "2024-02-10");
  orders_.Record(company_.facts());
  const auto of_2023 = Pay("2023-02");
  ASSERT_THAT(of_2023, IsOk());
  EXPECT_EQ(of_2023->totals(0).amount_minor(), 1'000);
  const auto of_2024 = Pay("2024-02");
  ASSERT_THAT(of_2024, IsOk());
  EXPECT_EQ(of_2024->line_count(), 0);
  EXPECT_THAT(ExcludedBy(*of_2024), ElementsAre(Pair(v1::ExcludedFacts::REASON_ORDER_UNKNOWN, 1)));
  const auto of_2026 = Pay("2026-05");
  ASSERT_THAT(of_2026, IsOk());
  EXPECT_EQ(of_2026->line_count(), 0);
}

TEST_F(RunDbTest, PaysADepositIntoItsMonthOnceTheMonthOfItsOrderIsPaid) {
  SetUpPlan(CollectedSpec());
  company_.Payment("deposit", "o1", 100'000, "2026-03-20");
  company_.Order("o1", "ann", 1'000'000, "2026-04-05");
  orders_.Record(company_.facts());
  const auto march = Pay("2026-03");
  ASSERT_THAT(march, IsOk());
  EXPECT_EQ(march->line_count(), 0);
  EXPECT_THAT(ExcludedBy(*march), ElementsAre(Pair(v1::ExcludedFacts::REASON_ORDER_UNKNOWN, 1)));
  const auto april = Pay("2026-04");
  ASSERT_THAT(april, IsOk());
  EXPECT_THAT(april->excluded_facts(), IsEmpty());
  v1::ListRunLinesRequest request;
  request.set_parent(april->name());
  const auto lines = runs_.ListRunLines(Owner(), request);
  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(lines->run_lines(), SizeIs(1));
  EXPECT_EQ(lines->run_lines(0).origin_period(), "2026-03");
  EXPECT_EQ(lines->run_lines(0).amount().amount_minor(), 1'000);
}

TEST_F(RunDbTest, RefusesToKnowLessThanALockedRun) {
  SetUpYear();
  company_.Order("late", "ann", 100'000, "2026-01-11");
  orders_.Record(company_.facts());
  ASSERT_THAT(Pay("2026-01"), IsOk());
  v1::CalculateRunRequest request;
  for (const auto& [period, kind] : {std::pair{"2026-02", v1::Run::KIND_REGULAR},
                                     std::pair{"2026-01", v1::Run::KIND_CORRECTION}}) {
    request.set_period(period);
    request.set_kind(kind);
    *request.mutable_as_of() = ToProto(FakeOrders::RecordedAt(2) - absl::Microseconds(1));
    const absl::Status refusal = runs_.CalculateRun(Owner(), request).status();
    EXPECT_THAT(refusal, HasReason("FIELD_INVALID")) << period;
    EXPECT_THAT(refusal.message(), HasSubstr("as_of")) << period;
    *request.mutable_as_of() = ToProto(FakeOrders::RecordedAt(2));
    EXPECT_THAT(runs_.CalculateRun(Owner(), request), IsOk()) << period;
  }
}

TEST_F(RunDbTest, RefusesWhatItsStateDoesNotAllow) {
  SetUpYear();
  const auto run = Calculate("2026-01");
  const auto rival = Calculate("2026-01");
  ASSERT_THAT(run, IsOk());
  ASSERT_THAT(rival, IsOk());
  EXPECT_THAT(Lock(*run), HasReason("STATE_NOT_ALLOWED"));
  v1::Run stale = *run;
  stale.set_etag("\"other\"");
  EXPECT_THAT(Approve(stale), HasReason("ETAG_MISMATCH"));
  const auto approved = Approve(*run);
  const auto rival_approved = Approve(*rival);
  ASSERT_THAT(approved, IsOk());
  ASSERT_THAT(rival_approved, IsOk());
  EXPECT_THAT(Approve(*approved), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(Lock(*run), HasReason("ETAG_MISMATCH"));
  const auto locked = Lock(*approved);
  ASSERT_THAT(locked, IsOk());
  EXPECT_THAT(Lock(*locked), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(Lock(*rival_approved), HasReason("RUN_STALE"));
}

TEST_F(RunDbTest, RefusesAMonthThatIsNotOverAndNoMonth) {
  SetUpYear();
  EXPECT_THAT(Calculate("2026-06"), HasReason("PERIOD_NOT_OVER"));
  EXPECT_THAT(Calculate("2026-13"), HasReason("PERIOD_MALFORMED"));
  v1::CalculateRunRequest request;
  request.set_period("2026");
  EXPECT_THAT(runs_.CalculateRun(Owner(), request), HasReason("FIELD_INVALID"));
  v1::GetRunRequest get;
  get.set_name("tenants/acme/runs/01890000-0000-7000-8000-000000000000");
  EXPECT_THAT(runs_.GetRun(Owner(), get), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(RunDbTest, LockedMonthsKeepTheirPlan) {
  SetUpYear();
  ASSERT_THAT(Pay("2026-01"), IsOk());
  const auto draft = CreateVersion();
  ASSERT_THAT(draft, IsOk());
  EXPECT_THAT(Publish(*draft, "2025-12-01"), HasReason("PERIOD_LOCKED"));
  EXPECT_THAT(Publish(*draft, "2026-02-01"), IsOk());
}

TEST_F(RunDbTest, LockedMonthsGetNoNewAssignment) {
  SetUpYear();
  ASSERT_THAT(Pay("2026-01"), IsOk());
  v1::AssignPlanRequest request;
  request.set_parent("tenants/acme/plans/sales-plan");
  request.mutable_plan_assignment()->set_business_role(common::v1::BUSINESS_ROLE_MANAGER);
  for (const char* day : {"2025-06-01", "2026-01-15", "2026-01-31"}) {
    request.mutable_plan_assignment()->set_start_date(day);
    EXPECT_THAT(plans_.AssignPlan(Owner(), request), HasReason("PERIOD_LOCKED")) << day;
  }
  request.mutable_plan_assignment()->set_start_date("2026-02-01");
  EXPECT_THAT(plans_.AssignPlan(Owner(), request), IsOk());
}

TEST_F(RunDbTest, PassesOnThatMetricsAreDown) {
  SetUpYear();
  orders_.down = true;
  EXPECT_THAT(Calculate("2026-01"), HasReason("DEPENDENCY_DOWN"));
}

TEST_F(RunDbTest, PreviewKeepsNothing) {
  SetUpYear();
  v1::CalculateRunRequest request;
  request.set_period("2026-01");
  const auto run = runs_.CalculateRun(Context().ValidateOnly().Build(), request);
  ASSERT_THAT(run, IsOk());
  EXPECT_EQ(run->totals(0).amount_minor(), 600'000);
  v1::ListRunsRequest list;
  EXPECT_THAT(runs_.ListRuns(Owner(), list)->runs(), IsEmpty());
}

// Every statement of a lock fails in turn: the run, its statements, its entries and the head are
// there together or not at all, and the same request again brings them about exactly once.
TEST_F(RunDbTest, LockIsAllOrNothingAtEveryStatement) {
  SetUpPlan();
  const char* const months[] = {"2026-01", "2026-02", "2026-03", "2026-04", "2026-05"};
  const storage::InjectedFault faults[] = {
      {.code = storage::kErrorServerLost, .moment = storage::FaultMoment::kBeforeStatement},
      {.code = storage::kErrorServerLost, .moment = storage::FaultMoment::kAfterStatement},
      {.code = storage::kErrorStatementTimeout, .moment = storage::FaultMoment::kBeforeStatement}};
  for (const char* month : months) {
    company_.Order(absl::StrCat("o", month), "ann", 1'000'000, absl::StrCat(month, "-10"));
  }
  orders_.Record(company_.facts());
  ASSERT_THAT(Pay(months[0]), IsOk());
  for (size_t i = 0; i < std::size(faults); ++i) {
    const auto run = Calculate(months[i + 1]);
    ASSERT_THAT(run, IsOk());
    const auto approved = Approve(*run);
    ASSERT_THAT(approved, IsOk());
    const v1::VerifyLedgerResponse before = Verify();
    for (int64_t statement = 1;; ++statement) {
      ASSERT_LT(statement, 60);
      const base::Uuid id = argosy::testing::FreshRequestId();
      database_->faults().FailStatement(statement, faults[i]);
      const auto locked = Lock(*approved, Context().RequestId(id).Build());
      const bool struck = database_->faults().struck();
      database_->faults().Reset();
      const v1::VerifyLedgerResponse after = Verify();
      ASSERT_TRUE(after.balanced()) << statement << " " << after.ShortDebugString();
      const int64_t entries = after.entry_count() - before.entry_count();
      const int64_t statements = after.statement_count() - before.statement_count();
      ASSERT_TRUE((entries == 0 && statements == 0) || (entries == 2 && statements == 1))
          << "statement " << statement << ": " << entries << " entries";
      if (locked.ok()) {
        ASSERT_EQ(entries, 2);
      }
      if (entries == 2) {
        EXPECT_THAT(Lock(*approved, Context().RequestId(id).Build()), IsOk());
        EXPECT_EQ(Verify().entry_count(), after.entry_count());
        break;
      }
      ASSERT_TRUE(struck);
    }
  }
}

TEST_F(RunDbTest, LockNoticesADamagedLine) {
  SetUpYear();
  const auto run = Calculate("2026-01");
  ASSERT_THAT(run, IsOk());
  const auto approved = Approve(*run);
  ASSERT_THAT(approved, IsOk());
  database_->ExecuteAsRoot(
      absl::StrCat("UPDATE run_lines SET amount_minor = amount_minor + 1 WHERE tenant_id = UNHEX('",
                   absl::BytesToHexString(tenant_.ToBytes()), "')"));
  EXPECT_THAT(Lock(*approved), HasReason("LEDGER_IMBALANCE"));
}

}  // namespace
}  // namespace argosy::incentives
