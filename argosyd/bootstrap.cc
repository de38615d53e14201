#include "argosyd/bootstrap.h"

#include <memory>
#include <utility>

#include "base/crypto.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"
#include "base/status_macros.h"
#include "storage/pool.h"
#include "tenants/directory.h"

namespace argosy::argosyd {

absl::StatusOr<std::string> RunBootstrap(const Config& config, const base::Clock& clock,
                                         const tenancy::FirstOperator& first) {
  const std::unique_ptr<base::EntropySource> entropy = base::NewSystemEntropy();
  base::IdSource ids(*entropy);
  storage::Pool pool({.database = config.databases.at("tenancy"), .connections_max = 1}, clock);
  storage::Pool directory_pool({.database = config.directory, .connections_max = 1}, clock);
  tenants::Directory directory(directory_pool);
  ASSIGN_OR_RETURN(base::SealingKey page_key, base::SealingKey::FromBytes(config.page_key));
  const base::PageTokens pages(std::move(page_key), *entropy, clock);
  return tenancy::BootstrapPlatform({.pool = pool,
                                     .directory = directory,
                                     .clock = clock,
                                     .ids = ids,
                                     .entropy = *entropy,
                                     .page_tokens = pages},
                                    {.environment = config.environment,
                                     .issuer = config.issuer,
                                     .audience = config.audience,
                                     .token_pepper = config.token_pepper,
                                     .signing_seal = config.signing_seal},
                                    first);
}

}  // namespace argosy::argosyd
