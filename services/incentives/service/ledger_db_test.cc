#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/crypto.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/service/company_db_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LedgerDbTest : public CompanyDbTest {
 protected:
  void SetUp() override {
    SetUpPlan();
    for (int i = 0; i < 250; ++i) {
      company_.Order(absl::StrCat("o", i), "ann", 100'000, "2026-01-10");
    }
    company_.Order("ob", "bob", 5'000'000, "2026-01-11");
    orders_.Record(company_.facts());
    const auto locked = Pay("2026-01");
    ASSERT_THAT(locked, IsOk());
  }

  void Execute(absl::string_view statement) {
    database_->ExecuteAsRoot(absl::StrCat(statement, " WHERE tenant_id = UNHEX('",
                                          absl::BytesToHexString(tenant_.ToBytes()), "')"));
  }

  std::string Damage(absl::string_view statement) {
    Execute(statement);
    const v1::VerifyLedgerResponse verified = Verify();
    EXPECT_FALSE(verified.balanced());
    return verified.ShortDebugString();
  }

  // `line` takes back all of `posted` and explains itself as the same component of the same
  // version.
  void ExpectTakenBack(const v1::StatementLine& line, const v1::StatementLine& posted) {
    EXPECT_EQ(line.component_id(), posted.component_id());
    EXPECT_EQ(line.origin_period(), posted.origin_period());
    EXPECT_EQ(line.plan_version(), posted.plan_version());
    EXPECT_EQ(line.content_hash(), posted.content_hash());
    EXPECT_EQ(line.earned_total().amount_minor(), 0);
    EXPECT_EQ(line.posted_before().amount_minor(), posted.amount().amount_minor());
    EXPECT_EQ(line.amount().amount_minor(), -posted.amount().amount_minor());
    v1::ExplainLineRequest request;
    request.set_name(line.name());
    const auto explained = statements_.ExplainLine(Owner(), request);
    ASSERT_THAT(explained, IsOk());
    EXPECT_EQ(explained->component_display_name(), "订单提成");
    EXPECT_EQ(explained->line().ledger_entry(), line.ledger_entry());
    EXPECT_THAT(explained->credits(), IsEmpty());
    EXPECT_EQ(explained->next_page_token(), "");
  }

  v1::Statement AnnsStatement(absl::string_view period = "2026-01") {
    v1::ListStatementsRequest request;
    request.set_member("tenants/acme/members/ann");
    const auto listed = statements_.ListStatements(Owner(), request);
    EXPECT_THAT(listed, IsOk());
    for (const v1::Statement& statement : listed->statements()) {
      if (statement.period() == period) return *GetStatement(statement.name(), Owner());
    }
    ADD_FAILURE() << "Ann has no statement of " << period;
    return {};
  }
};

TEST_F(LedgerDbTest, StatementIsFrozenUnderItsDigest) {
  const v1::Statement statement = AnnsStatement();
  EXPECT_EQ(absl::BytesToHexString(base::Sha256(statement.content())), statement.digest());
  ASSERT_THAT(statement.lines(), SizeIs(1));
  // 250 x 1,000.00: 1 % of 100,000.00 and 2 % of 150,000.00.
  EXPECT_EQ(statement.totals(0).payable().amount_minor(), 400'000);
  EXPECT_EQ(statement.lines(0).amount().amount_minor(), 400'000);
  // What comes later never changes it.
  company_.Order("late", "ann", 100'000, "2026-01-12").Refund("r1", "o7", 50'000, "2026-02-01");
  orders_.Record(company_.facts());
  ASSERT_THAT(Pay("2026-02"), IsOk());
  ASSERT_THAT(Pay("2026-01", v1::Run::KIND_CORRECTION), IsOk());
  const auto again = GetStatement(statement.name(), Owner());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), statement.SerializeAsString());
}

TEST_F(LedgerDbTest, LineExplainsItselfDownToFactsPageByPage) {
  const v1::Statement statement = AnnsStatement();
  v1::ExplainLineRequest request;
  request.set_name(statement.lines(0).name());
  request.set_page_size(120);
  int64_t earned = 0;
  int64_t exact = 0;
  int64_t credits = 0;
  std::vector<std::string> facts;
  do {
    const auto page = statements_.ExplainLine(Owner(), request);
    ASSERT_THAT(page, IsOk());
    EXPECT_EQ(page->line().ledger_entry(), statement.lines(0).ledger_entry());
    EXPECT_EQ(page->line().content_hash(), statement.lines(0).content_hash());
    EXPECT_EQ(page->component_display_name(), "订单提成");
    EXPECT_LE(page->credits_size(), 120);
    for (const v1::Credit& credit : page->credits()) {
      ++credits;
      earned += credit.earned().amount_minor();
      ASSERT_THAT(credit.facts(), SizeIs(1));
      facts.push_back(credit.facts(0).source_event_id());
      for (const v1::Slice& slice : credit.slices()) {
        exact += slice.base().amount_minor() * slice.rate_ppm();
      }
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(credits, 250);
  EXPECT_EQ(earned, 400'000);
  EXPECT_EQ(exact, 400'000 * int64_t{1'000'000});
  EXPECT_EQ(std::set<std::string>(facts.begin(), facts.end()).size(), 250);
  request.set_name(statement.name() + "/lines/9");
  EXPECT_THAT(statements_.ExplainLine(Owner(), request), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(LedgerDbTest, LineThatTakesARemovedComponentBackExplainsItself) {
  const v1::Statement january = AnnsStatement();
  v1::PlanSpec other = Spec();
  other.mutable_components(0)->set_component_id("other");
  other.mutable_components(0)->mutable_commission()->mutable_tiers(0)->set_rate_ppm(20'000);
  const auto draft = CreateVersion(other);
  ASSERT_THAT(draft, IsOk());
  ASSERT_THAT(Publish(*draft, "2026-02-01"), IsOk());
  // The version of February has always been that of January.
  Execute("UPDATE plan_versions SET starts_day = starts_day - 31");
  ASSERT_THAT(Pay("2026-02"), IsOk());
  const v1::Statement statement = AnnsStatement("2026-02");
  ASSERT_THAT(statement.lines(), SizeIs(2));
  EXPECT_EQ(statement.lines(0).component_id(), "other");
  EXPECT_EQ(statement.lines(0).amount().amount_minor(), 500'000);
  ExpectTakenBack(statement.lines(1), january.lines(0));
}

TEST_F(LedgerDbTest, LineOfAMonthThatNoVersionPaysAnyMoreExplainsItself) {
  const v1::Statement january = AnnsStatement();
  Execute("UPDATE plan_versions SET ends_day = starts_day");
  ASSERT_THAT(Pay("2026-02"), IsOk());
  const v1::Statement statement = AnnsStatement("2026-02");
  ASSERT_THAT(statement.lines(), SizeIs(1));
  ExpectTakenBack(statement.lines(0), january.lines(0));
  EXPECT_EQ(statement.totals(0).overpaid_after().amount_minor(), 400'000);
  EXPECT_TRUE(Verify().balanced());
}

TEST_F(LedgerDbTest, MemberSeesOnlyTheirOwn) {
  const tenants::RequestContext bob = Own("bob");
  const auto listed = StatementsOf(bob);
  ASSERT_THAT(listed, IsOk());
  ASSERT_THAT(listed->statements(), SizeIs(1));
  EXPECT_EQ(listed->statements(0).member(), "tenants/acme/members/bob");
  const v1::Statement anns = AnnsStatement();
  EXPECT_THAT(GetStatement(anns.name(), Own("bob")), HasReason("RESOURCE_NOT_FOUND"));
  v1::ExplainLineRequest explain;
  explain.set_name(anns.lines(0).name());
  EXPECT_THAT(statements_.ExplainLine(Own("bob"), explain), HasReason("RESOURCE_NOT_FOUND"));
  v1::ListLedgerEntriesRequest entries;
  const auto own = ledger_.ListLedgerEntries(Own("bob"), entries);
  ASSERT_THAT(own, IsOk());
  EXPECT_THAT(own->ledger_entries(), SizeIs(2));
  entries.set_member("tenants/acme/members/ann");
  EXPECT_THAT(ledger_.ListLedgerEntries(Own("bob"), entries)->ledger_entries(), IsEmpty());
  v1::GetBalancesRequest balances;
  const auto of_bob = ledger_.GetBalances(Own("bob"), balances);
  ASSERT_THAT(of_bob, IsOk());
  EXPECT_THAT(of_bob->balances(), SizeIs(2));
  for (const v1::Balance& balance : of_bob->balances()) {
    EXPECT_EQ(balance.account().member(), "tenants/acme/members/bob");
  }
  balances.set_member("tenants/acme/members/ann");
  EXPECT_THAT(ledger_.GetBalances(Own("bob"), balances)->balances(), IsEmpty());
  // A member who is linked to nobody sees nothing.
  const tenants::RequestContext nobody = Context().Role(tenants::AccessRole::kMember).Build();
  EXPECT_THAT(StatementsOf(nobody)->statements(), IsEmpty());
}

TEST_F(LedgerDbTest, BalancesAddUpToTheCompanysExpense) {
  v1::GetBalancesRequest request;
  request.set_page_size(1);
  int64_t expense = 0;
  int64_t payable = 0;
  int pages = 0;
  do {
    const auto page = ledger_.GetBalances(Owner(), request);
    ASSERT_THAT(page, IsOk());
    for (const v1::Balance& balance : page->balances()) {
      if (balance.account().bucket() == v1::BUCKET_COMPANY_EXPENSE) {
        expense += balance.balance().amount_minor();
      }
      if (balance.account().bucket() == v1::BUCKET_PAYABLE) {
        payable += balance.balance().amount_minor();
      }
    }
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(expense, 450'000);
  EXPECT_EQ(payable, 450'000);
}

TEST_F(LedgerDbTest, EntriesArePagedInOrder) {
  v1::ListLedgerEntriesRequest request;
  request.set_page_size(3);
  const auto first = ledger_.ListLedgerEntries(Owner(), request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(first->ledger_entries(), SizeIs(3));
  EXPECT_EQ(first->ledger_entries(0).name(), "tenants/acme/ledgerEntries/1");
  EXPECT_EQ(first->ledger_entries(0).kind(), v1::LedgerEntry::KIND_LINE);
  EXPECT_THAT(first->ledger_entries(0).statement_line(), HasSubstr("/lines/1"));
  request.set_page_token(first->next_page_token());
  const auto second = ledger_.ListLedgerEntries(Owner(), request);
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(second->ledger_entries(), SizeIs(1));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(LedgerDbTest, VerifyFindsAChangedAmount) {
  EXPECT_THAT(Damage("UPDATE ledger_entries SET amount_minor = amount_minor + 1"),
              HasSubstr("totals are not those"));
}

TEST_F(LedgerDbTest, VerifyFindsAChangedStatement) {
  EXPECT_THAT(Damage("UPDATE statements SET content = CONCAT(content, 'x')"),
              HasSubstr("content and digest differ"));
}

TEST_F(LedgerDbTest, VerifyFindsAMissingEntry) {
  EXPECT_THAT(Damage("UPDATE ledger_heads SET entry_count = entry_count + 1"),
              HasSubstr("the head counts"));
}

}  // namespace
}  // namespace argosy::incentives
