#include "migrations/runner/errors.h"

#include "absl/strings/str_cat.h"

namespace argosy::migrations {

absl::Status FileUnreadable(absl::string_view path) {
  return absl::NotFoundError(absl::StrCat("'", path, "' cannot be read"));
}

absl::Status FileMalformed(absl::string_view path, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("migration '", path, "': ", what));
}

absl::Status RunnerBusy(absl::string_view schema) {
  return absl::AbortedError(
      absl::StrCat("schema '", schema, "' is being migrated by another runner"));
}

absl::Status FileEdited(absl::string_view version, absl::string_view name) {
  return absl::DataLossError(
      absl::StrCat("migration ", version, " '", name,
                   "' was edited after it was applied; restore it and write a new one"));
}

absl::Status VersionUnknown(absl::string_view version) {
  return absl::FailedPreconditionError(
      absl::StrCat("the database has migration ", version, ", which this program does not know"));
}

absl::Status HalfApplied(absl::string_view version, absl::string_view name,
                         const absl::Status& cause) {
  return absl::FailedPreconditionError(absl::StrCat(
      "migration ", version, " '", name, "' was run before and not recorded (", cause.message(),
      "); compare the schema with the file, then either undo it by the ",
      "file's down part or add ", version, " to schema_migrations"));
}

absl::Status NotApplied(absl::string_view version) {
  return absl::FailedPreconditionError(
      absl::StrCat("migration ", version, " has not been applied; run argosyd migrate"));
}

}  // namespace argosy::migrations
