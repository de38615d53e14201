// Makes facts of rows by a mapping. Pure: the same row gives the same facts always.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAPPER_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAPPER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/mapping.h"
#include "services/metrics/domain/mapping_text.h"

namespace argosy::metrics {

// A cell by its header; without a header, a text of the mapping itself or the row as a whole.
struct RowCell {
  std::string column;
  std::string text;
};

// What is wrong with, or to be said of, a row; column and value as RowCell.
struct RowFinding {
  // A cell may hold 64 KiB; people need its beginning.
  static constexpr size_t kValueCharactersMax = 200;
  static constexpr size_t kMessageCharactersMax = 400;

  std::string column;
  std::string value;
  std::string reason;
  std::string message;

  friend bool operator==(const RowFinding&, const RowFinding&) = default;
};
// The finding, cut to its bounds.
RowFinding MakeFinding(const RowCell& cell, absl::string_view reason, absl::string_view message);

// What becomes of a row.
struct RowOutcome {
  enum class Kind { kFacts, kSkipped, kReported, kInvalid };

  Kind kind = Kind::kSkipped;
  std::vector<Fact> facts;           // kFacts alone; of the first revision
  std::vector<RowFinding> findings;  // kReported: one; kInvalid: every bad cell
  std::vector<size_t> mapped_by;     // of each fact: its place among the mapping's facts
};

// A mapping applied to one file's columns. Immutable, so thread-safe.
class RowMapper {
 public:
  // INVALID_ARGUMENT: what CheckMapping refuses; MAPPING_COLUMN_UNKNOWN or MAPPING_COLUMN_AMBIGUOUS
  // for a column the mapping names and `header` has not, or has twice.
  static absl::StatusOr<RowMapper> Make(ImportMapping mapping,
                                        absl::Span<const std::string> header);

  // Never fails: a bad row is an outcome. A row of another width than the header is invalid. The
  // facts are as the row tells them: whether channels and the like exist is not known here. A day
  // becomes its first instant in the mapping's zone but for the kinds that happen on a civil date.
  RowOutcome Map(absl::Span<const std::string> cells) const;

  // The first cell that said the field `path` (as in FactProblem) of the fact that the mapping's
  // fact `mapped_by` made of the row; none where the row has no cell for it.
  RowCell CellOf(absl::Span<const std::string> cells, size_t mapped_by,
                 absl::string_view path) const;

  const ImportMapping& mapping() const { return mapping_; }
  const absl::TimeZone& zone() const { return zone_; }

 private:
  class Reader;
  friend class Reader;

  RowMapper(ImportMapping mapping, std::vector<DateFormat> formats, absl::TimeZone zone)
      : mapping_(std::move(mapping)), date_formats_(std::move(formats)), zone_(zone) {}

  RowCell CellOf(absl::Span<const std::string> cells, const MappedValue& value) const;
  bool Holds(const std::vector<RowCondition>& conditions,
             absl::Span<const std::string> cells) const;

  ImportMapping mapping_;
  std::vector<DateFormat> date_formats_;
  absl::TimeZone zone_;
  absl::flat_hash_map<std::string, size_t> columns_;
  size_t width_ = 0;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAPPER_H_
