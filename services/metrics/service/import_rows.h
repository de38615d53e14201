// The rows of an uploaded file, read part by part inside a transaction.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_ROWS_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/service/csv_reader.h"
#include "services/metrics/store/import_store.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// Not thread-safe; `store` and `reader` outlive it.
class ImportRows {
 public:
  // From `begin`: the beginning of the file, whose byte order mark is passed over, or of a row.
  // INVALID_ARGUMENT / CSV_ENCODING for the mark of another encoding.
  static absl::StatusOr<ImportRows> Open(const ImportStore& store, tenants::TenantReader& reader,
                                         const ImportId& id, char delimiter, CsvPosition begin);

  // The next row, or nothing at the end. INVALID_ARGUMENT as CsvReader.
  absl::StatusOr<std::optional<CsvRow>> Next();

 private:
  // Small, so that a step which needs few rows parses few.
  static constexpr size_t kSliceBytes = size_t{16} << 10;

  ImportRows(const ImportStore& store, tenants::TenantReader& reader, const ImportId& id)
      : store_(&store), reader_(&reader), id_(id) {}

  // Appends the next part to the bytes not parsed yet; false at the end of the file.
  absl::StatusOr<bool> Load();
  absl::Status Parse();

  const ImportStore* store_;
  tenants::TenantReader* reader_;
  ImportId id_;
  std::unique_ptr<CsvReader> csv_;
  int64_t loaded_to_ = 0;    // offset in the file after the bytes loaded
  std::string bytes_;        // loaded
  size_t parsed_bytes_ = 0;  // of bytes_
  bool finished_ = false;
  std::deque<CsvRow> rows_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_ROWS_H_
