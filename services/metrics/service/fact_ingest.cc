#include "services/metrics/service/fact_ingest.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/money.h"
#include "base/status_macros.h"

namespace argosy::metrics {
namespace {

// The order of the table's rows: neighbours are written together.
bool LiesBefore(const PreparedFact* a, const PreparedFact* b) {
  const auto key = [](const PreparedFact& fact) {
    return std::tuple(fact.fact.kind(), fact.fact.occurred_micros, fact.id, fact.fact.revision);
  };
  return key(*a) < key(*b);
}

std::vector<FactId> IdsOf(absl::Span<const PreparedFact> facts) {
  std::set<FactId> ids;
  for (const PreparedFact& fact : facts) {
    if (!fact.problem.has_value()) ids.insert(fact.id);
  }
  return {ids.begin(), ids.end()};
}

void NoteCounts(tenants::TenantTxn& txn, absl::Span<const FactVerdict> verdicts) {
  const auto count = [&](Verdict wanted) {
    return std::count_if(verdicts.begin(), verdicts.end(),
                         [&](const FactVerdict& verdict) { return verdict.verdict == wanted; });
  };
  txn.Note("accepted", count(Verdict::kAccepted));
  txn.Note("duplicate", count(Verdict::kDuplicate));
  txn.Note("conflict", count(Verdict::kConflict));
  txn.Note("invalid", count(Verdict::kInvalid));
}

}  // namespace

void AppendBatches(absl::Span<const PreparedFact* const> facts,
                   const std::optional<ImportId>& import, std::vector<JudgedBatch>& batches) {
  for (size_t from = 0; from < facts.size(); from += kBatchFactsMax) {
    const auto some = facts.subspan(from, kBatchFactsMax);
    batches.push_back({.facts = {some.begin(), some.end()}, .import = import});
  }
}

absl::StatusOr<FactSurroundings> FactIngest::Surroundings(const tenants::RequestContext& ctx,
                                                          tenants::TenantReader& reader,
                                                          const FactBatch& batch) const {
  FactSurroundings surroundings{.now = ctx.now()};
  ASSIGN_OR_RETURN(surroundings.reporting_currency,
                   base::Currency::Parse(ctx.tenant().reporting_currency()));
  std::set<base::CampaignId> campaigns;
  bool names_channel = false;
  for (const ParsedFact& parsed : batch.facts) {
    const Attribution& at = parsed.fact.attribution;
    if (!at.channel.text().empty()) names_channel = true;
    if (!at.campaign.text().empty()) campaigns.insert(at.campaign);
  }
  if (names_channel) {
    ASSIGN_OR_RETURN(const std::vector<Channel> channels, with_.channels.AllChannels(reader));
    for (const Channel& channel : channels) surroundings.channels.insert(channel.id);
  }
  const std::vector<base::CampaignId> list(campaigns.begin(), campaigns.end());
  ASSIGN_OR_RETURN(surroundings.campaigns, with_.channels.CampaignChannels(reader, list));
  return surroundings;
}

absl::StatusOr<std::vector<PreparedFact>> FactIngest::Prepare(const tenants::RequestContext& ctx,
                                                              tenants::TenantReader& reader,
                                                              const FactBatch& batch) const {
  RETURN_IF_ERROR(CheckBatchSize(batch.facts.size()));
  ASSIGN_OR_RETURN(const FactSurroundings surroundings, Surroundings(ctx, reader, batch));
  std::vector<PreparedFact> prepared;
  prepared.reserve(batch.facts.size());
  for (const ParsedFact& parsed : batch.facts) {
    prepared.push_back(PrepareFact(parsed, surroundings));
  }
  return prepared;
}

absl::StatusOr<KnowledgeHead> FactIngest::Record(tenants::TenantTxn& txn,
                                                 std::vector<JudgedBatch> batches) const {
  std::vector<BatchId> ids;
  for (JudgedBatch& batch : batches) {
    const BatchId& id = ids.emplace_back(with_.ids.NewUuid(with_.clock.Now()));
    std::sort(batch.facts.begin(), batch.facts.end(), LiesBefore);
    RETURN_IF_ERROR(with_.facts.Insert(txn, id, batch.facts, batch.import));
    RETURN_IF_ERROR(
        with_.knowledge.InsertProgress(txn, id, MarksOf(batch.facts, batch.completeness)));
    RETURN_IF_ERROR(with_.knowledge.WithdrawProgress(txn, batch.withdrawn, id));
  }
  ASSIGN_OR_RETURN(const KnowledgeHead head, with_.knowledge.LockHead(txn));
  KnowledgeHead last = head;
  for (size_t i = 0; i < batches.size(); ++i) {
    // Under the lock, so that a batch which gets the lock later is never recorded earlier.
    last = NextKnowledge(last, with_.clock.Now());
    const auto accepted = static_cast<int64_t>(batches[i].facts.size());
    RETURN_IF_ERROR(with_.knowledge.InsertBatch(txn, ids[i], last, accepted));
  }
  RETURN_IF_ERROR(with_.knowledge.AdvanceHead(txn, head, last));
  return last;
}

absl::StatusOr<BatchOutcome> FactIngest::Run(const tenants::RequestContext& ctx,
                                             tenants::TenantTxn& txn,
                                             const FactBatch& batch) const {
  ASSIGN_OR_RETURN(const std::vector<PreparedFact> prepared, Prepare(ctx, txn, batch));
  ASSIGN_OR_RETURN(const std::vector<KnownRevision> known,
                   with_.facts.FindRevisions(txn, IdsOf(prepared)));
  BatchOutcome outcome{.verdicts = Judge(prepared, known)};
  NoteCounts(txn, outcome.verdicts);
  std::vector<const PreparedFact*> accepted;
  for (size_t i = 0; i < prepared.size(); ++i) {
    if (outcome.verdicts[i].verdict == Verdict::kAccepted) accepted.push_back(&prepared[i]);
  }
  const bool nothing_new = accepted.empty() && batch.completeness.empty();
  if (nothing_new || ctx.validate_only()) {
    ASSIGN_OR_RETURN(outcome.head, with_.knowledge.FindHead(txn));
  } else {
    std::vector<JudgedBatch> next = {
        {.facts = std::move(accepted), .completeness = batch.completeness}};
    ASSIGN_OR_RETURN(outcome.head, Record(txn, std::move(next)));
  }
  return outcome;
}

}  // namespace argosy::metrics
