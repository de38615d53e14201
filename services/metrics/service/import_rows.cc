#include "services/metrics/service/import_rows.h"

#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "services/metrics/domain/csv_encoding.h"

namespace argosy::metrics {
namespace {

// The longest byte order mark.
constexpr size_t kMarkBytesMax = 4;

}  // namespace

absl::StatusOr<ImportRows> ImportRows::Open(const ImportStore& store, tenants::TenantReader& reader,
                                            const ImportId& id, char delimiter, CsvPosition begin) {
  ImportRows rows(store, reader, id);
  rows.loaded_to_ = begin.byte_offset;
  if (begin.byte_offset == 0) {
    bool more = true;
    while (more && rows.bytes_.size() < kMarkBytesMax) {
      ASSIGN_OR_RETURN(more, rows.Load());
    }
    ASSIGN_OR_RETURN(rows.parsed_bytes_, ByteOrderMark(rows.bytes_));
    begin.byte_offset = static_cast<int64_t>(rows.parsed_bytes_);
  }
  rows.csv_ = std::make_unique<CsvReader>(delimiter, begin);
  return rows;
}

absl::StatusOr<bool> ImportRows::Load() {
  ASSIGN_OR_RETURN(std::optional<ImportPart> part,
                   store_->FindPartHolding(*reader_, id_, loaded_to_));
  if (!part.has_value()) return false;
  const auto skipped = static_cast<size_t>(loaded_to_ - part->byte_offset);
  bytes_.erase(0, parsed_bytes_);
  parsed_bytes_ = 0;
  bytes_.append(part->content, skipped);
  loaded_to_ = part->byte_offset + static_cast<int64_t>(part->content.size());
  return true;
}

absl::Status ImportRows::Parse() {
  std::vector<CsvRow> rows;
  if (parsed_bytes_ == bytes_.size()) {
    ASSIGN_OR_RETURN(const bool more, Load());
    if (!more) {
      finished_ = true;
      ASSIGN_OR_RETURN(rows, csv_->Finish());
    }
  }
  if (!finished_) {
    const absl::string_view slice = absl::string_view(bytes_).substr(parsed_bytes_, kSliceBytes);
    ASSIGN_OR_RETURN(rows, csv_->Feed(slice));
    parsed_bytes_ += slice.size();
  }
  for (CsvRow& row : rows) rows_.push_back(std::move(row));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CsvRow>> ImportRows::Next() {
  while (rows_.empty() && !finished_) RETURN_IF_ERROR(Parse());
  if (rows_.empty()) return std::nullopt;
  CsvRow row = std::move(rows_.front());
  rows_.pop_front();
  return row;
}

}  // namespace argosy::metrics
