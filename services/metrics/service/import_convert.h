// Imports and their mappings between the contract and the domain.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_CONVERT_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_CONVERT_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "argosy/metrics/v1/import_mapping.pb.h"
#include "argosy/metrics/v1/import_service.pb.h"
#include "base/ids.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/domain/mapping.h"

namespace argosy::metrics {

// Lookup tables make a mapping large; it is stored with every import.
inline constexpr size_t kMappingBytesMax = size_t{256} << 10;

// INVALID_ARGUMENT / MAPPING_INVALID for two lookup tables of one name, two entries of one key, or
// a text replaced twice; and whatever CheckMapping refuses.
absl::StatusOr<ImportMapping> ParseMapping(const v1::ImportMapping& mapping);

// What a client may say of a new import. As ParseMapping; FIELD_INVALID for a mapping over
// kMappingBytesMax.
absl::StatusOr<Import> ParseImport(const v1::Import& import);

v1::Import ToProto(const base::TenantId& tenant, const Import& import);
v1::ImportCounts ToProto(const RowCounts& counts);
v1::UndoCounts ToProto(const UndoneCounts& counts);
v1::ImportError ToProto(const ImportFinding& finding);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_CONVERT_H_
