// Which inquiries count, and what became of each.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_COHORT_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_COHORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// Two inquiries of one buyer about one product line nearer than this are one.
inline constexpr absl::Duration kRepeatWindow = absl::Hours(24);

// A refund that its sender dates more days before its order than this is none of it: questions
// about an order read no refunds further back. A run of incentives draws the same line, or revenue
// and pay would differ.
inline constexpr int64_t kRefundLeadDaysMax = 365;

// Positions of facts in the book, in order of occurrence.
struct OrderStanding {
  size_t order = 0;
  absl::CivilDay day;
  std::vector<size_t> refunds;
  std::vector<size_t> payments;
  absl::int128 refunded = 0;
  bool confirmed = false;
  bool fully_refunded = false;

  bool kept() const { return confirmed && !fully_refunded; }
};

struct InquiryStanding {
  size_t inquiry = 0;
  absl::CivilDay day;
  // Why it does not count: an exclusion's name or "REPEATED_WITHIN_24H"; empty when it counts.
  absl::string_view left_out;
  // Orders of this inquiry and of those that repeat it, in order of occurrence; positions in
  // Standings::orders. Empty unless it counts.
  std::vector<size_t> orders;
};

// What every inquiry and order of a book comes to.
struct Standings {
  std::vector<InquiryStanding> inquiries;  // by occurrence
  std::vector<OrderStanding> orders;       // by occurrence
  std::vector<size_t> unlinked_refunds;    // refunds of orders the book does not hold
  // Positions in `inquiries`: as which an inquiry counts; and in `orders`.
  absl::flat_hash_map<FactIdentity, size_t> inquiry_of;
  absl::flat_hash_map<FactIdentity, size_t> order_of;
};

// Exclusion first, then repetition: an inquiry under 24 h after the earliest one that counts, of
// the same buyer and product line, counts as that one, and its orders are that one's. An inquiry
// without a buyer key repeats nothing.
Standings ComputeStandings(absl::Span<const RecordedFact> facts, const absl::TimeZone& zone);

// Whether an order on `order_day` lies within the window of an inquiry on `inquiry_day`: 0 to
// kConversionWindowDays civil days later.
bool InWindow(absl::CivilDay inquiry_day, absl::CivilDay order_day);

// Whether the window of an inquiry on `day` ended before the day of the cut.
bool IsMature(absl::CivilDay day, absl::CivilDay cut_day);

// An inquiry that counts and what became of it within its window.
struct CohortUnit {
  size_t inquiry = 0;
  absl::CivilDay day;
  bool mature = false;
  bool effective = false;
  std::vector<size_t> orders;  // confirmed and within the window: positions in Standings::orders
  std::vector<size_t> kept;    // of these, not fully refunded
  bool paid = false;           // payments within the window for a kept order sum to more than 0

  bool converted() const { return !orders.empty(); }
};

// The unit of a counted inquiry.
CohortUnit ComputeUnit(const InquiryStanding& inquiry, const Standings& standings,
                       absl::Span<const RecordedFact> facts, const absl::TimeZone& zone,
                       absl::CivilDay cut_day);

// What is left of the stated margin of a kept `order` of which `refunded` minor units went back:
// the share of the margin that the rest is of the value, rounded once, half away from zero.
absl::StatusOr<int64_t> KeptMargin(const Order& order, int64_t refunded);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_COHORT_H_
