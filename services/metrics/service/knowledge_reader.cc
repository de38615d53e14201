#include "services/metrics/service/knowledge_reader.h"

#include <algorithm>

#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::metrics {

using tenants::RequestContext;
using tenants::TenantReader;

absl::StatusOr<SettledKnowledge> KnowledgeReader::Settle(const RequestContext& ctx,
                                                         const AskedKnowledge& asked) const {
  if (asked.as_of.has_value() && asked.knowledge_seq != 0) {
    return base::FieldInvalid("knowledge_seq", "does not go with as_of");
  }
  if (asked.knowledge_seq != 0) return SettleSequence(ctx, asked.knowledge_seq);
  return asked.as_of.has_value() ? SettleTime(ctx, *asked.as_of) : SettleNow(ctx);
}

absl::StatusOr<KnowledgeHead> KnowledgeReader::AwaitHead(const RequestContext& ctx) const {
  // A transaction of its own: its snapshot is older than what it waits for.
  return with_.db.Read<KnowledgeHead>(
      ctx, [&](TenantReader& reader) { return with_.knowledge.AwaitHead(reader); });
}

absl::StatusOr<SettledKnowledge> KnowledgeReader::SettleNow(const RequestContext& ctx) const {
  // The clock is read before the wait, so that every later batch is recorded after it.
  const absl::Time now = with_.clock.Now();
  ASSIGN_OR_RETURN(const KnowledgeHead head, AwaitHead(ctx));
  const absl::Time as_of = std::max(now - absl::Microseconds(1), head.recorded_at);
  return SettledKnowledge{.as_of = as_of, .head = head, .holds_until = as_of};
}

absl::StatusOr<SettledKnowledge> KnowledgeReader::SettleTime(const RequestContext& ctx,
                                                             absl::Time as_of) const {
  const absl::Time now = with_.clock.Now();
  ASSIGN_OR_RETURN(const KnowledgeHead head, AwaitHead(ctx));
  RETURN_IF_ERROR(CheckAsOf(as_of, head, now));
  if (head.recorded_at <= as_of) {
    return SettledKnowledge{.as_of = as_of, .head = head, .holds_until = as_of};
  }
  ASSIGN_OR_RETURN(const KnowledgeHead known,
                   with_.db.Read<KnowledgeHead>(ctx, [&](TenantReader& reader) {
                     return with_.knowledge.FindByTime(reader, as_of);
                   }));
  return SettledKnowledge{.as_of = as_of, .head = known, .holds_until = as_of};
}

absl::StatusOr<SettledKnowledge> KnowledgeReader::SettleSequence(const RequestContext& ctx,
                                                                 int64_t sequence) const {
  const absl::Time now = with_.clock.Now();
  return with_.db.Read<SettledKnowledge>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<SettledKnowledge> {
        ASSIGN_OR_RETURN(const std::optional<KnowledgeHead> head,
                         with_.knowledge.FindBySequence(reader, sequence));
        if (!head.has_value()) return base::FieldInvalid("knowledge_seq", "is not known yet");
        ASSIGN_OR_RETURN(const std::optional<KnowledgeHead> next,
                         with_.knowledge.FindBySequence(reader, sequence + 1));
        const absl::Time until = next.has_value() ? next->recorded_at - absl::Microseconds(1) : now;
        return SettledKnowledge{.as_of = head->recorded_at,
                                .head = *head,
                                .holds_until = std::max(until, head->recorded_at)};
      });
}

}  // namespace argosy::metrics
