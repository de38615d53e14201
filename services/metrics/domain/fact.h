// Facts: what happened, as a source reported it.
//
// A fact is known by its identity (source and the source's id of it). It has numbered revisions;
// the highest revision known is the one that holds, and a tombstone that holds makes the fact
// absent.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_FACT_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_FACT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"

namespace argosy::metrics {

using FactId = base::UuidOf<struct FactIdTag>;
using ImportId = base::UuidOf<struct ImportIdTag>;

// Every enumeration below is stored by its number and equals that of the wire.
enum class FactKind { kNone = 0, kSpend, kTraffic, kInquiry, kOrder, kPayment, kRefund };
inline constexpr int kFactKindMax = 6;

enum class CaptureMode { kAuto = 1, kManual = 2 };
enum class SpendKind { kMedia = 1, kAgencyFee, kContent, kLabour };
enum class Grade { kUngraded = 0, kA, kB, kC, kD };
enum class InquiryOutcome { kOpen = 1, kLost, kWon };
enum class Exclusion { kNone = 0, kSpam, kTest, kInternal, kMerged };
enum class OrderStatus { kConfirmed = 1, kPending, kCancelled };
enum class ActingRole {
  kNone = 0,
  kSales,
  kCustomerService,
  kMarketing,
  kOperations,
  kManager,
  kOwner,
  kAgency
};
inline constexpr int kActingRoleMax = 7;

// "SPAM", "TEST", "INTERNAL", "MERGED"; "" for kNone.
absl::string_view ExclusionName(Exclusion exclusion);

// What a source calls a fact.
struct FactIdentity {
  std::string source;
  std::string event_id;

  friend auto operator<=>(const FactIdentity&, const FactIdentity&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const FactIdentity& identity) {
    return H::combine(std::move(h), identity.source, identity.event_id);
  }
};

// The id of the fact with `identity`, the same wherever it is computed: a name-based UUID (RFC 9562
// version 8) over the SHA-256 of the length-prefixed parts, so that no two identities can be
// written the same way.
FactId FactIdOf(const FactIdentity& identity);

// To whom a fact is credited. An id with empty text is none.
struct Attribution {
  base::ChannelId channel;
  base::CampaignId campaign;
  base::MemberId member;
  ActingRole acting_role = ActingRole::kNone;
  base::TeamId team;

  friend bool operator==(const Attribution&, const Attribution&) = default;
};

struct Spend {
  SpendKind kind = SpendKind::kMedia;
  base::Money amount;
  std::string account_time_zone;  // IANA; empty is the reporting zone

  friend bool operator==(const Spend&, const Spend&) = default;
};

struct Traffic {
  int64_t impressions = 0;
  int64_t clicks = 0;
  int64_t sessions = 0;

  friend bool operator==(const Traffic&, const Traffic&) = default;
};

struct Inquiry {
  Grade grade = Grade::kUngraded;
  InquiryOutcome outcome = InquiryOutcome::kOpen;
  std::string buyer_key;  // empty is unknown
  std::string product_line;
  Exclusion exclusion = Exclusion::kNone;
  std::string account;

  bool effective() const { return grade == Grade::kA || grade == Grade::kB || grade == Grade::kC; }
  friend bool operator==(const Inquiry&, const Inquiry&) = default;
};

struct Order {
  base::Money value;
  std::optional<base::Money> margin;
  std::optional<FactIdentity> inquiry;
  OrderStatus status = OrderStatus::kConfirmed;

  friend bool operator==(const Order&, const Order&) = default;
};

struct Payment {
  base::Money amount;  // negative: a payment reversed
  std::optional<FactIdentity> order;

  friend bool operator==(const Payment&, const Payment&) = default;
};

struct Refund {
  base::Money amount;
  FactIdentity order;

  friend bool operator==(const Refund&, const Refund&) = default;
};

// A tombstone holds std::monostate.
using Payload = std::variant<std::monostate, Spend, Traffic, Inquiry, Order, Payment, Refund>;

// One revision of one fact, as its sender states it.
struct Fact {
  FactIdentity identity;
  int64_t revision = 1;
  CaptureMode capture = CaptureMode::kManual;
  Attribution attribution;
  // The instant in UTC microseconds. SPEND and TRAFFIC happen on a civil date of their account and
  // hold midnight UTC of that date, never a shifted instant.
  int64_t occurred_micros = 0;
  Payload payload;

  bool tombstone() const { return std::holds_alternative<std::monostate>(payload); }
  FactKind kind() const { return static_cast<FactKind>(payload.index()); }

  friend bool operator==(const Fact&, const Fact&) = default;
};

// A fact that this server knows.
struct RecordedFact {
  Fact fact;
  FactId id;
  std::optional<ImportId> import;
  int64_t knowledge_seq = 0;
  absl::Time recorded_at;
};

// True for the kinds that happen on a civil date.
constexpr bool IsCivil(FactKind kind) {
  return kind == FactKind::kSpend || kind == FactKind::kTraffic;
}

// How a civil date is held in Fact::occurred_micros, and back.
int64_t CivilMicros(absl::CivilDay day);
absl::CivilDay CivilDayOf(int64_t micros);

// The day `fact` counts on: its own civil date, or its local day in the reporting `zone`.
absl::CivilDay OccurredDay(const Fact& fact, const absl::TimeZone& zone);

// The order in which facts are shown: occurrence, then identity.
bool OccursBefore(const Fact& a, const Fact& b);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_FACT_H_
