#include "services/incentives/domain/roster.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "base/bytes.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kLayout = 1;

bool HoldingBefore(const RoleHolding& a, const RoleHolding& b) {
  return std::tie(a.member, a.role, a.starts, a.ends) <
         std::tie(b.member, b.role, b.starts, b.ends);
}

std::optional<int64_t> ToNumber(const std::optional<absl::CivilDay>& day) {
  if (!day) return std::nullopt;
  return base::ToDayNumber(*day);
}

std::optional<absl::CivilDay> ToDay(const std::optional<int64_t>& number) {
  if (!number) return std::nullopt;
  return base::FromDayNumber(*number);
}

absl::StatusOr<size_t> ReadCount(base::ByteReader& in, size_t most) {
  ASSIGN_OR_RETURN(const int64_t count, in.Int());
  if (count < 0 || count > static_cast<int64_t>(most)) {
    return absl::DataLossError("a roster snapshot is broken");
  }
  return static_cast<size_t>(count);
}

struct Span {
  BusinessRole role;
  absl::CivilDay starts;
  std::optional<absl::CivilDay> ends;
};

void WriteSpan(const Span& span, base::ByteWriter& out) {
  out.Int(static_cast<int64_t>(span.role)).Int(base::ToDayNumber(span.starts));
  out.OptionalInt(ToNumber(span.ends));
}

absl::StatusOr<Span> ReadSpan(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const int64_t number, in.Int());
  ASSIGN_OR_RETURN(const BusinessRole role, ParseBusinessRole(number));
  ASSIGN_OR_RETURN(const int64_t starts, in.Int());
  ASSIGN_OR_RETURN(const std::optional<int64_t> ends, in.OptionalInt());
  return Span{.role = role, .starts = base::FromDayNumber(starts), .ends = ToDay(ends)};
}

absl::StatusOr<std::vector<base::MemberId>> ReadMembers(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, Roster::kMembersMax));
  std::vector<base::MemberId> members;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string text, in.Text());
    ASSIGN_OR_RETURN(base::MemberId member, base::MemberId::Parse(text));
    members.push_back(std::move(member));
  }
  return members;
}

absl::StatusOr<std::vector<RoleHolding>> ReadHoldings(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, Roster::kHoldingsMax));
  std::vector<RoleHolding> holdings;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string text, in.Text());
    ASSIGN_OR_RETURN(base::MemberId member, base::MemberId::Parse(text));
    ASSIGN_OR_RETURN(const Span span, ReadSpan(in));
    holdings.push_back(
        {.member = std::move(member), .role = span.role, .starts = span.starts, .ends = span.ends});
  }
  return holdings;
}

absl::StatusOr<std::vector<PlanAssignment>> ReadAssignments(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, Roster::kHoldingsMax));
  std::vector<PlanAssignment> assignments;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string text, in.Text());
    ASSIGN_OR_RETURN(base::PlanId plan_id, base::PlanId::Parse(text));
    ASSIGN_OR_RETURN(const Span span, ReadSpan(in));
    assignments.push_back({.plan_id = std::move(plan_id),
                           .role = span.role,
                           .starts = span.starts,
                           .ends = span.ends});
  }
  return assignments;
}

}  // namespace

Roster::Roster(std::vector<base::MemberId> members, std::vector<RoleHolding> holdings)
    : members_(members.begin(), members.end()), holdings_(std::move(holdings)) {
  std::sort(holdings_.begin(), holdings_.end(), HoldingBefore);
}

bool Roster::Holds(const base::MemberId& member, BusinessRole role, absl::CivilDay day) const {
  auto it = std::lower_bound(
      holdings_.begin(), holdings_.end(), member,
      [](const RoleHolding& holding, const base::MemberId& id) { return holding.member < id; });
  for (; it != holdings_.end() && it->member == member; ++it) {
    if (it->role == role && it->Holds(day)) return true;
  }
  return false;
}

std::vector<base::MemberId> Roster::HoldersOf(BusinessRole role, absl::CivilDay day) const {
  std::vector<base::MemberId> holders;
  for (const RoleHolding& holding : holdings_) {
    if (holding.role != role || !holding.Holds(day)) continue;
    if (holders.empty() || holders.back() != holding.member) holders.push_back(holding.member);
  }
  return holders;
}

std::string ToCanonicalBytes(const RosterSnapshot& snapshot) {
  base::ByteWriter out(kLayout);
  out.Int(static_cast<int64_t>(snapshot.roster.members().size()));
  for (const base::MemberId& member : snapshot.roster.members()) out.Text(member.text());
  out.Int(static_cast<int64_t>(snapshot.roster.holdings().size()));
  for (const RoleHolding& holding : snapshot.roster.holdings()) {
    out.Text(holding.member.text());
    WriteSpan({.role = holding.role, .starts = holding.starts, .ends = holding.ends}, out);
  }
  out.Int(static_cast<int64_t>(snapshot.assignments.size()));
  for (const PlanAssignment& assignment : snapshot.assignments) {
    out.Text(assignment.plan_id.text());
    WriteSpan({.role = assignment.role, .starts = assignment.starts, .ends = assignment.ends}, out);
  }
  return out.bytes();
}

absl::StatusOr<RosterSnapshot> ParseRosterSnapshot(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kLayout));
  ASSIGN_OR_RETURN(std::vector<base::MemberId> members, ReadMembers(in));
  ASSIGN_OR_RETURN(std::vector<RoleHolding> holdings, ReadHoldings(in));
  RosterSnapshot snapshot;
  snapshot.roster = Roster(std::move(members), std::move(holdings));
  ASSIGN_OR_RETURN(snapshot.assignments, ReadAssignments(in));
  if (!in.at_end()) return absl::DataLossError("a roster snapshot is broken");
  return snapshot;
}

}  // namespace argosy::incentives
