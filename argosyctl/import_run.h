// One file's way to becoming facts, driven from here step by step and resumed wherever it stopped.
#ifndef ARGOSY_ARGOSYCTL_IMPORT_RUN_H_
#define ARGOSY_ARGOSYCTL_IMPORT_RUN_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosy/metrics/v1/import_mapping.pb.h"
#include "argosy/metrics/v1/import_service.pb.h"
#include "argosyctl/client_session.h"
#include "argosyctl/preset.h"

namespace argosy::ctl {

// Makes the people, teams, roles, channel and campaigns that a preset names, in `tenant`. What is
// there already stays as it is.
absl::Status PreparePreset(ClientSession& session, const std::string& tenant, const Preset& preset);

// What to import.
struct ImportFile {
  std::string tenant;     // "tenants/acme"
  std::string file_name;  // for people
  std::string content;
  std::string preset;  // "" for a mapping of one's own
  metrics::v1::ImportMapping mapping;
  metrics::v1::ConflictPolicy policy = metrics::v1::CONFLICT_POLICY_REFUSE;
};

// What an import is opened for.
enum class ImportPurpose { kCheck, kRecord };

class ImportRun {
 public:
  explicit ImportRun(ClientSession& session) : session_(session) {}

  // The import of `file` that is not committed yet, or a new one: its request_id follows from
  // tenant, content, mapping, policy and a count of the finished imports of the same, so that a run
  // cut off goes on with the same import. Only rows of which none was ever recorded can be checked,
  // so a check passes over an import that was undone.
  absl::StatusOr<metrics::v1::Import> Open(const ImportFile& file, ImportPurpose purpose);
  // Sends what the server does not hold yet.
  absl::Status Upload(const metrics::v1::Import& import, const std::string& content);
  // Each walks over the rows from where the server stands and returns the import afterwards.
  absl::StatusOr<metrics::v1::Import> Validate(const std::string& name);
  absl::StatusOr<metrics::v1::Import> Commit(const std::string& name);
  absl::StatusOr<metrics::v1::Import> Undo(const std::string& name);

  absl::StatusOr<metrics::v1::Import> Get(const std::string& name);
  // The first findings, a page of at most `count`.
  absl::StatusOr<metrics::v1::ListImportErrorsResponse> FirstErrors(const std::string& name,
                                                                    int32_t count);
  // Every finding as CSV: line,column,value,reason,kind,message. Says on standard error how many
  // the server did not keep.
  absl::StatusOr<std::string> ErrorsCsv(const std::string& name);

 private:
  ClientSession& session_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_IMPORT_RUN_H_
