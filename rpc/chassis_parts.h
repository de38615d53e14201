// What a Chassis is made of.
#ifndef ARGOSY_RPC_CHASSIS_PARTS_H_
#define ARGOSY_RPC_CHASSIS_PARTS_H_

#include <string>

#include "absl/time/time.h"

namespace argosy::base {
class Clock;
class EntropySource;
class Log;
}  // namespace argosy::base

namespace argosy::rpc {

class DenialSink;
class KeySet;
class TenantLookup;

// Threads of the public server. Synchronous calls hold one each while they wait for the database,
// so this bounds connections too.
inline constexpr int kPublicThreads = 36;
// Threads gRPC keeps for itself and for the chassis' own refusals: beyond kPublicThreads gRPC
// answers code 8 by itself, without the details a client needs.
inline constexpr int kPublicThreadsReserved = 4;
// Threads of the internal server: a nested call for each admitted outer call.
inline constexpr int kInternalThreads = kPublicThreads;

struct ChassisOptions {
  std::string issuer;    // the "iss" every access token must carry; never empty
  std::string audience;  // the "aud"; never empty
  // Calls answered at once on the public server.
  int admitted_max = kPublicThreads - kPublicThreadsReserved;
  // Of those, for one network peer; a proxy in front is one peer, so the default is all of them.
  int per_peer_max = kPublicThreads - kPublicThreadsReserved;
  // Of those, for methods that need no token: whoever has one always finds some left.
  int public_max = 12;
  // Of those, for one tenant: the others always find some left.
  int per_tenant_max = 24;
  // Of those, for one principal: one script does not keep its colleagues out.
  int per_principal_max = 20;
};

// References that outlive the chassis.
struct ChassisParts {
  const base::Clock& clock;
  base::EntropySource& entropy;
  TenantLookup& tenants;
  const KeySet& keys;
  DenialSink& denials;
  base::Log& log;
  ChassisOptions options;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CHASSIS_PARTS_H_
