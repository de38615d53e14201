#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/statement_service.h"

namespace argosy::incentives {
namespace {

// Where a page of credits begins: chunks are counted from 1. A page never crosses a chunk, so what
// one answer holds is bounded by a chunk's bytes.
struct Place {
  int64_t chunk = 1;
  int64_t offset = 0;
  int64_t passed = 0;  // credits before this place
};

absl::StatusOr<Place> ParsePlace(const std::string& key) {
  Place place;
  if (key.empty()) return place;
  const std::vector<std::string> parts = absl::StrSplit(key, ',');
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &place.chunk) ||
      !absl::SimpleAtoi(parts[1], &place.offset) || !absl::SimpleAtoi(parts[2], &place.passed)) {
    return base::PageTokenInvalid();
  }
  return place;
}

const Component* FindComponent(const PlanSpec& spec, const ComponentId& id) {
  for (const Component& component : spec.components) {
    if (component.id == id) return &component;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<StatementService::CreditPage> StatementService::ReadCredits(
    const tenants::RequestContext& ctx, tenants::TenantReader& reader,
    const StatementLineName& name, const PageAsked& page) const {
  ASSIGN_OR_RETURN(Place place, ParsePlace(page.after));
  ASSIGN_OR_RETURN(const Statement statement, Get(ctx, reader, name.statement));
  ASSIGN_OR_RETURN(
      std::vector<StoredLine> lines,
      with_.run_store.ListPayeeLines(reader, statement.run, statement.member, name.line - 1, 1));
  if (lines.empty() || lines[0].payee_line_no != name.line) {
    return ResourceNotFound(
        "argosy.dev/StatementLine",
        Names(ctx.tenant().tenant_id()).StatementLine(name.statement, name.line));
  }
  CreditPage result{.line = std::move(lines[0])};
  using LineEntries = std::map<int64_t, int64_t>;
  ASSIGN_OR_RETURN(const LineEntries entries,
                   with_.ledger_store.ListLineEntries(reader, name.statement));
  if (const auto entry = entries.find(name.line); entry != entries.end()) {
    result.ledger_entry = entry->second;
  }
  ASSIGN_OR_RETURN(const auto version,
                   with_.plan_store.FindVersion(reader, result.line.line.version));
  const Component* component =
      version ? FindComponent(version->spec, result.line.line.key.component) : nullptr;
  if (component == nullptr) return LedgerImbalance("the plan version of a line is gone");
  result.component = *component;
  ASSIGN_OR_RETURN(const auto chunk, with_.run_store.FindCredits(reader, statement.run,
                                                                 result.line.line_no, place.chunk));
  if (!chunk) return result;
  ASSIGN_OR_RETURN(std::vector<Credit> credits, ParseCreditChunk(chunk->bytes));
  const int64_t count = static_cast<int64_t>(credits.size());
  const int64_t begin = std::clamp<int64_t>(place.offset, 0, count);
  const int64_t end = std::min<int64_t>(begin + page.size, count);
  result.credits.assign(credits.begin() + begin, credits.begin() + end);
  place.passed += end - begin;
  place.offset = end == count ? 0 : end;
  place.chunk += end == count ? 1 : 0;
  if (place.passed < result.line.line.credit_count) {
    result.next = absl::StrCat(place.chunk, ",", place.offset, ",", place.passed);
  }
  return result;
}

absl::StatusOr<v1::ExplainLineResponse> StatementService::ExplainLine(
    const tenants::RequestContext& ctx, const v1::ExplainLineRequest& request) {
  ASSIGN_OR_RETURN(const StatementLineName name, ParseStatementLineName(request.name()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, request.name()));
  ASSIGN_OR_RETURN(const CreditPage read,
                   with_.db.Read<CreditPage>(ctx, [&](tenants::TenantReader& reader) {
                     return ReadCredits(ctx, reader, name, page);
                   }));
  const Names names(ctx.tenant().tenant_id());
  v1::ExplainLineResponse response;
  *response.mutable_line() = ToStatementLine(names, name.statement, read.line);
  if (read.ledger_entry > 0) {
    response.mutable_line()->set_ledger_entry(names.LedgerEntry(read.ledger_entry));
  }
  response.set_component_display_name(read.component.display_name);
  for (const Credit& credit : read.credits) {
    *response.add_credits() =
        ToProto(credit, read.component.commission.table, read.line.line.currency);
  }
  if (!read.next.empty()) {
    response.set_next_page_token(with_.pages.Seal(page.scope, read.next));
  }
  return response;
}

}  // namespace argosy::incentives
