// The seeded generator of synthetic companies: the same seed gives the same facts everywhere.
//
// Draws are double arithmetic on top of base::Generator; every one is rounded to a whole number, a
// choice or an instant in whole seconds before it is used, so that the last bit of a mathematical
// library does not show.
#ifndef ARGOSY_DEMO_GENERATOR_H_
#define ARGOSY_DEMO_GENERATOR_H_

#include <cstddef>
#include <cstdint>

#include "demo/company.h"
#include "demo/profile.h"

namespace argosy::demo {

struct GenerateOptions {
  // What the demonstration uses.
  static constexpr uint64_t kSeed = 20240501;

  uint64_t seed = kSeed;
  // Multiplies money, visitors and inquiries; > 0. Staff and calendar stay.
  double volume = 1;
};

// The company with all facts that have arrived by CloseDay, in the order of their arrival: 5 % come
// 1 to 14 days late, 2 % are sent twice, spend is restated by -2 % within 30 days, 15 % of the
// inquiries are regraded within 7 days and 1 % of them retracted, each as a further revision.
Company MakeCompany(CompanyKind kind, const GenerateOptions& options);

// A company with exactly `count` facts, for benchmarks: of the smallest power of two as volume that
// gives so many, the first `count`.
Company MakeCompanyOfSize(CompanyKind kind, uint64_t seed, size_t count);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_GENERATOR_H_
