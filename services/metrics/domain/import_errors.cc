#include "services/metrics/domain/import_errors.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "services/metrics/domain/mapping_text.h"

namespace argosy::metrics {
namespace {

using base::Fault;
using base::MakeFault;

// A cell may hold 64 KiB; a message quotes its beginning.
constexpr size_t kQuotedCharactersMax = 60;

std::string Quoted(absl::string_view text) {
  const std::string begin = CutCharacters(text, kQuotedCharactersMax);
  return absl::StrCat("'", absl::Utf8SafeCHexEscape(begin),
                      begin.size() < text.size() ? "...'" : "'");
}

absl::Status Invalid(absl::string_view reason, absl::string_view message,
                     std::vector<std::pair<std::string, std::string>> metadata) {
  return MakeFault(absl::StatusCode::kInvalidArgument, message,
                   {.reason = std::string(reason), .metadata = std::move(metadata)});
}

}  // namespace

absl::Status MappingInvalid(absl::string_view field, absl::string_view why) {
  return MakeFault(
      absl::StatusCode::kInvalidArgument, absl::StrCat("mapping: ", field, ": ", why),
      {.reason = "MAPPING_INVALID",
       .metadata = {{"field", std::string(field)}, {"why", std::string(why)}},
       .field_violations = {{absl::StrCat("import.mapping.", field), std::string(why)}}});
}

absl::Status MappingColumnUnknown(absl::string_view column) {
  return Invalid("MAPPING_COLUMN_UNKNOWN",
                 absl::StrCat("the file's header has no column ", Quoted(column)),
                 {{"column", std::string(column)}});
}

absl::Status MappingColumnAmbiguous(absl::string_view column) {
  return Invalid("MAPPING_COLUMN_AMBIGUOUS",
                 absl::StrCat("the file's header has the column ", Quoted(column), " twice"),
                 {{"column", std::string(column)}});
}

absl::Status CsvMalformed(int64_t line, int64_t byte_offset, absl::string_view why) {
  return Invalid("CSV_MALFORMED", absl::StrCat("line ", line, ", byte ", byte_offset, ": ", why),
                 {{"line", absl::StrCat(line)},
                  {"byte_offset", absl::StrCat(byte_offset)},
                  {"why", std::string(why)}});
}

absl::Status CsvEncoding(int64_t byte_offset, absl::string_view found) {
  return Invalid("CSV_ENCODING",
                 absl::StrCat("the file is not UTF-8: ", found, " at byte ", byte_offset),
                 {{"byte_offset", absl::StrCat(byte_offset)}, {"found", std::string(found)}});
}

absl::Status CsvTooLarge(int64_t line, absl::string_view what, int64_t most) {
  return Invalid(
      "CSV_TOO_LARGE", absl::StrCat("line ", line, ": more than ", most, " ", what),
      {{"line", absl::StrCat(line)}, {"what", std::string(what)}, {"most", absl::StrCat(most)}});
}

absl::Status CsvHeaderMissing() {
  return Invalid("CSV_HEADER_MISSING", "the file has no header line", {});
}

absl::Status MemberUnknown(absl::string_view member) {
  return MakeFault(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("nobody has made the member ", Quoted(member),
                   ": what is theirs is recorded, and earns nobody anything until somebody does"),
      {.reason = "MEMBER_UNKNOWN", .metadata = {{"member", std::string(member)}}});
}

absl::Status ValueMissing(absl::string_view field) {
  return Invalid("VALUE_MISSING", absl::StrCat(field, " has no value"),
                 {{"field", std::string(field)}});
}

absl::Status ValueUnlisted(absl::string_view text, absl::string_view where) {
  return Invalid("VALUE_UNLISTED", absl::StrCat(Quoted(text), " is not in ", where),
                 {{"value", Quoted(text)}, {"where", std::string(where)}});
}

absl::Status NumberMalformed(absl::string_view text) {
  return Invalid("NUMBER_MALFORMED", absl::StrCat(Quoted(text), " is not a whole number"),
                 {{"value", Quoted(text)}});
}

absl::Status DateUnreadable(absl::string_view text) {
  return Invalid("DATE_UNREADABLE",
                 absl::StrCat(Quoted(text), " is in none of the mapping's date formats"),
                 {{"value", Quoted(text)}});
}

absl::Status RowWidth(int64_t cells, int64_t columns) {
  return Invalid("ROW_WIDTH", absl::StrCat("the row has ", cells, " cells, the header ", columns),
                 {{"cells", absl::StrCat(cells)}, {"columns", absl::StrCat(columns)}});
}

absl::Status RowReported(absl::string_view note) { return Invalid("ROW_REPORTED", note, {}); }

absl::Status FactRevisedSince(absl::string_view event_id) {
  return MakeFault(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("the fact ", Quoted(event_id), " has been revised since and stays"),
      {.reason = "FACT_REVISED_SINCE", .metadata = {{"event_id", std::string(event_id)}}});
}

absl::Status ImportPartConflict(int64_t offset) {
  return MakeFault(
      absl::StatusCode::kAlreadyExists, absl::StrCat("other bytes are held at offset ", offset),
      {.reason = "IMPORT_PART_CONFLICT", .metadata = {{"offset", absl::StrCat(offset)}}});
}

absl::Status ImportPartGap(int64_t offset, int64_t expected) {
  return MakeFault(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("a part at offset ", offset, "; the next one begins at ", expected),
      {.reason = "IMPORT_PART_GAP",
       .metadata = {{"offset", absl::StrCat(offset)}, {"expected", absl::StrCat(expected)}}});
}

absl::Status ImportContentMismatch() {
  return MakeFault(absl::StatusCode::kFailedPrecondition,
                   "the file's SHA-256 is not the one announced",
                   {.reason = "IMPORT_CONTENT_MISMATCH"});
}

absl::Status ImportOffsetInvalid(int64_t offset, int64_t expected) {
  return Invalid("IMPORT_OFFSET_INVALID",
                 absl::StrCat("no step begins at row ", offset, "; go on at ", expected),
                 {{"offset", absl::StrCat(offset)}, {"expected", absl::StrCat(expected)}});
}

absl::Status ImportStateNotAllowed(absl::string_view verb, absl::string_view state) {
  return MakeFault(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("cannot ", verb, " an import that is ", state),
                   {.reason = "STATE_NOT_ALLOWED",
                    .metadata = {{"verb", std::string(verb)}, {"state", std::string(state)}},
                    .precondition = base::PreconditionFault{
                        .type = "STATE", .subject = "import", .description = std::string(state)}});
}

}  // namespace argosy::metrics
