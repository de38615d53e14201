#include "services/incentives/service/convert.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "google/protobuf/util/time_util.h"

namespace argosy::incentives {
namespace {

common::v1::Money Amount(int64_t minor, const base::Currency& currency) {
  return ToProto(base::Money{minor, currency});
}

std::string Hex(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

v1::CreditShare ToProto(const Names& names, const CreditShare& share) {
  v1::CreditShare proto;
  if (const auto* member = std::get_if<base::MemberId>(&share.recipient)) {
    proto.set_member(names.Member(*member));
  } else if (const auto* role = std::get_if<BusinessRole>(&share.recipient)) {
    proto.set_business_role(static_cast<common::v1::BusinessRole>(*role));
  } else {
    proto.set_order_member(true);
  }
  proto.set_numerator(share.share.numerator);
  proto.set_denominator(share.share.denominator);
  return proto;
}

v1::Commission ToProto(const Names& names, const Commission& commission) {
  v1::Commission proto;
  proto.set_base(static_cast<v1::Commission::Base>(commission.base));
  proto.set_tier_mode(static_cast<v1::Commission::TierMode>(commission.table.mode));
  proto.set_boundary(static_cast<v1::Commission::Boundary>(commission.table.boundary));
  proto.set_accumulation(static_cast<v1::Commission::Accumulation>(commission.accumulation));
  const std::vector<Tier>& tiers = commission.table.tiers;
  for (size_t i = 0; i < tiers.size(); ++i) {
    v1::TierRow& row = *proto.add_tiers();
    row.set_from_minor(tiers[i].from_minor);
    if (i + 1 < tiers.size()) row.set_to_minor(tiers[i + 1].from_minor);
    row.set_rate_ppm(tiers[i].rate.value());
  }
  proto.mutable_credit_rule()->set_kind(
      static_cast<v1::CreditRule::Kind>(commission.credit_rule.kind));
  for (const CreditShare& share : commission.credit_rule.shares) {
    *proto.mutable_credit_rule()->add_shares() = ToProto(names, share);
  }
  return proto;
}

absl::StatusOr<CreditShare> ParseShare(const v1::CreditShare& proto) {
  CreditShare share{.share = {.numerator = proto.numerator(), .denominator = proto.denominator()}};
  switch (proto.recipient_case()) {
    case v1::CreditShare::kOrderMember:
      share.recipient = OrderMember{};
      if (!proto.order_member()) {
        return base::FieldInvalid("spec.components.commission.credit_rule.shares.order_member",
                                  "must be true when it is set");
      }
      return share;
    case v1::CreditShare::kMember: {
      ASSIGN_OR_RETURN(
          share.recipient,
          ParseMemberName("spec.components.commission.credit_rule.shares.member", proto.member()));
      return share;
    }
    case v1::CreditShare::kBusinessRole: {
      ASSIGN_OR_RETURN(share.recipient, ParseBusinessRole(proto.business_role()));
      return share;
    }
    case v1::CreditShare::RECIPIENT_NOT_SET:
      break;
  }
  return base::FieldInvalid("spec.components.commission.credit_rule.shares",
                            "a share needs a recipient");
}

// The enum of number `number`, or `fallback` where the contract says that 0 is it.
template <typename Enum>
Enum OrDefault(int number, Enum fallback) {
  return number == 0 ? fallback : static_cast<Enum>(number);
}

absl::StatusOr<ComponentDraft> ParseComponent(const v1::Component& proto) {
  const v1::Commission& commission = proto.commission();
  ComponentDraft draft{.component_id = proto.component_id(),
                       .display_name = proto.display_name(),
                       .base = static_cast<CommissionBase>(commission.base()),
                       .accumulation = OrDefault(commission.accumulation(), Accumulation::kMonth),
                       .mode = static_cast<TierMode>(commission.tier_mode()),
                       .boundary = OrDefault(commission.boundary(), Boundary::kUpperTier)};
  if (!proto.has_commission() || commission.base() == 0 || commission.tier_mode() == 0) {
    return base::FieldInvalid("spec.components.commission",
                              "a commission with base and tier_mode must be set");
  }
  for (const v1::TierRow& row : commission.tiers()) {
    TierRow parsed{.from_minor = row.from_minor(), .rate_ppm = row.rate_ppm()};
    if (row.has_to_minor()) parsed.to_minor = row.to_minor();
    draft.rows.push_back(parsed);
  }
  draft.credit_rule.kind = OrDefault(commission.credit_rule().kind(), CreditKind::kDirect);
  for (const v1::CreditShare& share : commission.credit_rule().shares()) {
    ASSIGN_OR_RETURN(CreditShare parsed, ParseShare(share));
    draft.credit_rule.shares.push_back(std::move(parsed));
  }
  return draft;
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day ? base::FormatCivilDay(*day) : "";
}

v1::FactRef ToProto(const FactKey& key) {
  v1::FactRef proto;
  proto.set_source(key.source);
  proto.set_source_event_id(key.source_event_id);
  return proto;
}

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  return google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(base::ToMicros(time));
}

common::v1::Money ToProto(const base::Money& money) {
  common::v1::Money proto;
  proto.set_amount_minor(money.minor);
  proto.set_currency_code(money.currency.code());
  return proto;
}

std::string MonthLabel(absl::CivilDay month) {
  return base::PeriodLabel(month, base::Grain::kMonth);
}

v1::Plan ToProto(const Names& names, const Plan& plan) {
  v1::Plan proto;
  proto.set_name(names.Plan(plan.id));
  proto.set_uid(plan.uid.ToString());
  proto.set_display_name(plan.display_name);
  proto.set_currency_code(plan.currency.code());
  *proto.mutable_create_time() = ToProto(plan.created_at);
  proto.set_etag(ToEtag(plan.uid.uuid(), plan.version));
  return proto;
}

v1::PlanVersion ToProto(const Names& names, const base::PlanId& plan, const PlanVersion& version) {
  v1::PlanVersion proto;
  proto.set_name(names.PlanVersion(plan, version.uid));
  proto.set_ordinal(version.ordinal);
  proto.set_state(static_cast<v1::PlanVersion::State>(version.state));
  for (const Component& component : version.spec.components) {
    v1::Component& added = *proto.mutable_spec()->add_components();
    added.set_component_id(component.id.text());
    added.set_display_name(component.display_name);
    *added.mutable_commission() = ToProto(names, component.commission);
  }
  proto.set_content_hash(Hex(version.content_hash));
  proto.set_effective_start_date(DayText(version.starts));
  proto.set_effective_end_date(DayText(version.ends));
  *proto.mutable_create_time() = ToProto(version.created_at);
  if (version.published_at) *proto.mutable_publish_time() = ToProto(*version.published_at);
  proto.set_etag(ToEtag(version.uid.uuid(), version.version));
  return proto;
}

v1::PlanAssignment ToProto(const Names& names, const PlanAssignment& assignment) {
  v1::PlanAssignment proto;
  proto.set_name(names.PlanAssignment(assignment.plan_id, assignment.uid));
  proto.set_business_role(static_cast<common::v1::BusinessRole>(assignment.role));
  proto.set_start_date(base::FormatCivilDay(assignment.starts));
  proto.set_end_date(DayText(assignment.ends));
  *proto.mutable_create_time() = ToProto(assignment.created_at);
  proto.set_etag(ToEtag(assignment.uid.uuid(), assignment.version));
  return proto;
}

v1::ExcludedFacts ToProto(const Names& names, const ExclusionKey& key, const ExcludedFacts& facts) {
  v1::ExcludedFacts proto;
  proto.set_reason(static_cast<v1::ExcludedFacts::Reason>(key.reason));
  proto.set_count(facts.count);
  proto.set_origin_period(MonthLabel(key.month));
  for (const ExcludedFact& fact : facts.earliest) {
    v1::ExcludedFact& named = *proto.add_earliest();
    *named.mutable_fact() = ToProto(fact.place.key);
    *named.mutable_event_time() = ToProto(fact.place.event_time);
    if (fact.member) named.set_member(names.Member(*fact.member));
  }
  return proto;
}

v1::Run ToProto(const Names& names, const Run& run) {
  v1::Run proto;
  proto.set_name(names.Run(run.uid));
  proto.set_period(MonthLabel(run.month));
  proto.set_state(static_cast<v1::Run::State>(run.state));
  proto.set_kind(static_cast<v1::Run::Kind>(run.kind));
  *proto.mutable_as_of() = ToProto(run.as_of);
  proto.set_knowledge_seq(run.knowledge_seq);
  *proto.mutable_event_cut_time() = ToProto(run.cut);
  proto.set_ledger_version(run.ledger_version);
  proto.set_period_version(run.period_version);
  proto.set_digest(Hex(run.digest));
  proto.set_payee_count(run.payee_count);
  proto.set_line_count(run.line_count);
  proto.set_credit_count(run.credit_count);
  for (const auto& [currency, minor] : run.totals) *proto.add_totals() = Amount(minor, currency);
  for (const AppliedPlan& plan : run.plans) {
    v1::AppliedPlan& applied = *proto.add_plans();
    applied.set_plan_version(names.PlanVersion(plan.plan, plan.version));
    applied.set_content_hash(Hex(plan.content_hash));
    applied.set_origin_period(MonthLabel(plan.month));
  }
  for (const auto& [key, facts] : run.excluded) {
    *proto.add_excluded_facts() = ToProto(names, key, facts);
  }
  *proto.mutable_create_time() = ToProto(run.created_at);
  if (run.approved_at) *proto.mutable_approve_time() = ToProto(*run.approved_at);
  if (run.locked_at) *proto.mutable_lock_time() = ToProto(*run.locked_at);
  proto.set_etag(ToEtag(run.uid.uuid(), run.version));
  return proto;
}

v1::RunLine ToProto(const Names& names, const RunUid& run, const StoredLine& stored) {
  const RunLine& line = stored.line;
  v1::RunLine proto;
  proto.set_name(names.RunLine(run, stored.line_no));
  proto.set_member(names.Member(line.key.member));
  proto.set_plan_version(names.PlanVersion(line.key.plan, line.version));
  proto.set_content_hash(Hex(line.content_hash));
  proto.set_component_id(line.key.component.text());
  proto.set_origin_period(MonthLabel(line.key.origin));
  *proto.mutable_base_total() = Amount(line.base_minor, line.currency);
  *proto.mutable_earned_total() = Amount(line.earned_minor, line.currency);
  *proto.mutable_posted_before() = Amount(line.posted_minor, line.currency);
  *proto.mutable_amount() = Amount(line.amount_minor, line.currency);
  proto.set_credit_count(line.credit_count);
  return proto;
}

v1::Statement ToProto(const Names& names, const Statement& statement) {
  v1::Statement proto;
  proto.set_name(names.Statement(statement.uid));
  proto.set_member(names.Member(statement.member));
  proto.set_run(names.Run(statement.run));
  proto.set_period(MonthLabel(statement.lock.month));
  proto.set_period_version(statement.lock.period_version);
  for (const auto& [currency, totals] : statement.totals) {
    v1::StatementTotal& total = *proto.add_totals();
    *total.mutable_earned() = Amount(totals.earned_minor, currency);
    *total.mutable_recovered() = Amount(totals.recovered_minor, currency);
    *total.mutable_payable() = Amount(totals.payable_minor, currency);
    *total.mutable_overpaid_after() = Amount(totals.overpaid_after_minor, currency);
  }
  proto.set_digest(Hex(statement.digest));
  *proto.mutable_lock_time() = ToProto(statement.locked_at);
  proto.set_content(statement.content);
  return proto;
}

v1::StatementLine ToStatementLine(const Names& names, const StatementUid& statement,
                                  const StoredLine& stored) {
  const RunLine& line = stored.line;
  v1::StatementLine proto;
  proto.set_name(names.StatementLine(statement, stored.payee_line_no));
  proto.set_plan_version(names.PlanVersion(line.key.plan, line.version));
  proto.set_content_hash(Hex(line.content_hash));
  proto.set_component_id(line.key.component.text());
  proto.set_origin_period(MonthLabel(line.key.origin));
  *proto.mutable_base_total() = Amount(line.base_minor, line.currency);
  *proto.mutable_earned_total() = Amount(line.earned_minor, line.currency);
  *proto.mutable_posted_before() = Amount(line.posted_minor, line.currency);
  *proto.mutable_amount() = Amount(line.amount_minor, line.currency);
  proto.set_credit_count(line.credit_count);
  proto.set_credits_digest(Hex(line.credits_digest));
  return proto;
}

v1::Credit ToProto(const Credit& credit, const TierTable& table, const base::Currency& currency) {
  v1::Credit proto;
  *proto.add_facts() = ToProto(credit.order);
  if (credit.payment) *proto.add_facts() = ToProto(*credit.payment);
  for (const FactKey& refund : credit.refunds) *proto.add_facts() = ToProto(refund);
  *proto.mutable_event_time() = ToProto(credit.event_time);
  *proto.mutable_standing() = Amount(credit.standing_minor, currency);
  proto.set_share_numerator(credit.share.numerator);
  proto.set_share_denominator(credit.share.denominator);
  *proto.mutable_credited() = Amount(credit.credited_minor, currency);
  const int64_t after = credit.before_minor + credit.credited_minor;
  *proto.mutable_total_before() = Amount(credit.before_minor, currency);
  *proto.mutable_total_after() = Amount(after, currency);
  *proto.mutable_earned() = Amount(credit.earned_minor, currency);
  for (const Slice& slice : ComputeSlices(table, credit.before_minor, after)) {
    v1::Slice& added = *proto.add_slices();
    added.set_kind(static_cast<v1::Slice::Kind>(slice.kind));
    added.set_tier(static_cast<int32_t>(slice.tier + 1));
    *added.mutable_base() = Amount(slice.base_minor, currency);
    added.set_rate_ppm(slice.rate_ppm);
  }
  return proto;
}

v1::Account ToProto(const Names& names, const Account& account) {
  v1::Account proto;
  proto.set_bucket(static_cast<v1::Bucket>(account.bucket));
  if (account.member) proto.set_member(names.Member(*account.member));
  return proto;
}

v1::LedgerEntry ToProto(const Names& names, const LedgerEntry& entry) {
  const Posting& posting = entry.posting;
  v1::LedgerEntry proto;
  proto.set_name(names.LedgerEntry(entry.seq));
  proto.set_kind(static_cast<v1::LedgerEntry::Kind>(posting.kind));
  *proto.mutable_debit() = ToProto(names, posting.debit);
  *proto.mutable_credit() = ToProto(names, posting.credit);
  *proto.mutable_amount() = Amount(posting.amount_minor, posting.currency);
  proto.set_run(names.Run(entry.run));
  proto.set_posting_period(MonthLabel(entry.lock.month));
  proto.set_origin_period(MonthLabel(posting.origin));
  proto.set_period_version(entry.lock.period_version);
  if (posting.line > 0) {
    proto.set_statement_line(names.StatementLine(entry.statement, posting.line));
  }
  proto.set_idempotency_key(Hex(posting.idempotency_key));
  *proto.mutable_post_time() = ToProto(entry.posted_at);
  return proto;
}

absl::StatusOr<PlanSpec> ParseSpec(const v1::PlanSpec& spec) {
  std::vector<ComponentDraft> drafts;
  for (const v1::Component& component : spec.components()) {
    ASSIGN_OR_RETURN(ComponentDraft draft, ParseComponent(component));
    drafts.push_back(std::move(draft));
  }
  return ParsePlanSpec(drafts);
}

absl::StatusOr<std::optional<absl::CivilDay>> ParseOptionalDay(absl::string_view text) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  ASSIGN_OR_RETURN(const absl::CivilDay day, base::ParseCivilDay(text));
  return std::optional<absl::CivilDay>(day);
}

absl::StatusOr<RunWish> ParseRunWish(const v1::CalculateRunRequest& request, absl::Time now) {
  ASSIGN_OR_RETURN(const base::Period period, base::ParsePeriodLabel(request.period()));
  if (MonthLabel(period.begin) != request.period()) {
    return base::FieldInvalid("period", "is not a month 'YYYY-MM'");
  }
  RunWish wish{
      .month = period.begin, .kind = OrDefault(request.kind(), RunKind::kRegular), .as_of = now};
  if (request.has_as_of()) {
    wish.as_of = base::FromMicros(
        google::protobuf::util::TimeUtil::TimestampToMicroseconds(request.as_of()));
  }
  return wish;
}

}  // namespace argosy::incentives
