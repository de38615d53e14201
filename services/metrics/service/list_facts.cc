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

}  // namespace

absl::StatusOr<v1::ListFactsResponse> FactService::ListFacts(const tenants::RequestContext& ctx,
                                                             const v1::ListFactsRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<base::MemberId> member,
                   MemberAsked(ctx, with_.people, request));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(const base::Period period, ParsePeriod(request.occurred()));
  ASSIGN_OR_RETURN(const absl::TimeZone zone,
                   base::ParseTimeZone(ctx.tenant().reporting_time_zone()));
  const base::PageScope scope = PageScopeOf(ctx, FiltersOf(request));
  ASSIGN_OR_RETURN(const std::string token, with_.pages.Open(scope, request.page_token()));
  ListKey key;
  if (token.empty()) {
    AskedKnowledge asked{.knowledge_seq = request.knowledge_seq()};
    if (request.has_as_of()) {
      ASSIGN_OR_RETURN(asked.as_of, ParseInstant(request.as_of(), "as_of"));
    }
    ASSIGN_OR_RETURN(const SettledKnowledge settled, knowledge_.Settle(ctx, asked));
    key.knowledge_seq = settled.head.sequence;
    key.as_of = settled.as_of;
  } else {
    ASSIGN_OR_RETURN(key, ReadKey(token));
  }
  const auto read =
      [&](tenants::TenantReader& reader) -> absl::StatusOr<std::vector<RecordedFact>> {
    std::vector<RecordedFact> facts;
    for (const FactKind kind : KindsOf(request)) {
      if (kind < key.kind) continue;
      const int64_t wanted = size + 1 - static_cast<int64_t>(facts.size());
      if (wanted <= 0) break;
      SurvivorRange range = RangeOf({.kind = kind, .days = period}, zone);
      range.knowledge_seq = key.knowledge_seq;
      range.member = member;
      const auto after = kind == key.kind ? std::optional(key.after) : std::nullopt;
      ASSIGN_OR_RETURN(std::vector<RecordedFact> some,
                       with_.facts.ListSurvivors(reader, range, after, wanted));
      std::move(some.begin(), some.end(), std::back_inserter(facts));
    }
    return facts;
  };
  ASSIGN_OR_RETURN(std::vector<RecordedFact> facts,
                   with_.db.Read<std::vector<RecordedFact>>(ctx, read));
  v1::ListFactsResponse response;
  if (facts.size() > static_cast<size_t>(size)) {
    facts.pop_back();
    const RecordedFact& last = facts.back();
    key.kind = last.fact.kind();
    key.after = {.occurred_micros = last.fact.occurred_micros, .id = last.id};
    response.set_next_page_token(with_.pages.Seal(scope, WriteKey(key)));
  }
  for (const RecordedFact& fact : facts) {
    *response.add_facts() = ToProto(ctx.tenant().tenant_id(), fact);
  }
  *response.mutable_as_of() = ToProto(key.as_of);
  response.set_knowledge_seq(key.knowledge_seq);
  return response;
}

}  // namespace argosy::metrics
