#include "services/metrics/store/fact_store.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/domain/fact_codec.h"
#include "services/metrics/store/list_binds.h"
#include "services/metrics/store/queries.h"
#include "storage/value.h"

namespace argosy::metrics {
namespace {

using storage::Bytes;
using storage::Null;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

// Reads columns one after the other into fields.
class ColumnReader {
 public:
  explicit ColumnReader(const Row& row) : row_(row) {}

  absl::Status Int(int64_t& into) {
    ASSIGN_OR_RETURN(into, row_.Int64(next_++));
    return absl::OkStatus();
  }
  template <typename E>
  absl::Status Enum(E& into) {
    ASSIGN_OR_RETURN(const int64_t number, row_.Int64(next_++));
    into = static_cast<E>(number);
    return absl::OkStatus();
  }
  absl::Status String(std::string& into) {
    ASSIGN_OR_RETURN(into, row_.Text(next_++));
    return absl::OkStatus();
  }
  // A slug, or the empty one.
  template <typename Slug>
  absl::Status SlugOrNone(Slug& into) {
    ASSIGN_OR_RETURN(const std::string text, row_.Text(next_++));
    if (text.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(into, Slug::Parse(text));
    return absl::OkStatus();
  }
  template <typename Id>
  absl::Status Uuid(Id& into) {
    ASSIGN_OR_RETURN(const std::string bytes, row_.Bytes(next_++));
    ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(bytes));
    into = Id(uuid);
    return absl::OkStatus();
  }
  absl::Status Import(std::optional<ImportId>& into) {
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes, row_.OptionalBytes(next_++));
    if (!bytes.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(*bytes));
    into = ImportId(uuid);
    return absl::OkStatus();
  }
  absl::Status ReadPayload(Payload& into) {
    ASSIGN_OR_RETURN(const std::string bytes, row_.Bytes(next_++));
    ASSIGN_OR_RETURN(into, DecodePayload(bytes));
    return absl::OkStatus();
  }

 private:
  const Row& row_;
  size_t next_ = 0;
};

absl::StatusOr<RecordedFact> FactOf(const Row& row) {
  RecordedFact recorded;
  Fact& fact = recorded.fact;
  ColumnReader columns(row);
  int64_t kind = 0;
  int64_t recorded_us = 0;
  RETURN_IF_ERROR(columns.Int(kind));
  RETURN_IF_ERROR(columns.Int(fact.occurred_micros));
  RETURN_IF_ERROR(columns.Uuid(recorded.id));
  RETURN_IF_ERROR(columns.Int(fact.revision));
  RETURN_IF_ERROR(columns.String(fact.identity.source));
  RETURN_IF_ERROR(columns.String(fact.identity.event_id));
  RETURN_IF_ERROR(columns.Enum(fact.capture));
  RETURN_IF_ERROR(columns.Import(recorded.import));
  RETURN_IF_ERROR(columns.SlugOrNone(fact.attribution.channel));
  RETURN_IF_ERROR(columns.SlugOrNone(fact.attribution.campaign));
  RETURN_IF_ERROR(columns.SlugOrNone(fact.attribution.member));
  RETURN_IF_ERROR(columns.Enum(fact.attribution.acting_role));
  RETURN_IF_ERROR(columns.SlugOrNone(fact.attribution.team));
  RETURN_IF_ERROR(columns.ReadPayload(fact.payload));
  RETURN_IF_ERROR(columns.Int(recorded.knowledge_seq));
  RETURN_IF_ERROR(columns.Int(recorded_us));
  recorded.recorded_at = base::FromMicros(recorded_us);
  return recorded;
}

std::vector<Value> RowOf(const PreparedFact& prepared, const BatchId& batch,
                         const std::optional<ImportId>& import) {
  const Fact& fact = prepared.fact;
  const Attribution& at = fact.attribution;
  std::vector<Value> row;
  row.reserve(16);
  row.emplace_back(static_cast<int64_t>(fact.kind()));
  row.emplace_back(fact.occurred_micros);
  row.emplace_back(Bytes(prepared.id.ToBytes()));
  row.emplace_back(fact.revision);
  row.emplace_back(Bytes(batch.ToBytes()));
  row.emplace_back(Text(fact.identity.source));
  row.emplace_back(Text(fact.identity.event_id));
  row.emplace_back(static_cast<int64_t>(fact.capture));
  if (import.has_value()) {
    row.emplace_back(Bytes(import->ToBytes()));
  } else {
    row.emplace_back(Null());
  }
  row.emplace_back(Text(at.channel.text()));
  row.emplace_back(Text(at.campaign.text()));
  row.emplace_back(Text(at.member.text()));
  row.emplace_back(static_cast<int64_t>(at.acting_role));
  row.emplace_back(Text(at.team.text()));
  row.emplace_back(Bytes(prepared.payload_hash));
  row.emplace_back(Bytes(EncodePayload(fact.payload)));
  return row;
}

}  // namespace

absl::StatusOr<std::vector<KnownRevision>> FactStore::FindRevisions(
    TenantReader& reader, absl::Span<const FactId> ids) const {
  std::vector<KnownRevision> revisions;
  while (!ids.empty()) {
    std::vector<Value> list;
    for (const FactId& id : ids.first(std::min(ids.size(), kFindRevisions.back().length))) {
      list.emplace_back(Bytes(id.ToBytes()));
    }
    ids.remove_prefix(list.size());
    ASSIGN_OR_RETURN(const ListBinds binds, FillList(kFindRevisions, std::move(list)));
    RETURN_IF_ERROR(reader.Select(binds.query, binds.values, [&](const Row& row) -> absl::Status {
      KnownRevision& revision = revisions.emplace_back();
      ASSIGN_OR_RETURN(const std::string id, row.Bytes(0));
      ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(id));
      revision.id = FactId(uuid);
      ASSIGN_OR_RETURN(revision.revision, row.Int64(1));
      ASSIGN_OR_RETURN(revision.payload_hash, row.Bytes(2));
      return absl::OkStatus();
    }));
  }
  return revisions;
}

absl::Status FactStore::Insert(TenantTxn& txn, const BatchId& batch,
                               absl::Span<const PreparedFact* const> facts,
                               const std::optional<ImportId>& import) const {
  std::vector<std::vector<Value>> rows;
  rows.reserve(facts.size());
  for (const PreparedFact* fact : facts) rows.push_back(RowOf(*fact, batch, import));
  return txn.InsertMany(kInsertFacts, rows);
}

absl::StatusOr<std::vector<RecordedFact>> FactStore::History(TenantReader& reader, const FactId& id,
                                                             int64_t after) const {
  return reader.SelectAll<RecordedFact>(kFactHistory, {Bytes(id.ToBytes()), after, kHistoryRows},
                                        FactOf);
}

absl::StatusOr<std::vector<RecordedFact>> FactStore::FindAtRevision(
    TenantReader& reader, int64_t revision, absl::Span<const FactId> ids) const {
  std::vector<RecordedFact> facts;
  const size_t most = kFindAtRevision.back().length;
  for (size_t from = 0; from < ids.size(); from += most) {
    std::vector<Value> list;
    for (const FactId& id : ids.subspan(from, most)) list.emplace_back(Bytes(id.ToBytes()));
    ASSIGN_OR_RETURN(ListBinds binds, FillList(kFindAtRevision, std::move(list)));
    binds.values.insert(binds.values.begin(), Value(revision));
    ASSIGN_OR_RETURN(std::vector<RecordedFact> some,
                     reader.SelectAll<RecordedFact>(binds.query, binds.values, FactOf));
    facts.insert(facts.end(), std::make_move_iterator(some.begin()),
                 std::make_move_iterator(some.end()));
  }
  return facts;
}

absl::StatusOr<std::vector<RecordedFact>> FactStore::ListSurvivors(
    TenantReader& reader, const SurvivorRange& range, const std::optional<SurvivorKey>& after,
    int64_t limit) const {
  const int64_t from = after.has_value() ? after->occurred_micros : range.begin_micros;
  std::vector<Value> binds = {static_cast<int64_t>(range.kind),
                              from,
                              range.end_micros,
                              after.has_value() ? after->occurred_micros : from - 1,
                              Bytes(after.has_value() ? after->id.ToBytes() : FactId().ToBytes()),
                              range.knowledge_seq};
  if (range.member.has_value()) binds.emplace_back(Text(range.member->text()));
  binds.emplace_back(range.knowledge_seq);
  binds.emplace_back(limit);
  return reader.SelectAll<RecordedFact>(
      range.member.has_value() ? kListSurvivorsOfMember : kListSurvivors, binds, FactOf);
}

absl::Status FactStore::ScanSurvivors(TenantReader& reader, const SurvivorRange& range,
                                      int64_t most, std::vector<RecordedFact>& facts) const {
  std::optional<SurvivorKey> after;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<RecordedFact> page,
                     ListSurvivors(reader, range, after, kScanRows));
    const bool is_last = static_cast<int64_t>(page.size()) < kScanRows;
    if (!page.empty()) after = {page.back().fact.occurred_micros, page.back().id};
    for (RecordedFact& fact : page) facts.push_back(std::move(fact));
    if (static_cast<int64_t>(facts.size()) > most) return ResultTooLarge("facts", most);
    if (is_last) return absl::OkStatus();
  }
}

}  // namespace argosy::metrics
