#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/run_service.h"

namespace argosy::incentives {
namespace {

// Lines read with one statement while a run is locked.
constexpr int64_t kLinesPerRead = 5'000;

}  // namespace

absl::StatusOr<Run> RunService::Get(const tenants::RequestContext& ctx,
                                    tenants::TenantReader& reader, const RunUid& uid) const {
  ASSIGN_OR_RETURN(auto run, with_.run_store.Find(reader, uid));
  if (!run) return ResourceNotFound("argosy.dev/Run", Names(ctx.tenant().tenant_id()).Run(uid));
  return *std::move(run);
}

absl::StatusOr<std::vector<RunLine>> RunService::ListAllLines(tenants::TenantReader& reader,
                                                              const Run& run) const {
  std::vector<RunLine> lines;
  while (static_cast<int64_t>(lines.size()) < run.line_count) {
    ASSIGN_OR_RETURN(const std::vector<StoredLine> page,
                     with_.run_store.ListLines(reader, run.uid, static_cast<int64_t>(lines.size()),
                                               kLinesPerRead));
    if (page.empty()) return LedgerImbalance("lines of the run are gone");
    for (const StoredLine& stored : page) lines.push_back(stored.line);
  }
  return lines;
}

absl::StatusOr<v1::Run> RunService::GetRun(const tenants::RequestContext& ctx,
                                           const v1::GetRunRequest& request) {
  ASSIGN_OR_RETURN(const RunUid uid, ParseRunName("name", request.name()));
  return with_.db.Read<v1::Run>(ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::Run> {
    ASSIGN_OR_RETURN(const Run run, Get(ctx, reader, uid));
    return ToProto(Names(ctx.tenant().tenant_id()), run);
  });
}

absl::StatusOr<v1::ListRunsResponse> RunService::ListRuns(const tenants::RequestContext& ctx,
                                                          const v1::ListRunsRequest& request) {
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, ""));
  // Newest first: the first page begins below the highest id there can be.
  ASSIGN_OR_RETURN(const base::Uuid highest, base::Uuid::FromBytes(std::string(16, '\xff')));
  RunUid before(highest);
  if (!page.after.empty()) {
    ASSIGN_OR_RETURN(before, RunUid::Parse(page.after));
  }
  ASSIGN_OR_RETURN(std::vector<Run> runs,
                   with_.db.Read<std::vector<Run>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.run_store.List(reader, before, page.size + 1);
                   }));
  v1::ListRunsResponse response;
  if (runs.size() > static_cast<size_t>(page.size)) {
    runs.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, runs.back().uid.ToString()));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const Run& run : runs) {
    v1::Run& listed = *response.add_runs();
    listed = ToProto(names, run);
    // A page of runs that name every fact would outgrow a message.
    for (v1::ExcludedFacts& facts : *listed.mutable_excluded_facts()) facts.clear_earliest();
  }
  return response;
}

absl::StatusOr<v1::ListRunLinesResponse> RunService::ListRunLines(
    const tenants::RequestContext& ctx, const v1::ListRunLinesRequest& request) {
  ASSIGN_OR_RETURN(const RunUid uid, ParseRunName("parent", request.parent()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, uid.ToString()));
  int64_t after = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) {
    return base::PageTokenInvalid();
  }
  ASSIGN_OR_RETURN(
      std::vector<StoredLine> lines,
      with_.db.Read<std::vector<StoredLine>>(
          ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<std::vector<StoredLine>> {
            RETURN_IF_ERROR(Get(ctx, reader, uid).status());
            return with_.run_store.ListLines(reader, uid, after, page.size + 1);
          }));
  v1::ListRunLinesResponse response;
  if (lines.size() > static_cast<size_t>(page.size)) {
    lines.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, absl::StrCat(lines.back().line_no)));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const StoredLine& line : lines) *response.add_run_lines() = ToProto(names, uid, line);
  return response;
}

}  // namespace argosy::incentives
