#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/statement_service.h"

namespace argosy::incentives {

absl::StatusOr<Statement> StatementService::Get(const tenants::RequestContext& ctx,
                                                tenants::TenantReader& reader,
                                                const StatementUid& uid) const {
  ASSIGN_OR_RETURN(auto statement, with_.ledger_store.FindStatement(reader, uid));
  if (!statement || !SightOf(ctx).Covers(statement->member)) {
    return ResourceNotFound("argosy.dev/Statement", Names(ctx.tenant().tenant_id()).Statement(uid));
  }
  return *std::move(statement);
}

absl::StatusOr<v1::ListStatementsResponse> StatementService::ListStatements(
    const tenants::RequestContext& ctx, const v1::ListStatementsRequest& request) {
  StatementFilter filter;
  if (!request.run().empty()) {
    ASSIGN_OR_RETURN(filter.run, ParseRunName("run", request.run()));
  }
  if (!request.member().empty()) {
    ASSIGN_OR_RETURN(filter.member, ParseMemberName("member", request.member()));
  }
  ASSIGN_OR_RETURN(
      const PageAsked page,
      OpenPage(with_, ctx, request, absl::StrCat(request.run(), "\n", request.member())));
  const MemberScope scope = NarrowTo(SightOf(ctx), filter.member);
  if (scope.nobody) return v1::ListStatementsResponse();
  filter.member = scope.member;
  ASSIGN_OR_RETURN(const base::Uuid highest, base::Uuid::FromBytes(std::string(16, '\xff')));
  StatementUid before(highest);
  if (!page.after.empty()) {
    ASSIGN_OR_RETURN(before, StatementUid::Parse(page.after));
  }
  ASSIGN_OR_RETURN(std::vector<Statement> statements,
                   with_.db.Read<std::vector<Statement>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.ledger_store.ListStatements(reader, filter, before,
                                                              page.size + 1);
                   }));
  v1::ListStatementsResponse response;
  if (statements.size() > static_cast<size_t>(page.size)) {
    statements.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, statements.back().uid.ToString()));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const Statement& statement : statements) {
    *response.add_statements() = ToProto(names, statement);
  }
  return response;
}

absl::StatusOr<v1::Statement> StatementService::GetStatement(
    const tenants::RequestContext& ctx, const v1::GetStatementRequest& request) {
  ASSIGN_OR_RETURN(const StatementUid uid, ParseStatementName(request.name()));
  return with_.db.Read<v1::Statement>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::Statement> {
        ASSIGN_OR_RETURN(const Statement statement, Get(ctx, reader, uid));
        ASSIGN_OR_RETURN(const std::vector<StoredLine> lines,
                         with_.run_store.ListPayeeLines(
                             reader, statement.run, statement.member, 0,
                             static_cast<int64_t>(CalculationInputs::kLinesPerPayeeMax)));
        using LineEntries = std::map<int64_t, int64_t>;
        ASSIGN_OR_RETURN(const LineEntries entries,
                         with_.ledger_store.ListLineEntries(reader, uid));
        const Names names(ctx.tenant().tenant_id());
        v1::Statement proto = ToProto(names, statement);
        for (const StoredLine& line : lines) {
          v1::StatementLine& added = *proto.add_lines();
          added = ToStatementLine(names, uid, line);
          const auto entry = entries.find(line.payee_line_no);
          if (entry != entries.end()) added.set_ledger_entry(names.LedgerEntry(entry->second));
        }
        return proto;
      });
}

}  // namespace argosy::incentives
