#include "base/random.h"

#include <sodium.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "absl/numeric/int128.h"

namespace argosy::base {
namespace {

class SystemEntropy final : public EntropySource {
 public:
  std::string Bytes(size_t count) override {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
  }
};

uint64_t SplitMix64(uint64_t& state) {
  state += 0x9e3779b97f4a7c15ULL;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

uint64_t EntropySource::Uint64() {
  const std::string bytes = Bytes(sizeof(uint64_t));
  uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

std::unique_ptr<EntropySource> NewSystemEntropy() { return std::make_unique<SystemEntropy>(); }

Generator::Generator(uint64_t seed) {
  for (uint64_t& word : state_) word = SplitMix64(seed);
}

uint64_t Generator::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

uint64_t Generator::Below(uint64_t bound) {
  absl::uint128 product = absl::uint128(Next()) * bound;
  if (absl::Uint128Low64(product) < bound) {
    const uint64_t threshold = (0 - bound) % bound;
    while (absl::Uint128Low64(product) < threshold) product = absl::uint128(Next()) * bound;
  }
  return absl::Uint128High64(product);
}

double Generator::Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }

double Generator::Normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  double u = 0;
  double v = 0;
  double s = 0;
  do {
    u = 2 * Unit() - 1;
    v = 2 * Unit() - 1;
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const double factor = std::sqrt(-2 * std::log(s) / s);
  spare_ = v * factor;
  has_spare_ = true;
  return u * factor;
}

std::string SeededEntropy::Bytes(size_t count) {
  MutexLock lock(mutex_);
  std::string bytes;
  bytes.reserve(count + sizeof(uint64_t));
  while (bytes.size() < count) {
    const uint64_t word = generator_.Next();
    bytes.append(reinterpret_cast<const char*>(&word), sizeof(word));
  }
  bytes.resize(count);
  return bytes;
}

}  // namespace argosy::base
