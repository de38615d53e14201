#include "tests/bench/comparison.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/status_macros.h"

namespace argosy::bench {
namespace {

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Pair Medians(const std::vector<Pair>& pairs) {
  std::vector<double> ours;
  std::vector<double> reference;
  for (const Pair& pair : pairs) {
    ours.push_back(pair.ours);
    reference.push_back(pair.reference);
  }
  return {.ours = Median(ours), .reference = Median(reference)};
}

absl::StatusOr<Pair> MeasurePair(const Comparison& comparison) {
  Pair pair;
  ASSIGN_OR_RETURN(pair.ours, comparison.measure_ours());
  ASSIGN_OR_RETURN(pair.reference, comparison.measure_reference());
  if (pair.ours <= 0 || pair.reference <= 0) {
    return absl::InternalError(absl::StrCat(comparison.name, ": a rate is not positive"));
  }
  return pair;
}

std::string ProcessorModel() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::string Machine() {
  return absl::StrCat(ProcessorModel(), ", ", std::thread::hardware_concurrency(), " cores");
}

}  // namespace

absl::StatusOr<Result> Compare(const Comparison& comparison, int pairs) {
  RETURN_IF_ERROR(MeasurePair(comparison).status());
  Result result;
  std::vector<double> ratios;
  for (int i = 0; i < std::max(pairs, kPairsMin); ++i) {
    ASSIGN_OR_RETURN(const Pair pair, MeasurePair(comparison));
    result.pairs.push_back(pair);
    ratios.push_back(pair.ours / pair.reference);
  }
  result.ratio = Median(ratios);
  result.met = result.ratio >= comparison.bar;
  return result;
}

std::string Describe(const Comparison& comparison, const Result& result) {
  const Pair absolute = Medians(result.pairs);
  return absl::StrFormat(
      "%-10s ratio %.2f (bar %.2f, %s)  ours %.0f %s / reference %.0f %s  [%d pairs, %s]  not "
      "measured: %s",
      comparison.name, result.ratio, comparison.bar, result.met ? "met" : "MISSED", absolute.ours,
      comparison.ours, absolute.reference, comparison.reference,
      static_cast<int>(result.pairs.size()), Machine(), comparison.leaves_out);
}

absl::Status WriteResult(const std::string& directory, const Comparison& comparison,
                         const Result& result) {
  const Pair absolute = Medians(result.pairs);
  nlohmann::json json = {{"name", comparison.name},
                         {"ratio", result.ratio},
                         {"higher_is_better", true},
                         {"bar", comparison.bar},
                         {"ours", comparison.ours},
                         {"reference", comparison.reference},
                         {"absolute", {{"ours", absolute.ours}, {"reference", absolute.reference}}},
                         {"not_measured", comparison.leaves_out},
                         {"machine", Machine()}};
  for (const Pair& pair : result.pairs) {
    json["pairs"].push_back({{"ours", pair.ours}, {"reference", pair.reference}});
  }
  std::filesystem::create_directories(directory);
  std::ofstream out(absl::StrCat(directory, "/", comparison.name, ".json"));
  out << json.dump(2) << "\n";
  return out.good() ? absl::OkStatus()
                    : absl::InternalError(absl::StrCat("cannot write to ", directory));
}

}  // namespace argosy::bench
