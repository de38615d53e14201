#include "argosyctl/demonstration/company_messages.h"

#include <memory>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "argosy/common/v1/role.pb.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "base/crypto.h"
#include "base/period.h"
#include "demo/fingerprint.h"

namespace argosy::ctl {
namespace {

namespace common_v1 = common::v1;
namespace metrics_v1 = metrics::v1;
namespace teams_v1 = teams::v1;
namespace incentives_v1 = incentives::v1;

common_v1::BusinessRole ToMessage(demo::Role role) {
  switch (role) {
    case demo::Role::kSales:
      return common_v1::BUSINESS_ROLE_SALES;
    case demo::Role::kCustomerService:
      return common_v1::BUSINESS_ROLE_CUSTOMER_SERVICE;
    case demo::Role::kMarketing:
      return common_v1::BUSINESS_ROLE_MARKETING;
    case demo::Role::kOperations:
      return common_v1::BUSINESS_ROLE_OPERATIONS;
    case demo::Role::kManager:
      return common_v1::BUSINESS_ROLE_MANAGER;
    case demo::Role::kOwner:
      return common_v1::BUSINESS_ROLE_OWNER;
  }
  return common_v1::BUSINESS_ROLE_UNSPECIFIED;
}

teams_v1::TeamKind ToMessage(demo::TeamKind kind) {
  switch (kind) {
    case demo::TeamKind::kSales:
      return teams_v1::TEAM_KIND_SALES;
    case demo::TeamKind::kCustomerService:
      return teams_v1::TEAM_KIND_CUSTOMER_SERVICE;
    case demo::TeamKind::kMarketing:
      return teams_v1::TEAM_KIND_MARKETING;
    case demo::TeamKind::kOperations:
      return teams_v1::TEAM_KIND_OPERATIONS;
    case demo::TeamKind::kMixed:
      return teams_v1::TEAM_KIND_MIXED;
  }
  return teams_v1::TEAM_KIND_UNSPECIFIED;
}

metrics_v1::ChannelKind ToMessage(demo::ChannelKind kind) {
  switch (kind) {
    case demo::ChannelKind::kSearch:
      return metrics_v1::CHANNEL_KIND_SEARCH;
    case demo::ChannelKind::kSocial:
      return metrics_v1::CHANNEL_KIND_SOCIAL;
    case demo::ChannelKind::kB2bPlatform:
      return metrics_v1::CHANNEL_KIND_B2B_PLATFORM;
    case demo::ChannelKind::kSeo:
      return metrics_v1::CHANNEL_KIND_SEO;
    case demo::ChannelKind::kExhibition:
      return metrics_v1::CHANNEL_KIND_EXHIBITION;
  }
  return metrics_v1::CHANNEL_KIND_UNSPECIFIED;
}

metrics_v1::SpendKind ToMessage(demo::SpendKind kind) {
  switch (kind) {
    case demo::SpendKind::kMedia:
      return metrics_v1::SPEND_KIND_MEDIA;
    case demo::SpendKind::kAgencyFee:
      return metrics_v1::SPEND_KIND_AGENCY_FEE;
    case demo::SpendKind::kContent:
      return metrics_v1::SPEND_KIND_CONTENT;
    case demo::SpendKind::kLabour:
      return metrics_v1::SPEND_KIND_LABOUR;
  }
  return metrics_v1::SPEND_KIND_UNSPECIFIED;
}

metrics_v1::Grade ToMessage(demo::Grade grade) {
  switch (grade) {
    case demo::Grade::kA:
      return metrics_v1::GRADE_A;
    case demo::Grade::kB:
      return metrics_v1::GRADE_B;
    case demo::Grade::kC:
      return metrics_v1::GRADE_C;
    case demo::Grade::kD:
      return metrics_v1::GRADE_D;
  }
  return metrics_v1::GRADE_UNSPECIFIED;
}

metrics_v1::InquiryOutcome ToMessage(demo::Outcome outcome) {
  switch (outcome) {
    case demo::Outcome::kOpen:
      return metrics_v1::INQUIRY_OUTCOME_OPEN;
    case demo::Outcome::kWon:
      return metrics_v1::INQUIRY_OUTCOME_WON;
    case demo::Outcome::kLost:
      return metrics_v1::INQUIRY_OUTCOME_LOST;
  }
  return metrics_v1::INQUIRY_OUTCOME_UNSPECIFIED;
}

// Writes one kind of fact's body into the message.
class BodyWriter {
 public:
  BodyWriter(const std::string& currency, const std::string& source, metrics_v1::Fact& out)
      : currency_(currency), source_(source), out_(out) {}

  void operator()(const demo::Spend& spend) {
    out_.set_occurred_date(base::FormatCivilDay(spend.day));
    out_.mutable_spend()->set_kind(ToMessage(spend.kind));
    Amount(spend.amount_minor, *out_.mutable_spend()->mutable_amount());
  }
  void operator()(const demo::Traffic& traffic) {
    out_.set_occurred_date(base::FormatCivilDay(traffic.day));
    out_.mutable_traffic()->set_impressions(traffic.impressions);
    out_.mutable_traffic()->set_clicks(traffic.clicks);
    out_.mutable_traffic()->set_sessions(traffic.sessions);
  }
  void operator()(const demo::Inquiry& inquiry) {
    At(inquiry.at);
    out_.mutable_inquiry()->set_grade(ToMessage(inquiry.grade));
    out_.mutable_inquiry()->set_outcome(ToMessage(inquiry.outcome));
    out_.mutable_inquiry()->set_buyer_key(inquiry.buyer);
  }
  void operator()(const demo::Order& order) {
    At(order.at);
    Amount(order.value_minor, *out_.mutable_order()->mutable_value());
    Amount(order.margin_minor, *out_.mutable_order()->mutable_margin());
    Reference(order.inquiry, *out_.mutable_order()->mutable_inquiry());
  }
  void operator()(const demo::Payment& payment) {
    At(payment.at);
    Amount(payment.amount_minor, *out_.mutable_payment()->mutable_amount());
    Reference(payment.order, *out_.mutable_payment()->mutable_order());
  }
  void operator()(const demo::Refund& refund) {
    At(refund.at);
    Amount(refund.amount_minor, *out_.mutable_refund()->mutable_amount());
    Reference(refund.order, *out_.mutable_refund()->mutable_order());
  }
  // A tombstone has an identity and a revision and nothing else.
  void operator()(const demo::Retraction&) {
    out_.set_tombstone(true);
    out_.clear_attribution();
    out_.clear_capture_mode();
  }

 private:
  void At(absl::Time at) { out_.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(at)); }
  void Amount(int64_t minor, common_v1::Money& money) const {
    money.set_amount_minor(minor);
    money.set_currency_code(currency_);
  }
  void Reference(const std::string& id, metrics_v1::FactReference& reference) const {
    reference.set_source(source_);
    reference.set_source_event_id(id);
  }

  const std::string& currency_;
  const std::string& source_;
  metrics_v1::Fact& out_;
};

template <typename Request>
Request& AddItem(OnboardingPlan& plan, const std::string& path) {
  auto request = std::make_unique<Request>();
  Request& filled = *request;
  plan.items.push_back({.path = path, .request = std::move(request)});
  return filled;
}

void AddPeople(const demo::Company& company, OnboardingPlan& plan) {
  auto& members = AddItem<teams_v1::BatchCreateMembersRequest>(plan, "members");
  for (const demo::Member& member : company.members) {
    teams_v1::NewMember& item = *members.add_members();
    item.set_member_id(member.id);
    item.mutable_member()->set_display_name(member.display_name);
    item.mutable_member()->set_joined_date(base::FormatCivilDay(member.joined));
    if (member.left.has_value()) {
      item.mutable_member()->set_left_date(base::FormatCivilDay(*member.left));
    }
  }
  for (const demo::Team& team : company.teams) {
    auto& create = AddItem<teams_v1::CreateTeamRequest>(plan, absl::StrCat("teams/", team.id));
    create.set_team_id(team.id);
    create.mutable_team()->set_display_name(team.display_name);
    create.mutable_team()->set_kind(ToMessage(team.kind));
    create.mutable_team()->set_lead_member(team.lead);
    if (!team.monthly_budget_minor.has_value()) continue;
    create.mutable_team()->mutable_monthly_budget()->set_amount_minor(*team.monthly_budget_minor);
    create.mutable_team()->mutable_monthly_budget()->set_currency_code(company.currency);
  }
  auto& assignments = AddItem<teams_v1::BatchCreateRoleAssignmentsRequest>(plan, "assignments");
  for (const demo::Assignment& assignment : company.assignments) {
    teams_v1::RoleAssignment& item = *assignments.add_role_assignments();
    item.set_member(assignment.member);
    item.set_team(assignment.team);
    item.set_role(ToMessage(assignment.role));
    item.set_effort_share_ppm(assignment.effort_ppm);
    item.set_effective_start_date(base::FormatCivilDay(assignment.start));
    if (assignment.end.has_value()) {
      item.set_effective_end_date(base::FormatCivilDay(*assignment.end));
    }
  }
}

void AddChannels(const demo::Company& company, OnboardingPlan& plan) {
  for (const demo::Channel& channel : company.channels) {
    auto& create =
        AddItem<metrics_v1::CreateChannelRequest>(plan, absl::StrCat("channels/", channel.id));
    create.set_channel_id(channel.id);
    create.mutable_channel()->set_display_name(channel.display_name);
    create.mutable_channel()->set_kind(ToMessage(channel.kind));
    create.mutable_channel()->set_paid(channel.cost == demo::ChannelCost::kPaid);
  }
  for (const demo::Campaign& campaign : company.campaigns) {
    auto& create =
        AddItem<metrics_v1::CreateCampaignRequest>(plan, absl::StrCat("campaigns/", campaign.id));
    create.set_campaign_id(campaign.id);
    create.mutable_campaign()->set_display_name(campaign.display_name);
    create.mutable_campaign()->set_channel(campaign.channel);
  }
}

std::string NameUnder(const std::string& tenant, const char* collection, const std::string& id) {
  return id.empty() ? "" : absl::StrCat(tenant, "/", collection, "/", id);
}

}  // namespace

OnboardingPlan ToOnboardingPlan(const demo::Company& company) {
  OnboardingPlan plan{.tenant_id = company.tenant_id,
                      .owner = absl::StrCat("owner@", company.tenant_id)};
  plan.tenant.set_display_name(company.display_name);
  plan.tenant.set_reporting_time_zone(company.time_zone);
  plan.tenant.set_reporting_currency_code(company.currency);
  plan.tenant.mutable_blueprint()->set_name(company.tenant_id);
  plan.tenant.mutable_blueprint()->set_sha256(
      absl::BytesToHexString(base::Sha256(demo::FingerprintOf(company))));
  AddPeople(company, plan);
  AddChannels(company, plan);
  return plan;
}

metrics_v1::Fact ToMessage(const demo::Company& company, const demo::Fact& fact,
                           const std::string& tenant) {
  metrics_v1::Fact out;
  out.set_source(fact.source);
  out.set_source_event_id(fact.source_event_id);
  out.set_revision(fact.revision);
  out.set_capture_mode(metrics_v1::CAPTURE_MODE_AUTO);
  metrics_v1::Attribution& attribution = *out.mutable_attribution();
  attribution.set_channel(NameUnder(tenant, "channels", fact.channel));
  attribution.set_campaign(NameUnder(tenant, "campaigns", fact.campaign));
  if (fact.attribution.has_value()) {
    attribution.set_member(NameUnder(tenant, "members", fact.attribution->member));
    attribution.set_team(NameUnder(tenant, "teams", fact.attribution->team));
    attribution.set_acting_role(ToMessage(fact.attribution->acting_role));
  }
  std::visit(BodyWriter(company.currency, fact.source, out), fact.body);
  return out;
}

std::vector<metrics_v1::SourceCompleteness> CompletenessOf(const demo::Company& company) {
  std::vector<metrics_v1::SourceCompleteness> sources;
  for (const char* source : {"synthetic-ads", "synthetic-crm"}) {
    metrics_v1::SourceCompleteness& completeness = sources.emplace_back();
    completeness.set_source(source);
    completeness.mutable_complete_through()->set_seconds(
        absl::ToUnixSeconds(company.complete_through));
  }
  return sources;
}

incentives_v1::PlanSpec CommissionOf(const demo::Company& company) {
  const bool collected = company.tenant_id == "synthetic-replicate";
  const int64_t unit = company.currency == "CNY" ? 700 : 100;  // minor units of a dollar
  incentives_v1::PlanSpec spec;
  incentives_v1::Component& component = *spec.add_components();
  component.set_component_id("commission");
  component.set_display_name(collected ? "回款提成 (合成)" : "成交提成 (合成)");
  incentives_v1::Commission& commission = *component.mutable_commission();
  commission.set_base(collected ? incentives_v1::Commission::BASE_COLLECTED
                                : incentives_v1::Commission::BASE_CONTRACT_CIF);
  commission.set_tier_mode(collected ? incentives_v1::Commission::TIER_MODE_WHOLE
                                     : incentives_v1::Commission::TIER_MODE_MARGINAL);
  const std::pair<int64_t, int64_t> tiers[] = {
      {0, 10'000}, {10'000 * unit, 20'000}, {30'000 * unit, 30'000}};
  incentives_v1::TierRow* open = nullptr;
  for (const auto& [from, rate_ppm] : tiers) {
    if (open != nullptr) open->set_to_minor(from);
    open = commission.add_tiers();
    open->set_from_minor(from);
    open->set_rate_ppm(rate_ppm);
  }
  return spec;
}

}  // namespace argosy::ctl
