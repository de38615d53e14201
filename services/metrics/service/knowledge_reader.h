// Which state of knowledge a call asks for.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_KNOWLEDGE_READER_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_KNOWLEDGE_READER_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/metrics/domain/ingest.h"
#include "services/metrics/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

struct AskedKnowledge {
  std::optional<absl::Time> as_of;
  int64_t knowledge_seq = 0;  // 0: not asked by sequence
};

// A state of knowledge that no later batch can change.
struct SettledKnowledge {
  absl::Time as_of;
  KnowledgeHead head;  // sequence 0: nothing was known
  // Nothing else became known up to here; never before as_of.
  absl::Time holds_until = absl::InfinitePast();
};

// Thread-safe as far as its collaborators are.
class KnowledgeReader {
 public:
  explicit KnowledgeReader(const Collaborators& with) : with_(with) {}

  // FIELD_INVALID when both are asked for or the sequence does not exist; AS_OF_IN_FUTURE.
  absl::StatusOr<SettledKnowledge> Settle(const tenants::RequestContext& ctx,
                                          const AskedKnowledge& asked) const;

 private:
  absl::StatusOr<SettledKnowledge> SettleNow(const tenants::RequestContext& ctx) const;
  absl::StatusOr<SettledKnowledge> SettleTime(const tenants::RequestContext& ctx,
                                              absl::Time as_of) const;
  absl::StatusOr<SettledKnowledge> SettleSequence(const tenants::RequestContext& ctx,
                                                  int64_t sequence) const;
  absl::StatusOr<KnowledgeHead> AwaitHead(const tenants::RequestContext& ctx) const;

  Collaborators with_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_KNOWLEDGE_READER_H_
