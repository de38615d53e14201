// Runs: calculated, approved, locked, replayed.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_RUN_SERVICE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_RUN_SERVICE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "argosy/incentives/v1/run.pb.h"
#include "services/incentives/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// The verbs of argosy.incentives.v1.RunService, whose contract says what each refuses. Thread-safe.
class RunService {
 public:
  explicit RunService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::Run> CalculateRun(const tenants::RequestContext& ctx,
                                       const v1::CalculateRunRequest& request);
  absl::StatusOr<v1::Run> GetRun(const tenants::RequestContext& ctx,
                                 const v1::GetRunRequest& request);
  absl::StatusOr<v1::ListRunsResponse> ListRuns(const tenants::RequestContext& ctx,
                                                const v1::ListRunsRequest& request);
  absl::StatusOr<v1::ListRunLinesResponse> ListRunLines(const tenants::RequestContext& ctx,
                                                        const v1::ListRunLinesRequest& request);
  absl::StatusOr<v1::Run> ApproveRun(const tenants::RequestContext& ctx,
                                     const v1::ApproveRunRequest& request);
  absl::StatusOr<v1::Run> LockRun(const tenants::RequestContext& ctx,
                                  const v1::LockRunRequest& request);
  absl::StatusOr<v1::ReplayRunResponse> ReplayRun(const tenants::RequestContext& ctx,
                                                  const v1::ReplayRunRequest& request);

 private:
  // Inputs of a calculation with the run they make, before anything is calculated.
  struct Preparation {
    Run run;
    CalculationInputs inputs;
    std::string people;      // canonical bytes
    int64_t locked_seq = 0;  // the most that any locked run knew
  };

  // RESOURCE_NOT_FOUND.
  absl::StatusOr<Run> Get(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                          const RunUid& uid) const;
  // Mutate; a repeat whose reply was too large to keep is answered with the run as it is now.
  absl::StatusOr<v1::Run> Change(
      const tenants::RequestContext& ctx,
      absl::FunctionRef<absl::StatusOr<v1::Run>(tenants::TenantTxn&)> body);
  // `reply`; when that says that it was too large to keep, the run as it is now.
  absl::StatusOr<v1::Run> OrReadAgain(const tenants::RequestContext& ctx,
                                      absl::StatusOr<v1::Run> reply);
  // What the database knows of a wish: plans, assignments, locked months and what is posted.
  absl::StatusOr<Preparation> Prepare(const tenants::RequestContext& ctx,
                                      const RunWish& wish) const;
  // Puts the versions in force in the months of `inputs` into it.
  absl::Status AddPlans(tenants::TenantReader& reader, CalculationInputs& inputs) const;
  // RUN_STALE unless what pays is still what the run was calculated from.
  absl::Status CheckTermsOf(tenants::TenantReader& reader, const Run& run) const;
  // Facts as known at the run's watermark: all of the run's days, and of the years before them
  // those of orders that have money coming in or going back on these days.
  absl::StatusOr<SalesFacts> GetFacts(const tenants::RequestContext& ctx, const Run& run) const;
  // The inputs a stored run was calculated from, without facts.
  absl::StatusOr<Preparation> Recall(const tenants::RequestContext& ctx, const RunUid& uid) const;
  // All lines of `run`, without credits.
  absl::StatusOr<std::vector<RunLine>> ListAllLines(tenants::TenantReader& reader,
                                                    const Run& run) const;
  // Statements and entries of a run being locked.
  absl::Status Post(tenants::TenantTxn& txn, const Run& run, const LedgerHead& head) const;

  Collaborators with_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_RUN_SERVICE_H_
