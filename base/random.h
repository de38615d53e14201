// Randomness comes in through an object, so that a test or a simulation can name its seed.
#ifndef ARGOSY_BASE_RANDOM_H_
#define ARGOSY_BASE_RANDOM_H_

#include <cstdint>
#include <memory>
#include <string>

#include "base/mutex.h"

namespace argosy::base {

// Unpredictable bytes for ids, secrets and jitter. Thread-safe.
class EntropySource {
 public:
  virtual ~EntropySource() = default;
  // Exactly `count` bytes.
  virtual std::string Bytes(size_t count) = 0;
  uint64_t Uint64();
};

// The operating system's generator (libsodium).
std::unique_ptr<EntropySource> NewSystemEntropy();

// xoshiro256** seeded through splitmix64 (Blackman and Vigna, "Scrambled linear pseudorandom number
// generators", 2021). The project's one generator for simulations: std distributions give other
// numbers in other libraries. Not for secrets. Not thread-safe.
class Generator {
 public:
  explicit Generator(uint64_t seed);
  uint64_t Next();
  // Uniform in [0, bound) without bias (Lemire's rejection). `bound` > 0.
  uint64_t Below(uint64_t bound);
  // Uniform in [0, 1) with 53 bits.
  double Unit();
  // Standard normal, by the polar method.
  double Normal();

 private:
  uint64_t state_[4];
  bool has_spare_ = false;
  double spare_ = 0;
};

// An EntropySource that repeats from a seed, for tests.
class SeededEntropy final : public EntropySource {
 public:
  explicit SeededEntropy(uint64_t seed) : generator_(seed) {}
  std::string Bytes(size_t count) override;

 private:
  Mutex mutex_;
  Generator generator_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_RANDOM_H_
