#include "argosyd/audit_chains.h"

#include "absl/strings/str_cat.h"
#include "base/fault.h"

namespace argosy::argosyd {

void AuditChains::Add(const std::vector<std::string>& proto_services, storage::Pool& pool,
                      base::EntropySource& entropy) {
  for (const std::string& name : proto_services) {
    sessions_[name] = std::make_unique<tenants::TenantSession>(pool, entropy);
  }
}

absl::Status AuditChains::Record(absl::string_view proto_service,
                                 const tenants::RequestContext& ctx, absl::string_view reason) {
  const auto found = sessions_.find(std::string(proto_service));
  if (found == sessions_.end()) {
    return base::Internal(absl::StrCat("no audit chain of ", proto_service));
  }
  return found->second->RecordDenial(ctx, reason);
}

}  // namespace argosy::argosyd
