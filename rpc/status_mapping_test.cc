#include "rpc/status_mapping.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "argosy/common/v1/error_reason.pb.h"
#include "base/fault.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using ::testing::Eq;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ErrorOrigin kOrigin{.domain = "teams.argosy", .call_id = "call-1"};

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

template <typename Detail>
std::vector<Detail> Find(const grpc::Status& status) {
  std::vector<Detail> found;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& any : details.details()) {
    Detail detail;
    if (any.UnpackTo(&detail)) found.push_back(detail);
  }
  return found;
}

TEST(ToGrpcStatus, CarriesExactlyOneErrorInfoAndOneRequestInfo) {
  const absl::Status status =
      base::MakeFault(absl::StatusCode::kNotFound, "no team 'east'",
                      {.reason = "RESOURCE_NOT_FOUND",
                       .metadata = {{"team", "east"}},
                       .resource = base::ResourceFault{.type = "argosy.dev/Team",
                                                       .name = "tenants/acme/teams/east"}});
  const grpc::Status sent = ToGrpcStatus(status, kOrigin);
  EXPECT_EQ(sent.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(sent.error_message(), "no team 'east'");
  const auto infos = Find<google::rpc::ErrorInfo>(sent);
  ASSERT_EQ(infos.size(), 1U);
  EXPECT_EQ(infos[0].reason(), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(infos[0].domain(), "teams.argosy");
  EXPECT_EQ(infos[0].metadata().at("team"), "east");
  const auto requests = Find<google::rpc::RequestInfo>(sent);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].request_id(), "call-1");
  const auto resources = Find<google::rpc::ResourceInfo>(sent);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_EQ(resources[0].resource_name(), "tenants/acme/teams/east");
  EXPECT_EQ(resources[0].owner(), "");
}

TEST(ToGrpcStatus, TakesEveryPartOfAFaultThereAndBack) {
  const absl::Status status = base::MakeFault(
      absl::StatusCode::kResourceExhausted, "too much",
      {.reason = "QUOTA_EXCEEDED",
       .metadata = {{"a", "1"}, {"b", "2"}},
       .field_violations = {{.field = "x[3].y", .description = "bad"}},
       .resource = base::ResourceFault{.type = "t", .name = "n"},
       .precondition = base::PreconditionFault{.type = "p", .subject = "s", .description = "d"},
       .quota = base::QuotaFault{.subject = "tenants/acme", .description = "facts"},
       .retry_after = absl::Milliseconds(1500)});
  const absl::Status back = FromGrpcStatus(ToGrpcStatus(status, kOrigin));
  EXPECT_EQ(back.code(), status.code());
  EXPECT_EQ(back.message(), status.message());
  EXPECT_EQ(base::FindFault(back), base::FindFault(status));
}

TEST(ToGrpcStatus, MasksInternalAndUnknown) {
  for (const absl::Status& status :
       {base::Internal("password of the database"), absl::UnknownError("secret text"),
        absl::InternalError("no fault"), absl::InvalidArgumentError("a code without a reason")}) {
    const grpc::Status sent = ToGrpcStatus(status, kOrigin);
    EXPECT_EQ(sent.error_code(), grpc::StatusCode::INTERNAL);
    EXPECT_EQ(sent.error_message(), "an internal error occurred");
    EXPECT_THAT(sent.error_details(), Not(HasSubstr(std::string(status.message()))));
    EXPECT_EQ(Find<google::rpc::ErrorInfo>(sent).at(0).reason(), "INTERNAL");
  }
}

TEST(ToGrpcStatus, MasksAReasonUnderAnotherCode) {
  const grpc::Status sent = ToGrpcStatus(
      base::MakeFault(absl::StatusCode::kNotFound, "x", {.reason = "ETAG_MISMATCH"}), kOrigin);
  EXPECT_EQ(sent.error_code(), grpc::StatusCode::INTERNAL);
}

TEST(ToGrpcStatus, LetsAReasonOfOneServicePass) {
  const grpc::Status sent = ToGrpcStatus(
      base::MakeFault(absl::StatusCode::kInvalidArgument, "x", {.reason = "AMOUNT_OVERFLOW"}),
      kOrigin);
  EXPECT_EQ(sent.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST(ToGrpcStatus, CutsToFourKibibytesAndKeepsErrorInfo) {
  base::Fault fault{.reason = "FIELD_INVALID"};
  for (int i = 0; i < 20; ++i) {
    fault.field_violations.push_back(
        {.field = std::string(250, 'f'), .description = std::string(250, 'd')});
    fault.metadata.emplace_back(absl::StrCat("key", i), std::string(5000, 'm'));
  }
  fault.field_violations_left_out = 7;
  const grpc::Status sent = ToGrpcStatus(
      base::MakeFault(absl::StatusCode::kInvalidArgument, std::string(9000, 'x'), fault), kOrigin);
  EXPECT_LE(sent.error_details().size(), kStatusBytesMax);
  EXPECT_LE(sent.error_message().size(), 1024U);
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(sent).at(0).reason(), "FIELD_INVALID");
  EXPECT_EQ(Find<google::rpc::RequestInfo>(sent).at(0).request_id(), "call-1");
}

TEST(ToGrpcStatus, SaysHowManyViolationsWereLeftOut) {
  base::Fault fault{.reason = "FIELD_INVALID"};
  for (int i = 0; i < 20; ++i) {
    fault.field_violations.push_back({.field = std::string(150, 'f'), .description = "bad"});
  }
  fault.field_violations_left_out = 7;
  const grpc::Status sent =
      ToGrpcStatus(base::MakeFault(absl::StatusCode::kInvalidArgument, "x", fault), kOrigin);
  const auto bad = Find<google::rpc::BadRequest>(sent);
  ASSERT_EQ(bad.size(), 1U);
  const int shown = bad[0].field_violations_size() - 1;
  EXPECT_GT(shown, 0);
  EXPECT_EQ(bad[0].field_violations(shown).description(),
            absl::StrCat("and ", 27 - shown, " more"));
}

TEST(ToGrpcStatus, NeverCutsACharacterInTwo) {
  std::string text;
  while (text.size() < 1030) text += "业";
  const grpc::Status sent = ToGrpcStatus(
      base::MakeFault(absl::StatusCode::kAborted, text, {.reason = "ETAG_MISMATCH"}), kOrigin);
  EXPECT_EQ(sent.error_message().size() % 3, 0U);
}

TEST(ToGrpcStatus, IsOkForOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), kOrigin).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
}

TEST(FromGrpcStatus, ReadsAStatusOfTheTransport) {
  EXPECT_THAT(FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection refused")),
              HasReason("DEPENDENCY_DOWN"));
  EXPECT_THAT(FromGrpcStatus(grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "x")),
              HasReason("DEADLINE_CAPPED"));
  EXPECT_THAT(FromGrpcStatus(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "too large")),
              HasReason("INTERNAL"));
}

TEST(CodeOfReason, KnowsOnlyReasonsOfTheEnum) {
  std::set<std::string> known;
  const auto& reasons = *common::v1::ErrorReason_descriptor();
  int with_code = 0;
  for (int i = 0; i < reasons.value_count(); ++i) {
    const std::string name = reasons.value(i)->name().substr(std::string("ERROR_REASON_").size());
    if (CodeOfReason(name).has_value()) ++with_code;
  }
  EXPECT_EQ(with_code, 31);
  EXPECT_FALSE(CodeOfReason("NOBODY_SAID_THIS").has_value());
  EXPECT_THAT(CodeOfReason("COMMIT_UNKNOWN"), Eq(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace argosy::rpc
