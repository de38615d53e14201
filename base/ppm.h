// A rate in parts per million: the one unit of rates ("3 %" is 30,000 ppm).
#ifndef ARGOSY_BASE_PPM_H_
#define ARGOSY_BASE_PPM_H_

#include <compare>
#include <cstdint>

namespace argosy::base {

class Ppm {
 public:
  static constexpr int64_t kWhole = 1'000'000;

  constexpr Ppm() = default;
  constexpr explicit Ppm(int64_t value) : value_(value) {}
  constexpr int64_t value() const { return value_; }
  friend constexpr auto operator<=>(const Ppm&, const Ppm&) = default;

 private:
  int64_t value_ = 0;
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_PPM_H_
