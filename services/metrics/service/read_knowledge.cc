#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/watermark.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageMax = 1000;
constexpr uint8_t kKeyVersion = 1;

// The instant a request asks about.
template <typename Request>
absl::StatusOr<AskedKnowledge> AskedOf(const Request& request) {
  AskedKnowledge asked;
  if (request.has_as_of()) {
    ASSIGN_OR_RETURN(asked.as_of, ParseInstant(request.as_of(), "as_of"));
  }
  return asked;
}

}  // namespace

absl::StatusOr<v1::Knowledge> FactService::ResolveKnowledge(
    const tenants::RequestContext& ctx, const v1::ResolveKnowledgeRequest& request) {
  ASSIGN_OR_RETURN(const AskedKnowledge asked, AskedOf(request));
  ASSIGN_OR_RETURN(const SettledKnowledge settled, knowledge_.Settle(ctx, asked));
  v1::Knowledge knowledge;
  *knowledge.mutable_as_of() = ToProto(settled.as_of);
  knowledge.set_knowledge_seq(settled.head.sequence);
  if (settled.head.sequence > 0) {
    *knowledge.mutable_recorded_at() = ToProto(settled.head.recorded_at);
  }
  return knowledge;
}

absl::StatusOr<v1::Watermark> FactService::GetWatermark(const tenants::RequestContext& ctx,
                                                        const v1::GetWatermarkRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageMax, kPageMax));
  ASSIGN_OR_RETURN(AskedKnowledge asked, AskedOf(request));
  ASSIGN_OR_RETURN(const absl::TimeZone zone,
                   base::ParseTimeZone(ctx.tenant().reporting_time_zone()));
  const base::PageScope scope = PageScopeOf(ctx, request.as_of().SerializeAsString());
  ASSIGN_OR_RETURN(const std::string token, with_.pages.Open(scope, request.page_token()));
  std::string after;
  if (!token.empty()) {
    ASSIGN_OR_RETURN(base::ByteReader key, base::ByteReader::Open(token, kKeyVersion));
    ASSIGN_OR_RETURN(const int64_t as_of_us, key.Int());
    asked.as_of = base::FromMicros(as_of_us);
    ASSIGN_OR_RETURN(after, key.Text());
  }
  ASSIGN_OR_RETURN(const SettledKnowledge settled, knowledge_.Settle(ctx, asked));
  ASSIGN_OR_RETURN(
      const std::vector<ProgressMark> marks,
      with_.db.Read<std::vector<ProgressMark>>(ctx, [&](tenants::TenantReader& reader) {
        return with_.knowledge.ListProgress(reader, settled.head.sequence);
      }));
  v1::Watermark watermark;
  for (const SourceProgress& progress : ProgressOf(marks, zone, settled.as_of)) {
    if (progress.source <= after) continue;
    if (watermark.sources_size() == size) {
      base::ByteWriter key(kKeyVersion);
      key.Int(base::ToMicros(settled.as_of)).Text(watermark.sources(size - 1).source());
      watermark.set_next_page_token(with_.pages.Seal(scope, key.bytes()));
      break;
    }
    v1::SourceWatermark& source = *watermark.add_sources();
    source.set_source(progress.source);
    for (const FactKind kind : progress.kinds) {
      source.add_kinds(static_cast<v1::FactKind>(kind));
    }
    *source.mutable_complete_through() = ToProto(progress.complete_through);
    source.set_declared(progress.declared);
  }
  *watermark.mutable_as_of() = ToProto(settled.as_of);
  watermark.set_knowledge_seq(settled.head.sequence);
  return watermark;
}

}  // namespace argosy::metrics
