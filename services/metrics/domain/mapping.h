// How the rows of a file become facts, as plain data: what argosy.metrics.v1.ImportMapping says.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_H_

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

enum class TextForm { kAsIs, kSlug, kDate };

// A piece of a value: a text for every row, or the cell under a header.
struct ValuePart {
  enum class From { kConstant, kColumn };
  From from = From::kConstant;
  std::string text;  // the constant, or the column's header
  TextForm form = TextForm::kAsIs;
};

enum class UnlistedValue { kKeep, kRefuse, kEmpty };

// One text made from a row.
struct MappedValue {
  std::vector<ValuePart> parts;
  absl::flat_hash_map<std::string, std::string> replacements;
  UnlistedValue unlisted = UnlistedValue::kKeep;
  std::string lookup;  // the name of a lookup table, or empty
  TextForm form = TextForm::kAsIs;
  std::string prefix;
};

enum class ConditionTest { kEmpty, kPresent, kOneOf, kNoneOf };

struct RowCondition {
  std::string column;
  ConditionTest test = ConditionTest::kPresent;
  std::vector<std::string> values;
};

enum class RowAction { kSkip, kReport };

// Rows that make no fact.
struct RowRule {
  std::vector<RowCondition> when;  // all must hold
  RowAction action = RowAction::kSkip;
  std::string note;
};

struct SpendMapping {
  MappedValue kind;
  MappedValue amount;
};

struct TrafficMapping {
  std::optional<MappedValue> impressions;
  std::optional<MappedValue> clicks;
  std::optional<MappedValue> sessions;
};

struct InquiryMapping {
  std::optional<MappedValue> buyer_key;
  std::optional<MappedValue> product_line;
  std::optional<MappedValue> account;
  std::optional<MappedValue> grade;
  std::optional<MappedValue> outcome;
  std::optional<MappedValue> exclusion;
};

struct OrderMapping {
  MappedValue value;
  std::optional<MappedValue> margin;
  std::optional<MappedValue> inquiry_event_id;
  std::optional<MappedValue> status;
};

struct PaymentMapping {
  MappedValue amount;
  MappedValue order_event_id;
};

struct RefundMapping {
  MappedValue amount;
  MappedValue order_event_id;
};

using DetailMapping = std::variant<SpendMapping, TrafficMapping, InquiryMapping, OrderMapping,
                                   PaymentMapping, RefundMapping>;

// One fact of a row.
struct FactMapping {
  std::vector<RowCondition> when;  // all must hold
  MappedValue event_id;
  MappedValue occurred_on;
  std::optional<MappedValue> channel;
  std::optional<MappedValue> campaign;
  std::optional<MappedValue> member;
  std::optional<MappedValue> acting_role;
  std::optional<MappedValue> team;
  DetailMapping detail;
};

struct ImportMapping {
  std::string source;
  char delimiter = ',';
  std::string time_zone;
  std::vector<std::string> date_formats;
  std::optional<MappedValue> currency;
  CaptureMode capture = CaptureMode::kManual;
  // Table name to its entries.
  absl::flat_hash_map<std::string, absl::flat_hash_map<std::string, std::string>> lookups;
  std::vector<RowRule> row_rules;
  std::vector<FactMapping> facts;
};

// Whether the mapping makes sense by itself, before any file is seen. INVALID_ARGUMENT:
// MAPPING_INVALID for a delimiter that text needs, a malformed or ambiguous date format, a lookup
// that is not there, a member without acting role or money without currency; TIME_ZONE_UNKNOWN;
// CURRENCY_UNKNOWN for a constant that is no currency.
absl::Status CheckMapping(const ImportMapping& mapping);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_H_
