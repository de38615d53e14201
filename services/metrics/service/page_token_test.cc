// Every list of metrics goes on for the tenant and the method that its page token was made for, and
// for no other.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/status_macros.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/people_for_test.h"
#include "services/metrics/service/query_service.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::metrics {
namespace {

using argosy::testing::ContextForTest;
using argosy::testing::FreshTenantUid;
using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::TestDatabase;

template <typename Request>
Request RequestOf(absl::string_view text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat(text, " parent: 'tenants/acme'"), &request))
      << text;
  return request;
}

// A list that has two rows at least, asked for one at a time.
struct PagedVerb {
  std::string name;
  // The token of the next page.
  std::function<absl::StatusOr<std::string>(const tenants::RequestContext&, const std::string&)>
      ask;
};

template <typename Service, typename Request, typename Reply>
PagedVerb Paged(absl::string_view name, Service& service,
                absl::StatusOr<Reply> (Service::*verb)(const tenants::RequestContext&,
                                                       const Request&),
                Request request) {
  request.set_page_size(1);
  return {.name = std::string(name),
          .ask = [&service, verb, request](
                     const tenants::RequestContext& ctx,
                     const std::string& token) mutable -> absl::StatusOr<std::string> {
            request.set_page_token(token);
            ASSIGN_OR_RETURN(const Reply reply, (service.*verb)(ctx, request));
            return reply.next_page_token();
          }};
}

// Two of everything, of one tenant.
class PageTokenTest : public ::testing::Test {
 protected:
  tenants::RequestContext Context(absl::string_view method = "argosy.metrics.v1.Any/List") const {
    return ContextForTest(tenant_).Method(method).Build();
  }

  void SetUp() override {
    for (const char* id : {"google", "facebook"}) {
      ASSERT_THAT(channels_.CreateChannel(
                      Context(),
                      RequestOf<v1::CreateChannelRequest>(absl::StrCat(
                          "channel_id: '", id,
                          "' channel { display_name: 'C' kind: CHANNEL_KIND_SEARCH paid: true }"))),
                  IsOk());
      ASSERT_THAT(
          channels_.CreateCampaign(Context(), RequestOf<v1::CreateCampaignRequest>(absl::StrCat(
                                                  "campaign_id: '", id,
                                                  "' campaign { display_name: 'C' channel: "
                                                  "'tenants/acme/channels/google' }"))),
          IsOk());
      import_ = CreateImport();
    }
    const std::string at = " occurred_at { seconds: 1772330400 } ";
    ASSERT_THAT(
        facts_.BatchIngestFacts(
            Context(),
            RequestOf<v1::BatchIngestFactsRequest>(absl::StrCat(
                "facts { source: 'crm' source_event_id: 'i1' revision: 1 ", at, "inquiry {} }",
                "facts { source: 'crm' source_event_id: 'i1' revision: 2 ", at,
                "inquiry { grade: GRADE_A } }",  //
                "facts { source: 'web' source_event_id: 'i2' revision: 1 ", at, "inquiry {} }"))),
        IsOk());
  }

  // An import in whose two rows something was found.
  std::string CreateImport() {
    const std::string file = "id,asked\n1,never\n2,never\n";
    const auto import = imports_.CreateImport(
        Context(), RequestOf<v1::CreateImportRequest>(absl::StrCat(
                       "import { file_name: 'f.csv' size_bytes: ", file.size(),
                       " mapping { source: 'crm' time_zone: 'UTC' date_formats: 'yyyy-mm-dd' "
                       "facts { event_id { parts { column: 'id' } } "
                       "occurred_on { parts { column: 'asked' } } inquiry {} } } }")));
    EXPECT_THAT(import, IsOk());
    if (!import.ok()) return "";
    v1::UploadImportPartRequest part;
    part.set_name(import->name());
    part.set_content(file);
    EXPECT_THAT(imports_.UploadImportPart(Context(), part), IsOk());
    v1::ValidateImportRequest validate;
    validate.set_name(import->name());
    EXPECT_THAT(imports_.ValidateImport(Context(), validate), IsOk());
    return import->name();
  }

  std::vector<PagedVerb> EveryList() {
    // The cut is in late July 2026, when the cohort of March is mature.
    const std::string march =
        "scope { period { start_date: '2026-03-01' end_date: '2026-04-01' } "
        "cut { seconds: 1785000000 } }";
    v1::ListImportErrorsRequest errors;
    errors.set_parent(import_);
    return {Paged("ListChannels", channels_, &ChannelService::ListChannels,
                  RequestOf<v1::ListChannelsRequest>("")),
            Paged("ListCampaigns", channels_, &ChannelService::ListCampaigns,
                  RequestOf<v1::ListCampaignsRequest>("")),
            Paged("ListFacts", facts_, &FactService::ListFacts,
                  RequestOf<v1::ListFactsRequest>(
                      "occurred { start_date: '2026-03-01' end_date: '2026-04-01' }")),
            Paged("GetFactHistory", facts_, &FactService::GetFactHistory,
                  RequestOf<v1::GetFactHistoryRequest>(
                      "identity { source: 'crm' source_event_id: 'i1' }")),
            Paged("GetWatermark", facts_, &FactService::GetWatermark,
                  RequestOf<v1::GetWatermarkRequest>("")),
            Paged("ListMetricDefinitions", query_, &QueryService::ListMetricDefinitions,
                  RequestOf<v1::ListMetricDefinitionsRequest>("")),
            Paged("ExplainMetric", query_, &QueryService::ExplainMetric,
                  RequestOf<v1::ExplainMetricRequest>(
                      absl::StrCat("metric: 'inquiry_order_rate' ", march))),
            Paged("ListCohortUnits", query_, &QueryService::ListCohortUnits,
                  RequestOf<v1::ListCohortUnitsRequest>(march)),
            Paged("ListImports", imports_, &ImportService::ListImports,
                  RequestOf<v1::ListImportsRequest>("")),
            Paged("ListImportErrors", imports_, &ImportService::ListImportErrors, errors)};
  }

  const std::unique_ptr<TestDatabase> database_ = TestDatabase::Create("metrics");
  const base::TenantUid tenant_ = FreshTenantUid();
  base::IdSource ids_{database_->entropy()};
  base::PageTokens pages_{base::SealingKey::Generate(database_->entropy()), database_->entropy(),
                          database_->clock()};
  PeopleForTest people_;
  Collaborators with_{.db = database_->session(),
                      .clock = database_->clock(),
                      .ids = ids_,
                      .pages = pages_,
                      .people = people_};
  ChannelService channels_{with_};
  FactService facts_{with_};
  QueryService query_{with_};
  ImportService imports_{with_};
  std::string import_;
};

TEST_F(PageTokenTest, IsOfOneTenantAndOneMethod) {
  const base::TenantUid other = FreshTenantUid();
  for (const PagedVerb& list : EveryList()) {
    SCOPED_TRACE(list.name);
    const std::string method = absl::StrCat("argosy.metrics.v1.Service/", list.name);
    const auto token = list.ask(Context(method), "");
    ASSERT_THAT(token, IsOk());
    ASSERT_FALSE(token->empty());
    EXPECT_THAT(list.ask(ContextForTest(other).Method(method).Build(), *token),
                HasReason("PAGE_TOKEN_INVALID"));
    EXPECT_THAT(list.ask(Context(), *token), HasReason("PAGE_TOKEN_INVALID"));
    EXPECT_THAT(list.ask(Context(method), *token), IsOk());
  }
}

}  // namespace
}  // namespace argosy::metrics
