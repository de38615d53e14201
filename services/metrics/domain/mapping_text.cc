#include "services/metrics/domain/mapping_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "base/period.h"
#include "services/metrics/domain/import_errors.h"

namespace argosy::metrics {
namespace {

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string JoinParts(absl::Span<const std::string> parts) {
  if (parts.size() == 1) return parts[0];
  std::string joined;
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::StrAppend(&joined, i == 0 ? "" : "/",
                    absl::StrReplaceAll(parts[i], {{"%", "%25"}, {"/", "%2F"}}));
  }
  return joined;
}

std::string CutCharacters(absl::string_view text, size_t characters) {
  size_t seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsContinuation(text[i])) continue;
    if (seen == characters) return std::string(text.substr(0, i));
    ++seen;
  }
  return std::string(text);
}

absl::StatusOr<DateFormat> DateFormat::Parse(absl::string_view pattern) {
  const auto malformed = [&] {
    return MappingInvalid(
        "date_formats", absl::StrCat("'", pattern, "' is not dd, mm and yyyy with one separator"));
  };
  const size_t at = pattern.find_first_of("-/.");
  if (at == absl::string_view::npos) return malformed();
  DateFormat format;
  format.separator_ = pattern[at];
  for (const absl::string_view token : absl::StrSplit(pattern, format.separator_)) {
    if (token == "dd") {
      format.fields_.push_back(Field::kDay);
    } else if (token == "mm") {
      format.fields_.push_back(Field::kMonth);
    } else if (token == "yyyy") {
      format.fields_.push_back(Field::kYear);
    } else {
      return malformed();
    }
  }
  std::vector<Field> sorted = format.fields_;
  std::sort(sorted.begin(), sorted.end());
  if (sorted != std::vector<Field>{Field::kDay, Field::kMonth, Field::kYear}) return malformed();
  return format;
}

bool DateFormat::Fits(absl::string_view text) const {
  const std::vector<absl::string_view> pieces = absl::StrSplit(text, separator_);
  if (pieces.size() != fields_.size()) return false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!IsDigits(pieces[i])) return false;
    const bool fits = fields_[i] == Field::kYear ? pieces[i].size() == 4 : pieces[i].size() <= 2;
    if (!fits) return false;
  }
  return true;
}

absl::StatusOr<absl::CivilDay> DateFormat::Read(absl::string_view text) const {
  if (!Fits(text)) return DateUnreadable(text);
  const std::vector<absl::string_view> pieces = absl::StrSplit(text, separator_);
  absl::string_view day;
  absl::string_view month;
  absl::string_view year;
  for (size_t i = 0; i < pieces.size(); ++i) {
    (fields_[i] == Field::kDay ? day : fields_[i] == Field::kMonth ? month : year) = pieces[i];
  }
  const auto two_digits = [](absl::string_view digits) {
    return absl::StrCat(digits.size() == 1 ? "0" : "", digits);
  };
  return base::ParseCivilDay(absl::StrCat(year, "-", two_digits(month), "-", two_digits(day)));
}

bool DateFormat::Overlaps(const DateFormat& other) const {
  if (separator_ != other.separator_) return false;
  // Four digits are a year and nothing else is: what tells two formats apart is where it stands.
  const auto year_at = [](const DateFormat& format) {
    return std::find(format.fields_.begin(), format.fields_.end(), Field::kYear) -
           format.fields_.begin();
  };
  return year_at(*this) == year_at(other);
}

absl::StatusOr<absl::CivilDay> ReadDate(absl::Span<const DateFormat> formats,
                                        absl::string_view text) {
  for (const DateFormat& format : formats) {
    if (format.Fits(text)) return format.Read(text);
  }
  return DateUnreadable(text);
}

}  // namespace argosy::metrics
