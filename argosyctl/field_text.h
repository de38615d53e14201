// Fields of any message set from text and shown as text, by reflection: what a flag of a command
// and a cell of a table need.
#ifndef ARGOSY_ARGOSYCTL_FIELD_TEXT_H_
#define ARGOSY_ARGOSYCTL_FIELD_TEXT_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace argosy::ctl {

// Sets the field at `path` ("channel.kind") of `message` from `text`, or adds an element when it is
// repeated. An enum is its value's name without the type's prefix, in any case; a boolean true or
// false; money "1234.56 USD"; an instant RFC 3339 ("2026-03-09T08:00:00Z"); a duration "90d" or Go
// style ("12h30m"); a period "2026-03", "2026-Q1", "2026-W11", "2026" or "2026-01-01..2026-02-01"
// (end exclusive); a fact reference "source/id"; a dimension value "channel=google-ads". A resource
// name is expanded in `tenant`. INVALID_ARGUMENT / FIELD_INVALID, with `path` as the field, for
// another text.
absl::Status SetField(google::protobuf::Message& message, absl::string_view path,
                      absl::string_view text, absl::string_view tenant);

// Expands every resource name of `message`, nested ones included, that is written short.
absl::Status ExpandReferences(google::protobuf::Message& message, absl::string_view tenant);

// The field that `path` names in messages of `type`, or null.
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor* type,
                                                   absl::string_view path);

// The enum value's name without its type's prefix: "SEARCH".
std::string EnumText(const google::protobuf::EnumValueDescriptor& value);

// What people read: the field at `path` as SetField takes it, "" when it is not set; elements
// joined by ", "; names of resources short; instants in `zone`, with its offset. Of a oneof: which
// it is and what it holds, "order 18600.00 USD CONFIRMED"; amounts and names of enums stand alone,
// what else there is behind its field's name.
std::string FieldText(const google::protobuf::Message& message, absl::string_view path,
                      const absl::TimeZone& zone);
// The same in UTC.
std::string FieldText(const google::protobuf::Message& message, absl::string_view path);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_FIELD_TEXT_H_
