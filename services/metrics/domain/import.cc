#include "services/metrics/domain/import.h"

#include <algorithm>
#include <utility>

#include "services/metrics/domain/import_errors.h"

namespace argosy::metrics {
namespace {

absl::Status NotAllowed(absl::string_view verb, const Import& import) {
  return ImportStateNotAllowed(verb, ImportStateName(import.state));
}

// A step begins where a block does, no further than `done`.
absl::StatusOr<StepDecision> DecideOffset(int64_t offset, int64_t done, int64_t end) {
  if (offset > done || (offset % kBlockRows != 0 && offset != end)) {
    return ImportOffsetInvalid(offset, done);
  }
  return offset < done || offset == end ? StepDecision::kDone : StepDecision::kDo;
}

Import Summed(Import import, absl::Span<const ImportBlock> blocks) {
  import.validated = {};
  import.committed = {};
  import.undone = {};
  import.findings_left_out = 0;
  for (const ImportBlock& block : blocks) {
    import.validated += block.validated;
    import.committed += block.committed;
    import.undone += block.undone;
    import.findings_left_out += block.findings_left_out;
  }
  return import;
}

}  // namespace

absl::string_view ImportStateName(ImportState state) {
  switch (state) {
    case ImportState::kCreated:
      return "created";
    case ImportState::kUploading:
      return "uploading";
    case ImportState::kValidated:
      return "validated";
    case ImportState::kCommitting:
      return "committing";
    case ImportState::kCommitted:
      return "committed";
    case ImportState::kUndoing:
      return "undoing";
    case ImportState::kUndone:
      return "undone";
  }
  return "unknown";
}

RowCounts& RowCounts::operator+=(const RowCounts& other) {
  new_rows += other.new_rows;
  duplicate_rows += other.duplicate_rows;
  conflict_rows += other.conflict_rows;
  revised_rows += other.revised_rows;
  invalid_rows += other.invalid_rows;
  reported_rows += other.reported_rows;
  skipped_rows += other.skipped_rows;
  recorded_facts += other.recorded_facts;
  noted_rows += other.noted_rows;
  return *this;
}

UndoneCounts& UndoneCounts::operator+=(const UndoneCounts& other) {
  retracted_facts += other.retracted_facts;
  kept_facts += other.kept_facts;
  restored_facts += other.restored_facts;
  return *this;
}

ImportBlock* FindBlock(absl::Span<ImportBlock> blocks, int64_t first_row) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const ImportBlock& block) {
    return block.first_row == first_row;
  });
  return found == blocks.end() ? nullptr : &*found;
}

absl::StatusOr<StepDecision> DecideUpload(const Import& import, int64_t offset, int64_t size) {
  if (offset < import.uploaded_bytes) return StepDecision::kDone;
  if (import.state != ImportState::kCreated && import.state != ImportState::kUploading) {
    return NotAllowed("upload to", import);
  }
  if (offset > import.uploaded_bytes || size > import.size_bytes - offset) {
    return ImportPartGap(offset, import.uploaded_bytes);
  }
  return StepDecision::kDo;
}

absl::Status CheckValidate(const Import& import, int64_t offset) {
  const bool untouched =
      import.state == ImportState::kUploading || import.state == ImportState::kValidated;
  if (!untouched || !import.complete()) return NotAllowed("validate", import);
  if (offset % kBlockRows != 0 || offset > import.validated_rows) {
    return ImportOffsetInvalid(offset, import.validated_rows);
  }
  return absl::OkStatus();
}

absl::StatusOr<StepDecision> DecideCommit(const Import& import, int64_t offset) {
  switch (import.state) {
    case ImportState::kValidated:
    case ImportState::kCommitting:
    case ImportState::kCommitted:
    case ImportState::kUndone:
      return DecideOffset(offset, import.committed_rows, import.row_count);
    default:
      return NotAllowed("commit", import);
  }
}

absl::StatusOr<StepDecision> DecideUndo(const Import& import, int64_t offset) {
  switch (import.state) {
    case ImportState::kCommitting:
    case ImportState::kCommitted:
    case ImportState::kUndoing:
      return DecideOffset(offset, import.undone_rows, import.committed_rows);
    case ImportState::kUndone:
      return DecideOffset(offset, import.undone_rows, import.undone_rows);
    default:
      return NotAllowed("undo", import);
  }
}

Import AfterUpload(Import import, int64_t size) {
  import.uploaded_bytes += size;
  import.state = ImportState::kUploading;
  return import;
}

Import AfterValidate(Import import, int64_t next_offset, int64_t row_count,
                     absl::Span<const ImportBlock> blocks) {
  import.validated_rows = std::max(import.validated_rows, next_offset);
  if (row_count > 0 || next_offset == 0) {
    import.row_count = row_count;
    import.state = ImportState::kValidated;
  }
  return Summed(std::move(import), blocks);
}

Import AfterCommit(Import import, int64_t next_offset, absl::Span<const ImportBlock> blocks) {
  import.committed_rows = next_offset;
  import.undone_rows = 0;
  import.state =
      next_offset == import.row_count ? ImportState::kCommitted : ImportState::kCommitting;
  return Summed(std::move(import), blocks);
}

Import AfterUndo(Import import, int64_t next_offset, absl::Span<const ImportBlock> blocks) {
  import.undone_rows = next_offset;
  import.state = ImportState::kUndoing;
  if (next_offset == import.committed_rows) {
    import.state = ImportState::kUndone;
    import.committed_rows = 0;
  }
  return Summed(std::move(import), blocks);
}

}  // namespace argosy::metrics
