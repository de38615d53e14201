// The text rules of mappings: dates from their written forms, keys from parts.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_TEXT_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_TEXT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace argosy::metrics {

// The parts joined by "/", each with "%" and "/" escaped, so that no two lists give one text. A
// single part stays as it is.
std::string JoinParts(absl::Span<const std::string> parts);

// `text` cut to at most `characters` whole UTF-8 characters.
std::string CutCharacters(absl::string_view text, size_t characters);

// One way to write a date: dd, mm and yyyy in any order, one separator twice.
class DateFormat {
 public:
  // INVALID_ARGUMENT / MAPPING_INVALID unless each of dd, mm, yyyy stands once with the same one of
  // "-/." between them.
  static absl::StatusOr<DateFormat> Parse(absl::string_view pattern);

  // Whether `text` has this format's separators and digits; day and month may be one digit.
  bool Fits(absl::string_view text) const;
  // The day. INVALID_ARGUMENT: DATE_UNREADABLE when the text does not fit, DATE_MALFORMED for 31
  // February and the like, DATE_OUT_OF_RANGE outside 2000..2099.
  absl::StatusOr<absl::CivilDay> Read(absl::string_view text) const;
  // True when some text fits both: "dd-mm-yyyy" and "mm-dd-yyyy".
  bool Overlaps(const DateFormat& other) const;

 private:
  enum class Field { kDay, kMonth, kYear };

  char separator_ = '-';
  std::vector<Field> fields_;
};

// The day by the first format that fits. INVALID_ARGUMENT as DateFormat::Read.
absl::StatusOr<absl::CivilDay> ReadDate(absl::Span<const DateFormat> formats,
                                        absl::string_view text);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_TEXT_H_
