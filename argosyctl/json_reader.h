// JSON texts as messages, and what is wrong with one in a line that people can read.
#ifndef ARGOSY_ARGOSYCTL_JSON_READER_H_
#define ARGOSY_ARGOSYCTL_JSON_READER_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::ctl {

// Reads the object `json`, which stands at `place` ("channels[0]") of a larger document or, with
// "", is the whole of it, into `message`. INVALID_ARGUMENT when it is no JSON or does not fit, with
// one line as the message: "(channels[0].channel) colour: Cannot find field.", which is place, key
// and reason; place and key are left out where protobuf's reader does not know them.
absl::Status ReadJsonMessage(absl::string_view json, absl::string_view place,
                             google::protobuf::Message& message);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_JSON_READER_H_
