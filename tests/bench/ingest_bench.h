// ingest: facts acknowledged durable through the API against bare inserts of the same facts.
#ifndef ARGOSY_TESTS_BENCH_INGEST_BENCH_H_
#define ARGOSY_TESTS_BENCH_INGEST_BENCH_H_

#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/comparison.h"
#include "tests/bench/target.h"

namespace argosy::bench {

absl::StatusOr<Result> RunIngestBench(const Target& target, const std::string& results);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_INGEST_BENCH_H_
