// One credit and the canonical bytes of many: what a line is explained by and its digest covers.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDIT_BYTES_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDIT_BYTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/incentives/domain/facts.h"
#include "services/incentives/domain/plan.h"

namespace argosy::incentives {

// An amount credited to one payee by one component, and what it earned there.
struct Credit {
  FactKey order;
  std::optional<FactKey> payment;
  std::vector<FactKey> refunds;
  absl::Time event_time;
  int64_t standing_minor = 0;
  Share share;
  int64_t credited_minor = 0;
  int64_t before_minor = 0;  // the component's total before
  int64_t earned_minor = 0;  // the difference of two rounded totals

  friend bool operator==(const Credit&, const Credit&) = default;
};

// Some consecutive credits of a line.
struct CreditChunk {
  // One page of an explanation, and a row that a statement packet holds many of.
  static constexpr size_t kCreditsMax = 200;
  static constexpr size_t kBytesMax = 64 * 1024;

  int64_t credit_count = 0;
  std::string bytes;

  friend bool operator==(const CreditChunk&, const CreditChunk&) = default;
};

// DATA_LOSS for anything but the bytes of a chunk.
absl::StatusOr<std::vector<Credit>> ParseCreditChunk(absl::string_view bytes);

// Packs the credits of one line, in order, into chunks, so that a line of any length costs only its
// packed bytes.
class CreditPacker {
 public:
  void Add(const Credit& credit);
  int64_t credit_count() const { return credit_count_; }
  // All chunks; the packer is empty afterwards.
  std::vector<CreditChunk> Finish();

 private:
  void Close();

  int64_t credit_count_ = 0;
  int64_t open_count_ = 0;
  std::string open_;
  std::vector<CreditChunk> chunks_;
};

// SHA-256 chained over the chunks in order: 32 bytes. No chunk gives the digest of nothing.
std::string ComputeCreditsDigest(const std::vector<CreditChunk>& chunks);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDIT_BYTES_H_
