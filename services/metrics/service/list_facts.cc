#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/reach.h"
#include "services/metrics/service/times.h"
#include "services/metrics/service/windows.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageDefault = 500;
constexpr int32_t kPageMax = 1000;
constexpr uint8_t kKeyVersion = 1;

// Where a listing goes on, and the knowledge that all its pages answer from.
struct ListKey {
  int64_t knowledge_seq = 0;
  absl::Time as_of;
  FactKind kind = FactKind::kNone;
  SurvivorKey after;
};

std::string WriteKey(const ListKey& key) {
  base::ByteWriter writer(kKeyVersion);
  writer.Int(key.knowledge_seq).Int(base::ToMicros(key.as_of)).Int(static_cast<int64_t>(key.kind));
  writer.Int(key.after.occurred_micros).Text(key.after.id.ToBytes());
  return writer.bytes();
}

absl::StatusOr<ListKey> ReadKey(absl::string_view bytes) {
  ListKey key;
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kKeyVersion));
  ASSIGN_OR_RETURN(key.knowledge_seq, reader.Int());
  ASSIGN_OR_RETURN(const int64_t as_of_us, reader.Int());
  key.as_of = base::FromMicros(as_of_us);
  ASSIGN_OR_RETURN(const int64_t kind, reader.Int());
  key.kind = static_cast<FactKind>(kind);
  ASSIGN_OR_RETURN(key.after.occurred_micros, reader.Int());
  ASSIGN_OR_RETURN(const std::string id, reader.Text());
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(id));
  key.after.id = FactId(uuid);
  return key;
}

std::vector<FactKind> KindsOf(const v1::ListFactsRequest& request) {
  std::vector<FactKind> kinds;
  for (const int kind : request.kinds()) kinds.push_back(static_cast<FactKind>(kind));
  if (kinds.empty()) {
    for (int kind = 1; kind <= kFactKindMax; ++kind) kinds.push_back(static_cast<FactKind>(kind));
  }
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

std::string FiltersOf(const v1::ListFactsRequest& request) {
  base::ByteWriter writer(kKeyVersion);
  for (const FactKind kind : KindsOf(request)) writer.Int(static_cast<int64_t>(kind));
  writer.Text(request.occurred().start_date()).Text(request.occurred().end_date());
  writer.Text(request.as_of().SerializeAsString()).Int(request.knowledge_seq());
  writer.Text(request.member());
  return writer.bytes();
}

// Whose facts are listed. A caller of own scope lists one person's at a time: without a name, their
// own.
absl::StatusOr<std::optional<base::MemberId>> MemberAsked(const tenants::RequestContext& ctx,
                                                          PeopleSource& people,
                                                          const v1::ListFactsRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<Audience> audience, ReadAudience(ctx, people));
  if (request.member().empty()) {
    return audience.has_value() ? ctx.tenant().member_id() : std::nullopt;
  }
  ASSIGN_OR_RETURN(const base::MemberId asked, ParseMemberName(request.member(), "member"));
  if (audience.has_value() && !audience->members.contains(asked)) {
    return base::FieldInvalid("member", "is neither the caller nor in a team the caller leads");
  }
  return std::optional<base::MemberId>(asked);
}

// What one page shows.
struct Listing {
  std::vector<FactKind> kinds;  // in ascending order
  base::Period days;
  absl::TimeZone zone;
  std::optional<base::MemberId> member;
  ListKey from;
};

// The first `wanted` facts of `listing`, or all when there are fewer.
absl::StatusOr<std::vector<RecordedFact>> ReadFacts(const FactStore& store,
                                                    tenants::TenantReader& reader,
                                                    const Listing& listing, int64_t wanted) {
  std::vector<RecordedFact> facts;
  for (const FactKind kind : listing.kinds) {
    if (kind < listing.from.kind) continue;
    SurvivorRange range = RangeOf({.kind = kind, .days = listing.days}, listing.zone);
    range.knowledge_seq = listing.from.knowledge_seq;
    range.member = listing.member;
    const auto after = kind == listing.from.kind ? std::optional(listing.from.after) : std::nullopt;
    ASSIGN_OR_RETURN(std::vector<RecordedFact> some,
                     store.ListSurvivors(reader, range, after, wanted));
    wanted -= static_cast<int64_t>(some.size());
    std::move(some.begin(), some.end(), std::back_inserter(facts));
    if (wanted == 0) break;
  }
  return facts;
}

absl::StatusOr<ListKey> FirstKey(const tenants::RequestContext& ctx,
                                 const KnowledgeReader& knowledge,
                                 const v1::ListFactsRequest& request) {
  AskedKnowledge asked{.knowledge_seq = request.knowledge_seq()};
  if (request.has_as_of()) {
    ASSIGN_OR_RETURN(asked.as_of, ParseInstant(request.as_of(), "as_of"));
  }
  ASSIGN_OR_RETURN(const SettledKnowledge settled, knowledge.Settle(ctx, asked));
  return ListKey{.knowledge_seq = settled.head.sequence, .as_of = settled.as_of};
}

}  // namespace

absl::StatusOr<v1::ListFactsResponse> FactService::ListFacts(const tenants::RequestContext& ctx,
                                                             const v1::ListFactsRequest& request) {
  Listing listing{.kinds = KindsOf(request)};
  ASSIGN_OR_RETURN(listing.member, MemberAsked(ctx, with_.people, request));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(listing.days, ParsePeriod(request.occurred()));
  ASSIGN_OR_RETURN(listing.zone, base::ParseTimeZone(ctx.tenant().reporting_time_zone()));
  const base::PageScope scope = PageScopeOf(ctx, FiltersOf(request));
  ASSIGN_OR_RETURN(const std::string token, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(listing.from,
                   token.empty() ? FirstKey(ctx, knowledge_, request) : ReadKey(token));
  const auto read = [&](tenants::TenantReader& reader) {
    return ReadFacts(with_.facts, reader, listing, size + 1);
  };
  ASSIGN_OR_RETURN(std::vector<RecordedFact> facts,
                   with_.db.Read<std::vector<RecordedFact>>(ctx, read));
  v1::ListFactsResponse response;
  if (facts.size() > static_cast<size_t>(size)) {
    facts.pop_back();
    const RecordedFact& last = facts.back();
    ListKey next = listing.from;
    next.kind = last.fact.kind();
    next.after = {.occurred_micros = last.fact.occurred_micros, .id = last.id};
    response.set_next_page_token(with_.pages.Seal(scope, WriteKey(next)));
  }
  for (const RecordedFact& fact : facts) {
    *response.add_facts() = ToProto(ctx.tenant().tenant_id(), fact);
  }
  *response.mutable_as_of() = ToProto(listing.from.as_of);
  response.set_knowledge_seq(listing.from.knowledge_seq);
  return response;
}

}  // namespace argosy::metrics
