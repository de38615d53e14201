#include <utility>
#include <vector>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/reach.h"

namespace argosy::metrics {
namespace {

absl::StatusOr<FactId> ParseAskedFact(const v1::GetFactHistoryRequest& request) {
  if (request.has_identity() != request.fact().empty()) {
    return base::FieldInvalid("identity", "exactly one of identity and fact is required");
  }
  if (!request.fact().empty()) return ParseFactName(request.fact(), "fact");
  const FactIdentity identity = ParseReference(request.identity());
  if (const auto problem = CheckIdentity(identity, "identity")) {
    return base::FieldInvalid(problem->field, problem->description);
  }
  return FactIdOf(identity);
}

}  // namespace

absl::StatusOr<v1::FactHistory> FactService::GetFactHistory(
    const tenants::RequestContext& ctx, const v1::GetFactHistoryRequest& request) {
  ASSIGN_OR_RETURN(const FactId id, ParseAskedFact(request));
  ASSIGN_OR_RETURN(const std::optional<Audience> audience, ReadAudience(ctx, with_.people));
  ASSIGN_OR_RETURN(
      const std::vector<RecordedFact> revisions,
      with_.db.Read<std::vector<RecordedFact>>(
          ctx, [&](tenants::TenantReader& reader) { return with_.facts.History(reader, id); }));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  v1::FactHistory history;
  history.set_name(FactName(tenant, id));
  for (const RecordedFact& revision : revisions) {
    // A fact credited anew to another is no longer, and was not yet, the business of this one.
    if (audience.has_value() && !audience->Sees(revision.fact.attribution)) continue;
    *history.add_revisions() = ToProto(tenant, revision);
  }
  if (history.revisions().empty()) return NounNotFound("argosy.dev/Fact", history.name());
  return history;
}

}  // namespace argosy::metrics
