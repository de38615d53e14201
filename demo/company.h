// What the generator makes: a synthetic company and the facts it would send, as plain values.
//
// Everything here is invented. Tenants, people and sources carry the word "synthetic" or 合成, so
// that no number of theirs can be taken for a measured one.
#ifndef ARGOSY_DEMO_COMPANY_H_
#define ARGOSY_DEMO_COMPANY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace argosy::demo {

enum class Role { kSales, kCustomerService, kMarketing, kOperations, kManager, kOwner };
enum class TeamKind { kSales, kCustomerService, kMarketing, kOperations, kMixed };
enum class ChannelKind { kSearch, kSocial, kB2bPlatform, kSeo, kExhibition };
enum class SpendKind { kMedia, kAgencyFee, kContent, kLabour };
enum class Grade { kA, kB, kC, kD };
enum class Outcome { kOpen, kWon, kLost };
// UNPAID channels cost no media: their spend is content.
enum class ChannelCost { kPaid, kUnpaid };

struct Team {
  std::string id;
  std::string display_name;
  TeamKind kind = TeamKind::kSales;
  std::string lead;  // a member's id
  // Minor units; absent when the team has no budget of its own.
  std::optional<int64_t> monthly_budget_minor;
};

// One role of a person over [start, end); no end while it lasts.
struct Assignment {
  std::string member;
  std::string team;
  Role role = Role::kSales;
  int64_t effort_ppm = 1'000'000;  // of the person's working time
  absl::CivilDay start;
  std::optional<absl::CivilDay> end;
};

struct Member {
  std::string id;
  std::string display_name;  // Chinese
  absl::CivilDay joined;
  std::optional<absl::CivilDay> left;  // the first day no longer at work
};

struct Channel {
  std::string id;
  std::string display_name;
  ChannelKind kind = ChannelKind::kSearch;
  ChannelCost cost = ChannelCost::kPaid;
};

struct Campaign {
  std::string id;
  std::string display_name;
  std::string channel;
};

// Money spent on a civil day. Amounts are minor units of the company's currency, here and below.
struct Spend {
  SpendKind kind = SpendKind::kMedia;
  absl::CivilDay day;
  int64_t amount_minor = 0;
};

// The totals of one campaign's day.
struct Traffic {
  absl::CivilDay day;
  int64_t impressions = 0;
  int64_t clicks = 0;
  int64_t sessions = 0;
};

struct Inquiry {
  absl::Time at;
  Grade grade = Grade::kD;
  Outcome outcome = Outcome::kOpen;
  std::string buyer;
};

struct Order {
  absl::Time at;
  std::string inquiry;  // its source_event_id
  std::string buyer;
  int64_t value_minor = 0;
  int64_t margin_minor = 0;
};

struct Payment {
  absl::Time at;
  std::string order;  // its source_event_id
  int64_t amount_minor = 0;
};

struct Refund {
  absl::Time at;
  std::string order;
  int64_t amount_minor = 0;
};

// A tombstone: the fact of this identity never was.
struct Retraction {};

// The alternative says which kind of fact it is; a Retraction takes the kind of what it retracts.
using FactBody = std::variant<Spend, Traffic, Inquiry, Order, Payment, Refund, Retraction>;

struct Attribution {
  std::string member;  // empty: nobody's
  Role acting_role = Role::kSales;
  std::string team;
};

struct Fact {
  absl::Time arrival;  // when the company would have sent it
  std::string source;
  std::string source_event_id;
  int64_t revision = 1;
  std::string channel;
  std::string campaign;  // may be empty
  std::optional<Attribution> attribution;
  FactBody body;
};

struct Company {
  std::string tenant_id;
  std::string display_name;
  std::string currency;   // ISO 4217
  std::string time_zone;  // IANA
  std::vector<Team> teams;
  std::vector<Member> members;
  std::vector<Assignment> assignments;
  std::vector<Channel> channels;
  std::vector<Campaign> campaigns;
  std::vector<Fact> facts;      // by arrival; a duplicate sending stands where it arrived
  absl::Time complete_through;  // both sources have reported everything before this instant
};

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_COMPANY_H_
