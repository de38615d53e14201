#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/reach.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageDefault = 500;
constexpr int32_t kPageMax = 1000;
constexpr uint8_t kKeyVersion = 1;

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
  ASSIGN_OR_RETURN(const std::optional<Audience> audience, ReadAudience(ctx, with_.people));
  ASSIGN_OR_RETURN(const FactId id, ParseAskedFact(request));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, id.ToBytes());
  ASSIGN_OR_RETURN(const std::string token, with_.pages.Open(scope, request.page_token()));
  int64_t after = 0;
  if (!token.empty()) {
    ASSIGN_OR_RETURN(base::ByteReader key, base::ByteReader::Open(token, kKeyVersion));
    ASSIGN_OR_RETURN(after, key.Int());
  }
  const auto read =
      [&](tenants::TenantReader& reader) -> absl::StatusOr<std::vector<RecordedFact>> {
    std::vector<RecordedFact> seen;
    int64_t last = after;
    while (true) {
      ASSIGN_OR_RETURN(std::vector<RecordedFact> some, with_.facts.History(reader, id, last));
      for (RecordedFact& revision : some) {
        last = revision.fact.revision;
        // A fact credited anew to another is no longer, and was not yet, the business of this one.
        if (audience.has_value() && !audience->Sees(revision.fact.attribution)) continue;
        seen.push_back(std::move(revision));
        if (seen.size() > static_cast<size_t>(size)) return seen;
      }
      if (static_cast<int64_t>(some.size()) < FactStore::kHistoryRows) return seen;
    }
  };
  ASSIGN_OR_RETURN(std::vector<RecordedFact> revisions,
                   with_.db.Read<std::vector<RecordedFact>>(ctx, read));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  v1::FactHistory history;
  history.set_name(FactName(tenant, id));
  if (revisions.size() > static_cast<size_t>(size)) {
    revisions.pop_back();
    base::ByteWriter key(kKeyVersion);
    key.Int(revisions.back().fact.revision);
    history.set_next_page_token(with_.pages.Seal(scope, key.bytes()));
  }
  for (const RecordedFact& revision : revisions) {
    *history.add_revisions() = ToProto(tenant, revision);
  }
  if (history.revisions().empty()) return NounNotFound("argosy.dev/Fact", history.name());
  return history;
}

}  // namespace argosy::metrics
