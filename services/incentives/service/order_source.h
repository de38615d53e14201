// Orders, payments and refunds: what incentives ask of the metrics service.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_ORDER_SOURCE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_ORDER_SOURCE_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/period.h"
#include "services/incentives/domain/facts.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// A state of knowledge: the watermark of a run.
struct Knowledge {
  absl::Time as_of;
  int64_t seq = 0;  // 0 when nothing is known
};

// RUN_TOO_LARGE when `facts` are more than a calculation takes: a source stops reading there.
absl::Status CheckFactCount(const SalesFacts& facts);

// Thread-safe. Both calls are made for the actor of the context, never inside a transaction, and
// keep the refusals of the other service.
class OrderSource {
 public:
  virtual ~OrderSource() = default;
  // What `as_of`, or now, stands for. The answer for an instant never changes.
  virtual absl::StatusOr<Knowledge> ResolveKnowledge(const tenants::RequestContext& ctx,
                                                     const std::optional<absl::Time>& as_of) = 0;
  // The facts that happened on `days` of the tenant's zone, as known at `seq`: the same answer
  // every time. As CheckFactCount.
  virtual absl::StatusOr<SalesFacts> ListSalesFacts(const tenants::RequestContext& ctx,
                                                    const base::Period& days, int64_t seq) = 0;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_ORDER_SOURCE_H_
