#include "demo/fingerprint.h"

#include <cstdint>

#include "absl/strings/str_format.h"
#include "base/bytes.h"
#include "base/period.h"

namespace argosy::demo {
namespace {

constexpr uint8_t kLayout = 1;

class Fingerprint {
 public:
  void Add(const base::ByteWriter& writer) {
    constexpr uint64_t kPrime = 0x100000001b3ULL;
    for (const char c : writer.bytes()) {
      hash_ = (hash_ ^ static_cast<uint8_t>(c)) * kPrime;
    }
  }
  uint64_t hash() const { return hash_; }

 private:
  uint64_t hash_ = 0xcbf29ce484222325ULL;
};

std::optional<int64_t> DayOrNothing(const std::optional<absl::CivilDay>& day) {
  if (!day.has_value()) return std::nullopt;
  return base::ToDayNumber(*day);
}

// Writes the fields of one alternative after its index.
class BodyWriter {
 public:
  explicit BodyWriter(base::ByteWriter& out) : out_(out) {}

  void operator()(const Spend& spend) {
    Int(static_cast<int64_t>(spend.kind)).Int(base::ToDayNumber(spend.day)).Int(spend.amount_minor);
  }
  void operator()(const Traffic& traffic) {
    Int(base::ToDayNumber(traffic.day))
        .Int(traffic.impressions)
        .Int(traffic.clicks)
        .Int(traffic.sessions);
  }
  void operator()(const Inquiry& inquiry) {
    Int(absl::ToUnixSeconds(inquiry.at)).Int(static_cast<int64_t>(inquiry.grade));
    Int(static_cast<int64_t>(inquiry.outcome));
    out_.Text(inquiry.buyer);
  }
  void operator()(const Order& order) {
    Int(absl::ToUnixSeconds(order.at)).Int(order.value_minor).Int(order.margin_minor);
    out_.Text(order.inquiry).Text(order.buyer);
  }
  void operator()(const Payment& payment) {
    Int(absl::ToUnixSeconds(payment.at)).Int(payment.amount_minor);
    out_.Text(payment.order);
  }
  void operator()(const Refund& refund) {
    Int(absl::ToUnixSeconds(refund.at)).Int(refund.amount_minor);
    out_.Text(refund.order);
  }
  void operator()(const Retraction&) {}

 private:
  BodyWriter& Int(int64_t value) {
    out_.Int(value);
    return *this;
  }
  base::ByteWriter& out_;
};

base::ByteWriter BytesOf(const Fact& fact) {
  base::ByteWriter out(kLayout);
  out.Int(absl::ToUnixSeconds(fact.arrival)).Text(fact.source).Text(fact.source_event_id);
  out.Int(fact.revision).Text(fact.channel).Text(fact.campaign);
  if (fact.attribution.has_value()) {
    out.Text(fact.attribution->member).Int(static_cast<int64_t>(fact.attribution->acting_role));
    out.Text(fact.attribution->team);
  }
  out.Int(static_cast<int64_t>(fact.body.index()));
  std::visit(BodyWriter(out), fact.body);
  return out;
}

base::ByteWriter BytesOfStaff(const Company& company) {
  base::ByteWriter out(kLayout);
  out.Text(company.tenant_id)
      .Text(company.display_name)
      .Text(company.currency)
      .Text(company.time_zone);
  out.Int(absl::ToUnixSeconds(company.complete_through));
  for (const Team& team : company.teams) {
    out.Text(team.id).Text(team.display_name).Int(static_cast<int64_t>(team.kind)).Text(team.lead);
    out.OptionalInt(team.monthly_budget_minor);
  }
  for (const Member& member : company.members) {
    out.Text(member.id).Text(member.display_name).Int(base::ToDayNumber(member.joined));
    out.OptionalInt(DayOrNothing(member.left));
  }
  for (const Assignment& assignment : company.assignments) {
    out.Text(assignment.member).Text(assignment.team).Int(static_cast<int64_t>(assignment.role));
    out.Int(assignment.effort_ppm).Int(base::ToDayNumber(assignment.start));
    out.OptionalInt(DayOrNothing(assignment.end));
  }
  for (const Channel& channel : company.channels) {
    out.Text(channel.id).Text(channel.display_name).Int(static_cast<int64_t>(channel.kind));
    out.Int(static_cast<int64_t>(channel.cost));
  }
  for (const Campaign& campaign : company.campaigns) {
    out.Text(campaign.id).Text(campaign.display_name).Text(campaign.channel);
  }
  return out;
}

}  // namespace

std::string FingerprintOf(const Company& company) {
  Fingerprint fingerprint;
  fingerprint.Add(BytesOfStaff(company));
  for (const Fact& fact : company.facts) fingerprint.Add(BytesOf(fact));
  return absl::StrFormat("%016x", fingerprint.hash());
}

}  // namespace argosy::demo
