#include "services/metrics/service/import_convert.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/channel.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {

absl::StatusOr<Import> ParseImport(const v1::Import& import) {
  RETURN_IF_ERROR(ParseMapping(import.mapping()).status());
  Import parsed{.file_name = import.file_name(),
                .preset = import.preset(),
                .mapping = import.mapping().SerializeAsString(),
                .policy = import.conflict_policy() == v1::CONFLICT_POLICY_REVISE
                              ? ConflictPolicy::kRevise
                              : ConflictPolicy::kRefuse,
                .size_bytes = import.size_bytes(),
                .content_sha256 = import.content_sha256()};
  if (parsed.mapping.size() > kMappingBytesMax) {
    return base::FieldInvalid("import.mapping",
                              absl::StrCat("takes more than ", kMappingBytesMax, " bytes"));
  }
  return parsed;
}

v1::Import ToProto(const base::TenantId& tenant, const Import& import) {
  v1::Import proto;
  proto.set_name(ImportName(tenant, import.id));
  proto.set_file_name(import.file_name);
  proto.set_preset(import.preset);
  // What was serialized by CreateImport; a listing leaves it out.
  if (!import.mapping.empty()) proto.mutable_mapping()->ParsePartialFromString(import.mapping);
  proto.set_conflict_policy(static_cast<v1::ConflictPolicy>(import.policy));
  proto.set_size_bytes(import.size_bytes);
  proto.set_content_sha256(import.content_sha256);
  proto.set_state(static_cast<v1::ImportState>(import.state));
  proto.set_uploaded_bytes(import.uploaded_bytes);
  proto.set_row_count(import.row_count);
  proto.mutable_progress()->set_validated_rows(import.validated_rows);
  proto.mutable_progress()->set_committed_rows(import.committed_rows);
  proto.mutable_progress()->set_undone_rows(import.undone_rows);
  *proto.mutable_validated() = ToProto(import.validated);
  *proto.mutable_committed() = ToProto(import.committed);
  *proto.mutable_undone() = ToProto(import.undone);
  *proto.mutable_create_time() = ToProto(import.created_at);
  *proto.mutable_update_time() = ToProto(import.updated_at);
  proto.set_etag(EtagOf(import.version));
  return proto;
}

v1::ImportCounts ToProto(const RowCounts& counts) {
  v1::ImportCounts proto;
  proto.set_new_rows(counts.new_rows);
  proto.set_duplicate_rows(counts.duplicate_rows);
  proto.set_conflict_rows(counts.conflict_rows);
  proto.set_revised_rows(counts.revised_rows);
  proto.set_invalid_rows(counts.invalid_rows);
  proto.set_reported_rows(counts.reported_rows);
  proto.set_skipped_rows(counts.skipped_rows);
  proto.set_recorded_facts(counts.recorded_facts);
  proto.set_noted_rows(counts.noted_rows);
  return proto;
}

v1::UndoCounts ToProto(const UndoneCounts& counts) {
  v1::UndoCounts proto;
  proto.set_retracted_facts(counts.retracted_facts);
  proto.set_kept_facts(counts.kept_facts);
  proto.set_restored_facts(counts.restored_facts);
  return proto;
}

v1::ImportError ToProto(const ImportFinding& finding) {
  v1::ImportError proto;
  proto.set_kind(static_cast<v1::ImportErrorKind>(finding.kind));
  proto.set_line(finding.line);
  proto.set_column(finding.column);
  proto.set_value(finding.value);
  proto.set_reason(finding.reason);
  proto.set_message(finding.message);
  return proto;
}

}  // namespace argosy::metrics
