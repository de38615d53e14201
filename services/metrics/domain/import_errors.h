// Every refusal of an import, named for the fact.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_ERRORS_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::metrics {

// Of a mapping: INVALID_ARGUMENT.

// MAPPING_INVALID: `field` of the mapping contradicts itself or another part of it.
absl::Status MappingInvalid(absl::string_view field, absl::string_view why);
// MAPPING_COLUMN_UNKNOWN: the mapping names a column that the file's header has not.
absl::Status MappingColumnUnknown(absl::string_view column);
// MAPPING_COLUMN_AMBIGUOUS: the header has the column twice.
absl::Status MappingColumnAmbiguous(absl::string_view column);

// Of a file as a whole: INVALID_ARGUMENT, naming the place.

// CSV_MALFORMED: a quote where none may stand, or none where one must.
absl::Status CsvMalformed(int64_t line, int64_t byte_offset, absl::string_view why);
// CSV_ENCODING: not UTF-8 at `byte_offset`.
absl::Status CsvEncoding(int64_t byte_offset, absl::string_view found);
// CSV_TOO_LARGE: more rows, columns or bytes in a cell than an import takes.
absl::Status CsvTooLarge(int64_t line, absl::string_view what, int64_t most);
// CSV_HEADER_MISSING: there is no first line to name the columns.
absl::Status CsvHeaderMissing();

// Of a person: FAILED_PRECONDITION; it becomes a finding of the row, which is recorded all the
// same.

// MEMBER_UNKNOWN: nobody has made the member that the row names.
absl::Status MemberUnknown(absl::string_view member);

// Of a cell: INVALID_ARGUMENT; they become findings of the row.

// VALUE_MISSING: a cell is empty whose text the fact needs.
absl::Status ValueMissing(absl::string_view field);
// VALUE_UNLISTED: no replacement, no enum value and no lookup table holds the text.
absl::Status ValueUnlisted(absl::string_view text, absl::string_view where);
// NUMBER_MALFORMED: not a whole number of digits.
absl::Status NumberMalformed(absl::string_view text);
// DATE_UNREADABLE: none of the mapping's date formats reads the text.
absl::Status DateUnreadable(absl::string_view text);
// ROW_WIDTH: a row has another number of cells than the header.
absl::Status RowWidth(int64_t cells, int64_t columns);

// ROW_REPORTED: a rule of the mapping reports the row, saying `note`.
absl::Status RowReported(absl::string_view note);
// FACT_REVISED_SINCE (FAILED_PRECONDITION): undoing leaves the fact, whose latest revision is
// somebody else's.
absl::Status FactRevisedSince(absl::string_view event_id);

// Of the steps of an import.

// IMPORT_PART_CONFLICT (ALREADY_EXISTS): other bytes are held at this offset.
absl::Status ImportPartConflict(int64_t offset);
// IMPORT_PART_GAP (FAILED_PRECONDITION): the part does not begin where the held bytes end.
absl::Status ImportPartGap(int64_t offset, int64_t expected);
// IMPORT_CONTENT_MISMATCH (FAILED_PRECONDITION): the file's digest is not the one announced.
absl::Status ImportContentMismatch();
// IMPORT_OFFSET_INVALID (INVALID_ARGUMENT): no step begins at this row.
absl::Status ImportOffsetInvalid(int64_t offset, int64_t expected);
// STATE_NOT_ALLOWED (FAILED_PRECONDITION).
absl::Status ImportStateNotAllowed(absl::string_view verb, absl::string_view state);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_ERRORS_H_
