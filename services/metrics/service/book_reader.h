// Reading what a question is computed from.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_BOOK_READER_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_BOOK_READER_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/metrics/domain/question.h"
#include "services/metrics/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// Thread-safe as far as its collaborators are.
class BookReader {
 public:
  explicit BookReader(const Collaborators& with) : with_(with) {}

  // The surviving facts of `kinds` that `question` needs, as known at `knowledge_seq`, arranged,
  // with channels and sources. RESULT_TOO_LARGE beyond kQuestionFactsMax facts.
  absl::StatusOr<FactBook> Read(const tenants::RequestContext& ctx, const Question& question,
                                absl::Span<const FactKind> kinds, int64_t knowledge_seq) const;

 private:
  absl::StatusOr<FactBook> ReadWith(tenants::TenantReader& reader, const Question& question,
                                    absl::Span<const FactWindow> windows,
                                    int64_t knowledge_seq) const;

  Collaborators with_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_BOOK_READER_H_
