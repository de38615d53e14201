// The canonical bytes of a fact: what its hash covers and how its details are stored.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_FACT_CODEC_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_FACT_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// Canonical bytes of a payload: its kind and every field. The currency of all its amounts is
// written once for each amount, so that a payload reads alone.
std::string EncodePayload(const Payload& payload);

// What EncodePayload wrote. DATA_LOSS for anything else.
absl::StatusOr<Payload> DecodePayload(absl::string_view bytes);

// SHA-256 over the canonical bytes of everything its sender states but the identity and the
// revision, which are the key it is compared under. Neither the import nor the time of recording is
// part of it: the same statement sent twice is the same.
std::string PayloadHash(const Fact& fact);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_FACT_CODEC_H_
