// Statements and why each line is what it is.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_STATEMENT_SERVICE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_STATEMENT_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "argosy/incentives/v1/statement.pb.h"
#include "services/incentives/service/collaborators.h"
#include "services/incentives/service/names.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// The verbs of argosy.incentives.v1.StatementService, whose contract says what each refuses. A
// statement the caller may not see does not exist for them. Thread-safe.
class StatementService {
 public:
  explicit StatementService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::ListStatementsResponse> ListStatements(
      const tenants::RequestContext& ctx, const v1::ListStatementsRequest& request);
  absl::StatusOr<v1::Statement> GetStatement(const tenants::RequestContext& ctx,
                                             const v1::GetStatementRequest& request);
  absl::StatusOr<v1::ExplainLineResponse> ExplainLine(const tenants::RequestContext& ctx,
                                                      const v1::ExplainLineRequest& request);

 private:
  // RESOURCE_NOT_FOUND.
  absl::StatusOr<Statement> Get(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                                const StatementUid& uid) const;
  // A page of a line's credits.
  struct CreditPage {
    StoredLine line;
    Component component;
    int64_t ledger_entry = 0;  // 0 when the line posted nothing
    std::vector<Credit> credits;
    std::string next;  // key of the next page; "" on the last
  };
  absl::StatusOr<CreditPage> ReadCredits(const tenants::RequestContext& ctx,
                                         tenants::TenantReader& reader,
                                         const StatementLineName& name,
                                         const PageAsked& page) const;

  Collaborators with_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_STATEMENT_SERVICE_H_
