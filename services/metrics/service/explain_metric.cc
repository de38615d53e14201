#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/service/channel_rows.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageDefault = 500;
constexpr int32_t kPageMax = 1000;

std::string FiltersOf(const v1::ExplainMetricRequest& request) {
  v1::ExplainMetricRequest filters = request;
  filters.clear_page_size();
  filters.clear_page_token();
  return filters.SerializeAsString();
}

v1::ExplainedFact ToProto(const base::TenantId& tenant, const FactBook& book,
                          const ExplainedFact& explained) {
  const RecordedFact& recorded = book.facts[explained.evidence];
  v1::ExplainedFact proto;
  proto.set_part(static_cast<v1::ExplainedPart>(explained.part));
  proto.set_fact(FactName(tenant, recorded.id));
  *proto.mutable_identity() = ToProto(recorded.fact.identity);
  proto.set_revision(recorded.fact.revision);
  proto.set_contribution(explained.contribution);
  proto.set_reason(std::string(explained.reason));
  return proto;
}

}  // namespace

absl::Status QueryService::CheckNamed(const tenants::RequestContext& ctx, Dimension dimension,
                                      const std::string& value) const {
  if (dimension == Dimension::kChannel) {
    ASSIGN_OR_RETURN(const base::ChannelId id, base::ChannelId::Parse(value));
    const auto find = [&](auto& reader) { return GetChannelRow(with_.channels, ctx, reader, id); };
    return with_.db.Read<Channel>(ctx, find).status();
  }
  if (dimension == Dimension::kCampaign) {
    ASSIGN_OR_RETURN(const base::CampaignId id, base::CampaignId::Parse(value));
    const auto find = [&](auto& reader) { return GetCampaignRow(with_.channels, ctx, reader, id); };
    return with_.db.Read<Campaign>(ctx, find).status();
  }
  return absl::OkStatus();
}

absl::Status QueryService::CheckCell(const tenants::RequestContext& ctx, const Question& question,
                                     const std::vector<std::string>& values) const {
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].empty()) continue;
    if (question.dimensions[i] != Dimension::kMember) {
      RETURN_IF_ERROR(CheckNamed(ctx, question.dimensions[i], values[i]));
    } else if (!question.audience.has_value()) {
      ASSIGN_OR_RETURN(const base::MemberId id, base::MemberId::Parse(values[i]));
      // That no fact is there holds as well while nobody can say whether the member is.
      absl::Status found =
          with_.people.GetAudience(ctx, id, base::LocalDay(ctx.now(), question.zone)).status();
      if (absl::IsNotFound(found)) return found;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::MetricExplanation> QueryService::ExplainMetric(
    const tenants::RequestContext& ctx, const v1::ExplainMetricRequest& request) {
  ASSIGN_OR_RETURN(Question question, ReadQuestion(ctx, request.scope()));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(const MetricDefinition* const metric, ParseMetric(request.metric()));
  const base::PageScope scope = PageScopeOf(ctx, FiltersOf(request));
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(Asked asked, key.empty() ? Settle(ctx, request.scope(), std::move(question))
                                            : Resume(key, std::move(question)));
  std::vector<std::string> values;
  for (int i = 0; i < request.cell_size(); ++i) {
    ASSIGN_OR_RETURN(std::string value,
                     ParseDimensionValue(request.cell(i), absl::StrCat("cell[", i, "].value")));
    values.push_back(std::move(value));
    asked.question.dimensions.push_back(static_cast<Dimension>(request.cell(i).dimension()));
  }
  RETURN_IF_ERROR(CheckQuestion(asked.question));
  ASSIGN_OR_RETURN(const RowStyle style, StyleOf(ctx, asked.question));
  ASSIGN_OR_RETURN(const FactBook book, ReadFor(ctx, asked, {metric}));
  ASSIGN_OR_RETURN(const Explanation explanation, Explain(book, asked.question, *metric, values));
  // Facts may name a member that nobody has made; what they say is told all the same.
  if (explanation.facts.empty()) RETURN_IF_ERROR(CheckCell(ctx, asked.question, values));
  v1::MetricExplanation response;
  ASSIGN_OR_RETURN(*response.mutable_row(), ToProto(style, explanation.row));
  const auto total = static_cast<int64_t>(explanation.facts.size());
  const int64_t end = std::min(total, asked.done + size);
  for (int64_t i = asked.done; i < end; ++i) {
    *response.add_facts() = ToProto(style.tenant, book, explanation.facts[static_cast<size_t>(i)]);
  }
  if (end < total) response.set_next_page_token(with_.pages.Seal(scope, ResumptionKey(asked, end)));
  *response.mutable_as_of() = ToProto(asked.knowledge.as_of);
  response.set_knowledge_seq(asked.knowledge.head.sequence);
  return response;
}

}  // namespace argosy::metrics
