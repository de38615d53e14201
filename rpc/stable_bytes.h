// Messages as bytes that depend on their content alone.
#ifndef ARGOSY_RPC_STABLE_BYTES_H_
#define ARGOSY_RPC_STABLE_BYTES_H_

#include <string>

#include "google/protobuf/message.h"

namespace argosy::rpc {

// `message` serialized with the entries of its maps in the order of their keys. Protobuf otherwise
// writes them in an order that changes from one map to the next, which would make equal messages
// differ: in their hashes, and in answers that must not be told apart.
std::string StableBytes(const google::protobuf::Message& message);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_STABLE_BYTES_H_
