// Lists read to their end.
#ifndef ARGOSY_ARGOSYCTL_PAGING_H_
#define ARGOSY_ARGOSYCTL_PAGING_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosyctl/client_session.h"
#include "argosyctl/environment.h"

namespace argosy::ctl {

// The field of a page that holds its resources, or null when `page` is no page.
const google::protobuf::FieldDescriptor* ItemsOf(const google::protobuf::Descriptor* page);

// Pages of `request`, which is changed on the way, until `limit` resources or the end have come.
// The pages own the resources.
absl::StatusOr<std::vector<std::unique_ptr<google::protobuf::Message>>> ReadPages(
    ClientSession& session, google::protobuf::Message& request, int64_t limit);

// Says on standard error that `count` items, when above 0, are not in the list.
void SayLeftOut(const Environment& environment, int64_t count);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_PAGING_H_
