// Two things measured in turn in one run, and their ratio: the only form a speed is stated in.
//
// Machines are shared and noisy. A ratio of neighbours in time survives that; an absolute figure
// does not, and is printed with the machine it was taken on.
#ifndef ARGOSY_TESTS_BENCH_COMPARISON_H_
#define ARGOSY_TESTS_BENCH_COMPARISON_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace argosy::bench {

// The median needs at least this many pairs to shrug off one bad neighbour.
inline constexpr int kPairsMin = 5;

struct Comparison {
  std::string name;        // "rpc": also the name of the result file
  std::string ours;        // what is measured, with its unit: "GetTenant calls/s, 16 clients"
  std::string reference;   // what it is compared with
  double bar = 0;          // the ratio to reach
  std::string leaves_out;  // what the figure does not measure
  // Each measures once and returns a rate: more is better.
  std::function<absl::StatusOr<double>()> measure_ours;
  std::function<absl::StatusOr<double>()> measure_reference;
};

struct Pair {
  double ours = 0;
  double reference = 0;
};

struct Result {
  double ratio = 0;  // the median of the pairs' ratios
  std::vector<Pair> pairs;
  bool met = false;
};

// Measures one pair to warm up, which is thrown away, then `pairs` pairs in turn.
absl::StatusOr<Result> Compare(const Comparison& comparison, int pairs);

// One line for people.
std::string Describe(const Comparison& comparison, const Result& result);

// bench-results/<name>.json for machines.
absl::Status WriteResult(const std::string& directory, const Comparison& comparison,
                         const Result& result);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_COMPARISON_H_
