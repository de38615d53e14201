// Sums of contributions by cell.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_TALLY_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/metrics/domain/measure.h"
#include "services/metrics/domain/question.h"

namespace argosy::metrics {

// Which channels a sum is over.
enum class Breadth { kAllChannels, kPaidChannels };

// The sums of one cell.
class Tally {
 public:
  void Add(const Contribution& contribution, const base::ChannelId& channel);
  void Touch(Measure measure) { ++touched_[Index(measure)]; }

  // One of what is missing.
  void AddMissing(Measure measure) { ++sums_[Index(measure)]; }

  absl::int128 sum(Measure measure) const { return sums_[Index(measure)]; }
  // Facts that counted or might have.
  int64_t touched(Measure measure) const { return touched_[Index(measure)]; }

  // Days before `end` with spend of a channel.
  int64_t SpendDays(const base::ChannelId& channel, absl::CivilDay end) const;
  // Channels with any spend.
  std::vector<base::ChannelId> SpendChannels() const;

 private:
  static size_t Index(Measure measure) { return static_cast<size_t>(measure); }

  std::array<absl::int128, kMeasureCount> sums_{};
  std::array<int64_t, kMeasureCount> touched_{};
  std::map<base::ChannelId, std::set<absl::CivilDay>> spend_days_;
};

// Where a figure stands: a bucket of the period, and a text for each dimension in the order asked
// for. A time dimension's text is its label, an attribution's is its id, a role's is its number; ""
// is not attributed.
struct Cell {
  size_t bucket = 0;
  std::vector<std::string> values;

  friend bool operator==(const Cell&, const Cell&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Cell& cell) {
    return H::combine(std::move(h), cell.bucket, cell.values);
  }
};

// The cells of a question and their sums.
class Tallies {
 public:
  // RESULT_TOO_LARGE when there are more than kRowsMax cells.
  static absl::StatusOr<Tallies> Make(const FactBook& book, const Question& question,
                                      const Measured& measured);

  const std::vector<base::Period>& buckets() const { return buckets_; }
  // Every cell, in the order of its values. Every bucket of the period has one, so that a day
  // without facts is seen as such; so has every channel when they alone are asked for.
  const std::vector<Cell>& cells() const { return cells_; }
  const Tally& At(const Cell& cell, Breadth breadth) const;
  // Where a fact credited as `at` that counts on `day` stands.
  Cell CellOf(const Attribution& at, absl::CivilDay day) const;

 private:
  struct Pair {
    Tally all;
    Tally paid;
  };

  Tallies(const FactBook& book, const Question& question);
  std::string ValueOf(Dimension dimension, const Attribution& at, size_t bucket) const;
  size_t BucketOf(absl::CivilDay day) const;
  absl::StatusOr<Pair*> Find(const Attribution& at, absl::CivilDay day);
  absl::Status Count(const Measured& measured);
  // `values` with `label` in every place of time.
  std::vector<std::string> WithTime(std::vector<std::string> values,
                                    const std::string& label) const;
  bool Asks(const Channel& channel) const;
  // The values that cells have beside their time: those counted, and where only channels are asked
  // for beside time, those of every channel.
  std::set<std::vector<std::string>> Rests() const;
  absl::Status Complete();

  const FactBook& book_;
  const Question& question_;
  std::vector<base::Period> buckets_;
  std::vector<std::string> labels_;  // of the buckets; "" of the whole period
  absl::flat_hash_map<base::ChannelId, Paid> channels_;
  absl::flat_hash_map<Cell, size_t> positions_;
  std::vector<Pair> tallies_;
  std::vector<Cell> cells_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_TALLY_H_
