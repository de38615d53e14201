// A company in a real database, with metrics and teams played by fakes: for tests of the services.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_COMPANY_DB_FOR_TEST_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_COMPANY_DB_FOR_TEST_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/page_token.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/ledger_service.h"
#include "services/incentives/service/plan_service.h"
#include "services/incentives/service/run_service.h"
#include "services/incentives/service/statement_service.h"
#include "tests/support/context_for_test.h"
#include "tests/support/test_database.h"

namespace argosy::incentives {

// Facts with the sequence they were recorded at: what is asked for at a watermark never changes.
class FakeOrders final : public OrderSource {
 public:
  // `facts` are what is known from the next sequence on.
  void Record(const SalesFacts& facts) { history_.push_back(facts); }
  static absl::Time RecordedAt(int64_t seq) {
    return absl::FromCivil(absl::CivilHour(2026, 5, 1, 12), absl::UTCTimeZone()) +
           absl::Seconds(seq);
  }
  absl::StatusOr<Knowledge> ResolveKnowledge(const tenants::RequestContext& ctx,
                                             const std::optional<absl::Time>& as_of) override {
    Knowledge known{.as_of = as_of.value_or(ctx.now())};
    while (known.seq < static_cast<int64_t>(history_.size()) &&
           RecordedAt(known.seq + 1) <= known.as_of) {
      ++known.seq;
    }
    return known;
  }
  absl::StatusOr<SalesFacts> ListSalesFacts(const tenants::RequestContext& /*ctx*/,
                                            const base::Period& days, int64_t seq) override {
    if (down)
      return base::MakeFault(absl::StatusCode::kUnavailable, "down", {.reason = "DEPENDENCY_DOWN"});
    earliest_asked = std::min(earliest_asked, days.begin);
    if (seq == 0) return SalesFacts();
    SalesFacts facts = history_[static_cast<size_t>(seq - 1)];
    const base::InstantRange asked = base::ToInstants(days, *base::ParseTimeZone("Asia/Shanghai"));
    const auto elsewhen = [&](const auto& fact) { return !asked.Contains(fact.occurred_at); };
    std::erase_if(facts.orders, elsewhen);
    std::erase_if(facts.payments, elsewhen);
    std::erase_if(facts.refunds, elsewhen);
    return facts;
  }

  bool down = false;
  absl::CivilDay earliest_asked = absl::CivilDay::max();

 private:
  std::vector<SalesFacts> history_;
};

class FakePeople final : public PeopleSource {
 public:
  absl::StatusOr<Roster> GetRoster(const tenants::RequestContext& /*ctx*/) override {
    return roster;
  }
  Roster roster;
};

// One database per suite, one tenant per test.
class CompanyDbTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = argosy::testing::TestDatabase::Create("incentives"); }
  static void TearDownTestSuite() { database_.reset(); }

  CompanyDbTest()
      : tenant_(argosy::testing::FreshTenantUid()),
        ids_(database_->entropy()),
        pages_(base::SealingKey::Generate(database_->entropy()), database_->entropy(),
               database_->clock()),
        with_{.db = database_->session(),
              .ids = ids_,
              .pages = pages_,
              .orders = orders_,
              .people = people_},
        plans_(with_),
        runs_(with_),
        statements_(with_),
        ledger_(with_) {
    people_.roster = Roster({MemberForTest("ann"), MemberForTest("bob")},
                            {{.member = MemberForTest("ann"), .starts = DayForTest("2020-01-01")},
                             {.member = MemberForTest("bob"), .starts = DayForTest("2020-01-01")}});
  }

  // The owner at noon of 1 June 2026.
  argosy::testing::ContextForTest Context() const {
    argosy::testing::ContextForTest context(tenant_);
    context.Now(absl::FromCivil(absl::CivilHour(2026, 6, 1, 12), absl::UTCTimeZone()));
    return context;
  }
  tenants::RequestContext Owner() const { return Context().Build(); }
  tenants::RequestContext Own(absl::string_view member) const {
    return Context().Role(tenants::AccessRole::kMember).Member(member).Build();
  }

  // The plan "sales-plan" in CNY: 1 % up to 100,000.00, 2 % above, marginal.
  static v1::PlanSpec Spec() {
    v1::PlanSpec spec;
    v1::Component& component = *spec.add_components();
    component.set_component_id("orders");
    component.set_display_name("订单提成");
    v1::Commission& commission = *component.mutable_commission();
    commission.set_base(v1::Commission::BASE_CONTRACT_CIF);
    commission.set_tier_mode(v1::Commission::TIER_MODE_MARGINAL);
    v1::TierRow& low = *commission.add_tiers();
    low.set_to_minor(10'000'000);
    low.set_rate_ppm(10'000);
    v1::TierRow& high = *commission.add_tiers();
    high.set_from_minor(10'000'000);
    high.set_rate_ppm(20'000);
    return spec;
  }
  absl::StatusOr<v1::Plan> CreatePlan(absl::string_view id = "sales-plan") {
    v1::CreatePlanRequest request;
    request.set_parent("tenants/acme");
    request.set_plan_id(std::string(id));
    request.mutable_plan()->set_display_name("Sales");
    request.mutable_plan()->set_currency_code("CNY");
    return plans_.CreatePlan(Owner(), request);
  }
  absl::StatusOr<v1::PlanVersion> CreateVersion(const v1::PlanSpec& spec = Spec()) {
    v1::CreatePlanVersionRequest request;
    request.set_parent("tenants/acme/plans/sales-plan");
    *request.mutable_spec() = spec;
    return plans_.CreatePlanVersion(Owner(), request);
  }
  absl::StatusOr<v1::PlanVersion> Publish(const v1::PlanVersion& draft,
                                          absl::string_view starts = "2026-01-01") {
    v1::PublishPlanVersionRequest request;
    request.set_name(draft.name());
    request.set_etag(draft.etag());
    request.set_effective_start_date(std::string(starts));
    return plans_.PublishPlanVersion(Owner(), request);
  }
  absl::StatusOr<v1::PlanAssignment> Assign(absl::string_view plan = "sales-plan",
                                            absl::string_view starts = "2026-01-01") {
    v1::AssignPlanRequest request;
    request.set_parent(absl::StrCat("tenants/acme/plans/", plan));
    request.mutable_plan_assignment()->set_business_role(common::v1::BUSINESS_ROLE_SALES);
    request.mutable_plan_assignment()->set_start_date(std::string(starts));
    return plans_.AssignPlan(Owner(), request);
  }
  // Plan, version in force from `starts`, and assignment to sales.
  void SetUpPlan(const v1::PlanSpec& spec = Spec(), absl::string_view starts = "2026-01-01") {
    ASSERT_TRUE(CreatePlan().ok());
    const auto draft = CreateVersion(spec);
    ASSERT_TRUE(draft.ok()) << draft.status();
    const auto published = Publish(*draft, starts);
    ASSERT_TRUE(published.ok()) << published.status();
    const auto assigned = Assign("sales-plan", starts);
    ASSERT_TRUE(assigned.ok()) << assigned.status();
  }

  absl::StatusOr<v1::Run> Calculate(absl::string_view period,
                                    v1::Run::Kind kind = v1::Run::KIND_REGULAR) {
    v1::CalculateRunRequest request;
    request.set_parent("tenants/acme");
    request.set_period(std::string(period));
    request.set_kind(kind);
    return runs_.CalculateRun(Owner(), request);
  }
  absl::StatusOr<v1::Run> Approve(const v1::Run& run) {
    v1::ApproveRunRequest request;
    request.set_name(run.name());
    request.set_etag(run.etag());
    return runs_.ApproveRun(Owner(), request);
  }
  absl::StatusOr<v1::Run> Lock(const v1::Run& run) { return Lock(run, Owner()); }
  absl::StatusOr<v1::Run> Lock(const v1::Run& run, const tenants::RequestContext& ctx) {
    v1::LockRunRequest request;
    request.set_name(run.name());
    request.set_etag(run.etag());
    return runs_.LockRun(ctx, request);
  }
  // Calculates, approves and locks.
  absl::StatusOr<v1::Run> Pay(absl::string_view period,
                              v1::Run::Kind kind = v1::Run::KIND_REGULAR) {
    ASSIGN_OR_RETURN(const v1::Run run, Calculate(period, kind));
    ASSIGN_OR_RETURN(const v1::Run approved, Approve(run));
    return Lock(approved);
  }
  absl::StatusOr<v1::ListStatementsResponse> StatementsOf(const tenants::RequestContext& ctx) {
    v1::ListStatementsRequest request;
    request.set_parent("tenants/acme");
    return statements_.ListStatements(ctx, request);
  }
  absl::StatusOr<v1::Statement> GetStatement(absl::string_view name,
                                             const tenants::RequestContext& ctx) {
    v1::GetStatementRequest request;
    request.set_name(std::string(name));
    return statements_.GetStatement(ctx, request);
  }
  v1::VerifyLedgerResponse Verify() {
    const auto verified = ledger_.VerifyLedger(Owner(), {});
    EXPECT_TRUE(verified.ok()) << verified.status();
    return verified.value_or(v1::VerifyLedgerResponse());
  }

  static inline std::unique_ptr<argosy::testing::TestDatabase> database_;
  base::TenantUid tenant_;
  base::IdSource ids_;
  base::PageTokens pages_;
  FakeOrders orders_;
  FakePeople people_;
  Collaborators with_;
  PlanService plans_;
  RunService runs_;
  StatementService statements_;
  LedgerService ledger_;
  CompanyForTest company_;  // its facts; Record() makes them known
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_COMPANY_DB_FOR_TEST_H_
