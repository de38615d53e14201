// The audit chains of a process, one in each service's schema.
#ifndef ARGOSY_ARGOSYD_AUDIT_CHAINS_H_
#define ARGOSY_ARGOSYD_AUDIT_CHAINS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/random.h"
#include "rpc/denials.h"
#include "storage/pool.h"
#include "tenants/tenant_session.h"

namespace argosy::argosyd {

// Records a denial where the service that was asked keeps its chains. Thread-safe once filled.
class AuditChains final : public rpc::DenialSink {
 public:
  // The chains of these proto services are in the schema of `pool`; the references outlive this.
  void Add(const std::vector<std::string>& proto_services, storage::Pool& pool,
           base::EntropySource& entropy);

  // INTERNAL for a service nobody added; else as TenantSession::RecordDenial.
  absl::Status Record(absl::string_view proto_service, const tenants::RequestContext& ctx,
                      absl::string_view reason) override;

 private:
  std::map<std::string, std::unique_ptr<tenants::TenantSession>> sessions_;
};

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_AUDIT_CHAINS_H_
