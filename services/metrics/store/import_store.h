// Rows of imports: the file's parts, its blocks of rows and what was found in them.
#ifndef ARGOSY_SERVICES_METRICS_STORE_IMPORT_STORE_H_
#define ARGOSY_SERVICES_METRICS_STORE_IMPORT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/domain/import_plan.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// Some bytes of a file.
struct ImportPart {
  int64_t byte_offset = 0;
  std::string content;
};

// Where a page of findings goes on.
struct FindingKey {
  int64_t row = -1;
  int64_t kind = 0;
  int64_t ordinal = -1;
};

// Stateless; safe to share.
class ImportStore {
 public:
  absl::Status Insert(tenants::TenantTxn& txn, const Import& import) const;
  // Everything that changes in the life of an import.
  absl::Status Update(tenants::TenantTxn& txn, const Import& import) const;
  absl::StatusOr<std::optional<Import>> Find(tenants::TenantReader& reader,
                                             const ImportId& id) const;
  // Find, and nobody else's transaction touches it until this one ends.
  absl::StatusOr<std::optional<Import>> Lock(tenants::TenantTxn& txn, const ImportId& id) const;
  // Newest first, those older than `before` (all for nothing), without their mappings.
  absl::StatusOr<std::vector<Import>> List(tenants::TenantReader& reader,
                                           const std::optional<ImportId>& before,
                                           int64_t limit) const;

  absl::Status InsertPart(tenants::TenantTxn& txn, const ImportId& id,
                          const ImportPart& part) const;
  // The part that begins at `byte_offset`.
  absl::StatusOr<std::optional<ImportPart>> FindPart(tenants::TenantReader& reader,
                                                     const ImportId& id, int64_t byte_offset) const;
  // The part that holds the byte at `byte_offset`; nothing at or past the end of the file.
  absl::StatusOr<std::optional<ImportPart>> FindPartHolding(tenants::TenantReader& reader,
                                                            const ImportId& id,
                                                            int64_t byte_offset) const;

  // Inserts or replaces the block that begins at its first row.
  absl::Status PutBlock(tenants::TenantTxn& txn, const ImportId& id,
                        const ImportBlock& block) const;
  // In order; at most kImportRowsMax / kBlockRows.
  absl::StatusOr<std::vector<ImportBlock>> ListBlocks(tenants::TenantReader& reader,
                                                      const ImportId& id) const;

  // Replaces the findings of the block's rows whose kinds are within [first, last], keeping at most
  // kFindingsMax for the import; how many had to be left out.
  struct FindingKinds {
    FindingKind first;
    FindingKind last;
  };
  absl::StatusOr<int64_t> ReplaceFindings(tenants::TenantTxn& txn, const ImportId& id,
                                          const ImportBlock& block, FindingKinds kinds,
                                          absl::Span<const ImportFinding> findings) const;
  absl::StatusOr<std::vector<ImportFinding>> ListFindings(tenants::TenantReader& reader,
                                                          const ImportId& id,
                                                          const FindingKey& after,
                                                          int64_t limit) const;

  // Every stored revision of `facts`.
  absl::StatusOr<std::vector<HeldRevision>> FindHeld(tenants::TenantReader& reader,
                                                     absl::Span<const FactId> facts) const;
  // Those of `imports` that are undone or being undone.
  absl::StatusOr<absl::flat_hash_set<ImportId>> FindUndone(
      tenants::TenantReader& reader, absl::Span<const ImportId> imports) const;
  // The same, and they stay so until this transaction ends.
  absl::StatusOr<absl::flat_hash_set<ImportId>> LockUndone(
      tenants::TenantTxn& txn, absl::Span<const ImportId> imports) const;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_IMPORT_STORE_H_
