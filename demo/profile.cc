#include "demo/profile.h"

#include <utility>

namespace argosy::demo {
namespace {

constexpr double kSearchClickShare = 0.035;
constexpr double kSocialClickShare = 0.012;
// Social inquiries are cheap and less precise: this much more of them is unqualified.
constexpr double kSocialTilt = 0.12;

ChannelProfile Search(double share, double cost, double rate, std::vector<Campaign> campaigns) {
  return {.channel = {.id = "search-ads",
                      .display_name = "搜索竞价 (合成)",
                      .kind = ChannelKind::kSearch},
          .spend_share = share,
          .click_cost_median = cost,
          .click_cost_sigma = 0.5,
          .click_share_of_impressions = kSearchClickShare,
          .session_to_inquiry = rate,
          .campaigns = std::move(campaigns)};
}

ChannelProfile Social(double share, double cost, double rate, std::vector<Campaign> campaigns) {
  return {.channel = {.id = "facebook",
                      .display_name = "Facebook 广告 (合成)",
                      .kind = ChannelKind::kSocial},
          .spend_share = share,
          .click_cost_median = cost,
          .click_cost_sigma = 0.6,
          .click_share_of_impressions = kSocialClickShare,
          .session_to_inquiry = rate,
          .unqualified_tilt = kSocialTilt,
          .campaigns = std::move(campaigns)};
}

ChannelProfile Platform(double share, double sessions) {
  return {.channel = {.id = "b2b-platform",
                      .display_name = "B2B 平台 (合成)",
                      .kind = ChannelKind::kB2bPlatform},
          .spend_share = share,
          .sessions_a_month = sessions,
          .session_to_inquiry = 0.04,
          .campaigns = {
              {.id = "platform-shop", .display_name = "平台店铺", .channel = "b2b-platform"}}};
}

ChannelProfile Organic(double share, double sessions, double rate) {
  return {.channel = {.id = "seo",
                      .display_name = "自然搜索 (合成)",
                      .kind = ChannelKind::kSeo,
                      .cost = ChannelCost::kUnpaid},
          .spend_share = share,
          .spend_kind = SpendKind::kContent,
          .sessions_a_month = sessions,
          .session_to_inquiry = rate,
          .campaigns = {{.id = "site-content", .display_name = "官网内容", .channel = "seo"}}};
}

ChannelProfile Fair(double share, double inquiries) {
  return {.channel = {.id = "exhibition",
                      .display_name = "展会 (合成)",
                      .kind = ChannelKind::kExhibition},
          .spend_share = share,
          .inquiries_a_month = inquiries,
          .campaigns = {{.id = "fair-booth", .display_name = "展位", .channel = "exhibition"}}};
}

Campaign SearchCampaign(const char* id, const char* name) {
  return {.id = id, .display_name = name, .channel = "search-ads"};
}

Campaign SocialCampaign(const char* id, const char* name) {
  return {.id = id, .display_name = name, .channel = "facebook"};
}

CompanyProfile Validate() {
  return {.tenant_id = "synthetic-validate",
          .display_name = "合成示例甲: 启航外贸 (validate)",
          .currency = "USD",
          .media_budget_a_month = 3'000,
          .dispersion_phi = 1.5,
          .grade_share = {0.10, 0.28, 0.35, 0.27},
          .effective_order_rate = 0.04,
          .order_value_median = 6'000,
          .order_value_sigma = 1.0,
          .margin_share = 0.22,
          .days_to_order_median = 32,
          .refund_share = 0.03,
          .partial_refund_share = 0.05,
          .agency_fee_share = 0.15,
          .agency_months = 14,
          .headcount = {.sales = 6, .managers = 1},
          .channels = {Search(0.65, 1.3, 0.022, {SearchCampaign("search-core", "核心词")}),
                       Social(0.35, 0.6, 0.012, {SocialCampaign("fb-leads", "线索表单")})}};
}

CompanyProfile Replicate() {
  return {.tenant_id = "synthetic-replicate",
          .display_name = "合成示例乙: 远帆进出口 (replicate)",
          .currency = "USD",
          .media_budget_a_month = 15'000,
          .dispersion_phi = 1.4,
          .grade_share = {0.14, 0.33, 0.30, 0.23},
          .effective_order_rate = 0.05,
          .order_value_median = 7'000,
          .order_value_sigma = 1.0,
          .margin_share = 0.20,
          .days_to_order_median = 35,
          .refund_share = 0.025,
          .partial_refund_share = 0.04,
          .agency_fee_share = 0.15,
          .agency_months = 8,
          .labour_share = 0.10,
          .headcount = {.sales = 11, .customer_service = 2, .operations = 2, .managers = 2},
          .story = CostStory::kStepsUp,
          .channels = {Search(0.45, 1.5, 0.028,
                              {SearchCampaign("search-core", "核心词"),
                               SearchCampaign("search-long-tail", "长尾词")}),
                       Social(0.25, 0.7, 0.015,
                              {SocialCampaign("fb-leads", "线索表单"),
                               SocialCampaign("fb-retarget", "再营销")}),
                       Platform(0.20, 1'750), Organic(0.05, 1'100, 0.02), Fair(0.05, 10)}};
}

CompanyProfile Optimize() {
  return {.tenant_id = "synthetic-optimize",
          .display_name = "合成示例丙: 万舟国际 (optimize)",
          .currency = "CNY",
          .units_a_dollar = 7,
          .media_budget_a_month = 80'000,
          .dispersion_phi = 1.3,
          .grade_share = {0.18, 0.36, 0.28, 0.18},
          .effective_order_rate = 0.05,
          .order_value_median = 8'000,
          .order_value_sigma = 1.1,
          .margin_share = 0.22,
          .days_to_order_median = 38,
          .refund_share = 0.02,
          .partial_refund_share = 0.04,
          .labour_share = 0.12,
          .headcount = {.sales = 40, .customer_service = 8, .marketing = 6, .managers = 5},
          .channels = {Search(0.35, 1.6, 0.034,
                              {SearchCampaign("search-core", "核心词"),
                               SearchCampaign("search-long-tail", "长尾词"),
                               SearchCampaign("search-brand", "品牌词")}),
                       Social(0.20, 0.7, 0.018,
                              {SocialCampaign("fb-leads", "线索表单"),
                               SocialCampaign("fb-retarget", "再营销")}),
                       Platform(0.20, 8'750), Organic(0.20, 14'200, 0.025), Fair(0.05, 26)}};
}

}  // namespace

CompanyProfile ProfileOf(CompanyKind kind) {
  switch (kind) {
    case CompanyKind::kValidate:
      return Validate();
    case CompanyKind::kReplicate:
      return Replicate();
    case CompanyKind::kOptimize:
      return Optimize();
  }
  return Validate();
}

}  // namespace argosy::demo
