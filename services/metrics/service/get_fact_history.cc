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

std::string WriteKey(int64_t revision) {
  base::ByteWriter writer(kKeyVersion);
  writer.Int(revision);
  return writer.bytes();
}

// The last revision shown; 0 before the first page.
absl::StatusOr<int64_t> ReadKey(absl::string_view bytes) {
  if (bytes.empty()) return 0;
  ASSIGN_OR_RETURN(base::ByteReader key, base::ByteReader::Open(bytes, kKeyVersion));
  return key.Int();
}

// A fact's revisions after one, oldest first, as far as an audience sees them.
struct HistoryRange {
  FactId id;
  int64_t after = 0;
  std::optional<Audience> audience;

  // A fact credited anew to another is no longer, and was not yet, the business of this one.
  bool Sees(const RecordedFact& revision) const {
    return !audience.has_value() || audience->Sees(revision.fact.attribution);
  }
};

// The first `wanted` revisions of `range`, or all when there are fewer.
absl::StatusOr<std::vector<RecordedFact>> ReadSeen(const FactStore& facts,
                                                   tenants::TenantReader& reader,
                                                   const HistoryRange& range, size_t wanted) {
  std::vector<RecordedFact> seen;
  int64_t last = range.after;
  bool is_end = false;
  while (!is_end) {
    ASSIGN_OR_RETURN(std::vector<RecordedFact> some, facts.History(reader, range.id, last));
    is_end = static_cast<int64_t>(some.size()) < FactStore::kHistoryRows;
    for (RecordedFact& revision : some) {
      last = revision.fact.revision;
      if (!range.Sees(revision)) continue;
      seen.push_back(std::move(revision));
      if (seen.size() == wanted) return seen;
    }
  }
  return seen;
}

}  // namespace

absl::StatusOr<v1::FactHistory> FactService::GetFactHistory(
    const tenants::RequestContext& ctx, const v1::GetFactHistoryRequest& request) {
  HistoryRange range;
  ASSIGN_OR_RETURN(range.audience, ReadAudience(ctx, with_.people));
  ASSIGN_OR_RETURN(range.id, ParseAskedFact(request));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, range.id.ToBytes());
  ASSIGN_OR_RETURN(const std::string token, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(range.after, ReadKey(token));
  const size_t page = static_cast<size_t>(size);
  const auto read = [&](tenants::TenantReader& reader) {
    return ReadSeen(with_.facts, reader, range, page + 1);
  };
  ASSIGN_OR_RETURN(std::vector<RecordedFact> revisions,
                   with_.db.Read<std::vector<RecordedFact>>(ctx, read));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  v1::FactHistory history;
  history.set_name(FactName(tenant, range.id));
  if (revisions.empty()) return NounNotFound("argosy.dev/Fact", history.name());
  if (revisions.size() > page) {
    revisions.pop_back();
    history.set_next_page_token(with_.pages.Seal(scope, WriteKey(revisions.back().fact.revision)));
  }
  for (const RecordedFact& revision : revisions) {
    *history.add_revisions() = ToProto(tenant, revision);
  }
  return history;
}

}  // namespace argosy::metrics
