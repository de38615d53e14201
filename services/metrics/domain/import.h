// Imports: a file that becomes facts in steps, each of which may be repeated.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

inline constexpr int64_t kImportRowsMax = 200'000;
// Rows are counted and committed by blocks, so that a step ends well within a call's deadline.
inline constexpr int64_t kBlockRows = 1000;
inline constexpr int64_t kValidateRowsMax = 20 * kBlockRows;
// Nobody reads more findings than this; the rest is a count.
inline constexpr int64_t kFindingsMax = 10'000;

enum class ImportState {
  kCreated = 1,
  kUploading,
  kValidated,
  kCommitting,
  kCommitted,
  kUndoing,
  kUndone
};
// "created", "uploading", ...
absl::string_view ImportStateName(ImportState state);

enum class ConflictPolicy { kRefuse = 1, kRevise };

// Rows by what becomes of them, and facts recorded.
struct RowCounts {
  int64_t new_rows = 0;
  int64_t duplicate_rows = 0;
  int64_t conflict_rows = 0;
  int64_t revised_rows = 0;
  int64_t invalid_rows = 0;
  int64_t reported_rows = 0;
  int64_t skipped_rows = 0;
  int64_t recorded_facts = 0;
  int64_t noted_rows = 0;  // among the others

  RowCounts& operator+=(const RowCounts& other);
  friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

struct UndoneCounts {
  int64_t retracted_facts = 0;
  int64_t kept_facts = 0;
  int64_t restored_facts = 0;

  UndoneCounts& operator+=(const UndoneCounts& other);
  friend bool operator==(const UndoneCounts&, const UndoneCounts&) = default;
};

struct Import {
  ImportId id;
  std::string file_name;
  std::string preset;
  std::string mapping;  // the contract's message, serialized; opaque here
  ConflictPolicy policy = ConflictPolicy::kRefuse;
  int64_t size_bytes = 0;
  std::string content_sha256;  // lower-case hex; empty: not announced
  ImportState state = ImportState::kCreated;
  int64_t uploaded_bytes = 0;
  int64_t row_count = 0;  // known from kValidated on
  int64_t validated_rows = 0;
  int64_t committed_rows = 0;  // since the start or the last undo
  int64_t undone_rows = 0;     // since the last commit
  RowCounts validated;
  RowCounts committed;
  UndoneCounts undone;
  int64_t findings_left_out = 0;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;

  bool complete() const { return uploaded_bytes == size_bytes; }
};

// Up to kBlockRows rows in a row of the file, and what has been done with them.
struct ImportBlock {
  int64_t first_row = 0;
  int64_t row_count = 0;
  int64_t line = 1;         // where its first row begins
  int64_t byte_offset = 0;  // the same in bytes
  RowCounts validated;
  RowCounts committed;
  UndoneCounts undone;
  int64_t findings_left_out = 0;

  friend bool operator==(const ImportBlock&, const ImportBlock&) = default;
};

// The block that begins at `first_row`, or null: past the last one.
ImportBlock* FindBlock(absl::Span<ImportBlock> blocks, int64_t first_row);

enum class FindingKind { kInvalid = 1, kConflict, kReported, kKept, kNoted };

// A finding in one row of an import.
struct ImportFinding {
  FindingKind kind = FindingKind::kInvalid;
  int64_t row = 0;      // from 0, the header not counted
  int64_t ordinal = 0;  // within the row
  int64_t line = 0;
  std::string column;
  std::string value;
  std::string reason;
  std::string message;

  friend bool operator==(const ImportFinding&, const ImportFinding&) = default;
};

// What to do with a part, or with a step that begins at an offset.
enum class StepDecision {
  kDo,    // it goes on where the import stands
  kDone,  // it was done before: answer what was answered, or check that it is the same
};

// IMPORT_PART_GAP for a part beyond what is held or beyond the file; STATE_NOT_ALLOWED once
// validated, unless the part was held before.
absl::StatusOr<StepDecision> DecideUpload(const Import& import, int64_t offset, int64_t size);

// STATE_NOT_ALLOWED unless the whole file is held and nothing has been committed;
// IMPORT_OFFSET_INVALID unless a block begins there that is validated, or the next one.
absl::Status CheckValidate(const Import& import, int64_t offset);

// STATE_NOT_ALLOWED unless validated to the end and not being undone; IMPORT_OFFSET_INVALID unless
// a committed block begins there, or the next one.
absl::StatusOr<StepDecision> DecideCommit(const Import& import, int64_t offset);

// STATE_NOT_ALLOWED unless something has been committed; IMPORT_OFFSET_INVALID as above.
absl::StatusOr<StepDecision> DecideUndo(const Import& import, int64_t offset);

// The import after the step: its state, its counts (the sums over `blocks`) and how far it has
// come. `row_count` is 0 while the end has not been seen.
Import AfterUpload(Import import, int64_t size);
Import AfterValidate(Import import, int64_t next_offset, int64_t row_count,
                     absl::Span<const ImportBlock> blocks);
Import AfterCommit(Import import, int64_t next_offset, absl::Span<const ImportBlock> blocks);
Import AfterUndo(Import import, int64_t next_offset, absl::Span<const ImportBlock> blocks);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_H_
