#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "services/metrics/service/channel_rows.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/service/reach.h"

namespace argosy::metrics {
namespace {

constexpr uint8_t kKeyVersion = 2;

}  // namespace

absl::StatusOr<Question> QueryService::ReadQuestion(const tenants::RequestContext& ctx,
                                                    const v1::QueryScope& scope) const {
  // May they ask, before: is it a question.
  ASSIGN_OR_RETURN(std::optional<Audience> audience, ReadAudience(ctx, with_.people));
  ASSIGN_OR_RETURN(Question question, ParseScope(ctx, scope));
  question.audience = std::move(audience);
  RETURN_IF_ERROR(CheckQuestion(question));
  RETURN_IF_ERROR(CheckChannels(ctx, question));
  return question;
}

absl::Status QueryService::CheckChannels(const tenants::RequestContext& ctx,
                                         const Question& question) const {
  if (question.channels.empty()) return absl::OkStatus();
  // In one order, so that of two unknown ones always the same is named.
  const std::set<base::ChannelId> asked(question.channels.begin(), question.channels.end());
  const auto find = [&](tenants::TenantReader& reader) -> absl::StatusOr<bool> {
    for (const base::ChannelId& id : asked) {
      RETURN_IF_ERROR(GetChannelRow(with_.channels, ctx, reader, id).status());
    }
    return true;
  };
  return with_.db.Read<bool>(ctx, find).status();
}

absl::StatusOr<QueryService::Asked> QueryService::Settle(const tenants::RequestContext& ctx,
                                                         const v1::QueryScope& scope,
                                                         Question question) const {
  Asked asked{.question = std::move(question)};
  ASSIGN_OR_RETURN(const AskedKnowledge knowledge, ParseAskedKnowledge(scope));
  ASSIGN_OR_RETURN(asked.knowledge, knowledge_.Settle(ctx, knowledge));
  ASSIGN_OR_RETURN(asked.question.cut, ParseCut(scope, asked.knowledge, asked.question.zone));
  // Not at the next batch, up to which a sequence holds: the answer would change as time passes.
  asked.question.known_until = std::max(asked.knowledge.as_of, asked.question.cut);
  return asked;
}

absl::StatusOr<QueryService::Asked> QueryService::Ask(const tenants::RequestContext& ctx,
                                                      const v1::QueryScope& scope) const {
  ASSIGN_OR_RETURN(Question question, ReadQuestion(ctx, scope));
  return Settle(ctx, scope, std::move(question));
}

absl::StatusOr<QueryService::Asked> QueryService::Resume(absl::string_view key, Question question) {
  Asked asked{.question = std::move(question)};
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(key, kKeyVersion));
  ASSIGN_OR_RETURN(asked.knowledge.head.sequence, reader.Int());
  ASSIGN_OR_RETURN(const int64_t as_of_us, reader.Int());
  asked.knowledge.as_of = base::FromMicros(as_of_us);
  ASSIGN_OR_RETURN(const int64_t cut_us, reader.Int());
  asked.question.cut = base::FromMicros(cut_us);
  ASSIGN_OR_RETURN(const int64_t known_until_us, reader.Int());
  asked.question.known_until = base::FromMicros(known_until_us);
  ASSIGN_OR_RETURN(asked.done, reader.Int());
  return asked;
}

std::string QueryService::ResumptionKey(const Asked& asked, int64_t done) {
  base::ByteWriter writer(kKeyVersion);
  writer.Int(asked.knowledge.head.sequence).Int(base::ToMicros(asked.knowledge.as_of));
  writer.Int(base::ToMicros(asked.question.cut));
  writer.Int(base::ToMicros(asked.question.known_until)).Int(done);
  return writer.bytes();
}

absl::StatusOr<RowStyle> QueryService::StyleOf(const tenants::RequestContext& ctx,
                                               const Question& question) const {
  RowStyle style{.tenant = ctx.tenant().tenant_id(), .dimensions = question.dimensions};
  ASSIGN_OR_RETURN(style.currency, base::Currency::Parse(ctx.tenant().reporting_currency()));
  return style;
}

absl::StatusOr<FactBook> QueryService::ReadFor(
    const tenants::RequestContext& ctx, const Asked& asked,
    absl::Span<const MetricDefinition* const> metrics) const {
  return books_.Read(ctx, asked.question, KindsFor(MeasuresOf(metrics)),
                     asked.knowledge.head.sequence);
}

}  // namespace argosy::metrics
