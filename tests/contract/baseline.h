// The wire and the names of the contracts as lines, none of which a client can do without.
#ifndef ARGOSY_TESTS_CONTRACT_BASELINE_H_
#define ARGOSY_TESTS_CONTRACT_BASELINE_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace argosy::contract {

// One line for every method, field and enum value of `files`, sorted, each whole in itself:
// whatever is removed, renamed, renumbered, retyped, moved into a oneof or made repeated or
// streaming takes a line away, and an addition only adds one.
std::string BaselineOf(const std::vector<const google::protobuf::FileDescriptor*>& files);

}  // namespace argosy::contract

#endif  // ARGOSY_TESTS_CONTRACT_BASELINE_H_
