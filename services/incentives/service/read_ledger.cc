#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/crypto.h"
#include "base/money.h"
#include "base/status_macros.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/ledger_service.h"

namespace argosy::incentives {
namespace {

// Rows read with one statement while the ledger is verified; a statement's content may be long.
constexpr int64_t kEntriesPerRead = 5'000;
constexpr int64_t kStatementsPerRead = 200;

absl::StatusOr<std::optional<base::MemberId>> ParseMember(absl::string_view name) {
  if (name.empty()) return std::optional<base::MemberId>();
  ASSIGN_OR_RETURN(base::MemberId member, ParseMemberName("member", name));
  return std::optional<base::MemberId>(std::move(member));
}

// Debits raise what is a claim or a cost, credits what is owed to a payee.
bool DebitRaises(Bucket bucket) {
  return bucket == Bucket::kCompanyExpense || bucket == Bucket::kOverpaid;
}

absl::Status AddBalances(const Names& names, const SumsByAccount& sums,
                         v1::GetBalancesResponse& response) {
  for (const auto& [key, sum] : sums) {
    ASSIGN_OR_RETURN(const int64_t debits, base::CheckedNarrow(sum.debits));
    ASSIGN_OR_RETURN(const int64_t credits, base::CheckedNarrow(sum.credits));
    v1::Balance& balance = *response.add_balances();
    *balance.mutable_account() = ToProto(names, key.first);
    *balance.mutable_debits() = ToProto(base::Money{debits, key.second});
    *balance.mutable_credits() = ToProto(base::Money{credits, key.second});
    const int64_t net = DebitRaises(key.first.bucket) ? debits - credits : credits - debits;
    *balance.mutable_balance() = ToProto(base::Money{net, key.second});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListLedgerEntriesResponse> LedgerService::ListLedgerEntries(
    const tenants::RequestContext& ctx, const v1::ListLedgerEntriesRequest& request) {
  ASSIGN_OR_RETURN(const auto asked, ParseMember(request.member()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, request.member()));
  int64_t after = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) {
    return base::PageTokenInvalid();
  }
  const MemberScope scope = NarrowTo(SightOf(ctx), asked);
  if (scope.nobody) return v1::ListLedgerEntriesResponse();
  ASSIGN_OR_RETURN(std::vector<LedgerEntry> entries,
                   with_.db.Read<std::vector<LedgerEntry>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.ledger_store.ListEntries(reader, scope.member, after,
                                                           page.size + 1);
                   }));
  v1::ListLedgerEntriesResponse response;
  if (entries.size() > static_cast<size_t>(page.size)) {
    entries.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, absl::StrCat(entries.back().seq)));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const LedgerEntry& entry : entries) *response.add_ledger_entries() = ToProto(names, entry);
  return response;
}

absl::StatusOr<v1::GetBalancesResponse> LedgerService::GetBalances(
    const tenants::RequestContext& ctx, const v1::GetBalancesRequest& request) {
  ASSIGN_OR_RETURN(const auto asked, ParseMember(request.member()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, request.member()));
  const MemberScope scope = NarrowTo(SightOf(ctx), asked);
  if (scope.nobody) return v1::GetBalancesResponse();
  return with_.db.Read<v1::GetBalancesResponse>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::GetBalancesResponse> {
        const Names names(ctx.tenant().tenant_id());
        const LedgerStore& store = with_.ledger_store;
        v1::GetBalancesResponse response;
        if (scope.member) {
          ASSIGN_OR_RETURN(const SumsByAccount own,
                           store.ListMemberSums(reader, *scope.member, *scope.member));
          RETURN_IF_ERROR(AddBalances(names, own, response));
          return response;
        }
        if (page.after.empty()) {
          ASSIGN_OR_RETURN(const SumsByAccount company, store.ListCompanySums(reader));
          RETURN_IF_ERROR(AddBalances(names, company, response));
        }
        ASSIGN_OR_RETURN(std::vector<base::MemberId> members,
                         store.ListMembers(reader, page.after, page.size + 1));
        if (members.size() > static_cast<size_t>(page.size)) {
          members.pop_back();
          response.set_next_page_token(with_.pages.Seal(page.scope, members.back().text()));
        }
        if (members.empty()) return response;
        ASSIGN_OR_RETURN(const SumsByAccount sums,
                         store.ListMemberSums(reader, members.front(), members.back()));
        RETURN_IF_ERROR(AddBalances(names, sums, response));
        return response;
      });
}

absl::Status LedgerService::FeedAll(tenants::TenantReader& reader, LedgerCheck& check) const {
  int64_t seq = 0;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<LedgerEntry> entries,
                     with_.ledger_store.ListEntries(reader, std::nullopt, seq, kEntriesPerRead));
    if (entries.empty()) break;
    for (const LedgerEntry& entry : entries) check.AddEntry(entry);
    seq = entries.back().seq;
  }
  StatementUid uid;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<Statement> statements,
                     with_.ledger_store.ScanStatements(reader, uid, kStatementsPerRead));
    if (statements.empty()) return absl::OkStatus();
    for (const Statement& statement : statements) {
      check.AddStatement({.uid = statement.uid,
                          .member = statement.member,
                          .totals = statement.totals,
                          .digest_holds = base::Sha256(statement.content) == statement.digest});
    }
    uid = statements.back().uid;
  }
}

absl::StatusOr<v1::VerifyLedgerResponse> LedgerService::VerifyLedger(
    const tenants::RequestContext& ctx, const v1::VerifyLedgerRequest& /*request*/) {
  return with_.db.Read<v1::VerifyLedgerResponse>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::VerifyLedgerResponse> {
        LedgerCheck check;
        ASSIGN_OR_RETURN(const LedgerHead head, with_.ledger_store.FindHead(reader));
        RETURN_IF_ERROR(FeedAll(reader, check));
        check.Finish(head.entry_count);
        v1::VerifyLedgerResponse response;
        response.set_balanced(check.faults().empty());
        response.set_entry_count(check.entries());
        response.set_statement_count(check.statements());
        for (const auto& [currency, sum] : check.debits()) {
          ASSIGN_OR_RETURN(const int64_t minor, base::CheckedNarrow(sum));
          *response.add_debit_totals() = ToProto(base::Money{minor, currency});
        }
        for (const std::string& fault : check.faults()) response.add_faults(fault);
        return response;
      });
}

}  // namespace argosy::incentives
