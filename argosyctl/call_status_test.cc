#include "argosyctl/call_status.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "argosyctl/exit_code.h"
#include "argosyctl/request_id.h"
#include "base/fault.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace argosy::ctl {
namespace {

using ::testing::HasSubstr;

grpc::Status Refused() {
  google::rpc::Status wire;
  google::rpc::ErrorInfo info;
  info.set_reason("RESOURCE_NOT_FOUND");
  (*info.mutable_metadata())["name"] = "tenants/acme/teams/east";
  google::rpc::RequestInfo request;
  request.set_request_id("call-7");
  google::rpc::ResourceInfo resource;
  resource.set_resource_name("tenants/acme/teams/east");
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("team.kind");
  wire.add_details()->PackFrom(info);
  wire.add_details()->PackFrom(request);
  wire.add_details()->PackFrom(resource);
  wire.add_details()->PackFrom(bad);
  return {grpc::StatusCode::NOT_FOUND, "there is no \"east\"", wire.SerializeAsString()};
}

TEST(FromGrpc, KeepsCodeReasonCallAndDetails) {
  const absl::Status status = FromGrpc(Refused());
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(base::ReasonOf(status), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(CallIdOf(status), "call-7");
  EXPECT_EQ(base::FindFault(status)->resource->name, "tenants/acme/teams/east");
}

TEST(FromGrpc, TakesATransportsErrorWithoutDetails) {
  const absl::Status status = FromGrpc({grpc::StatusCode::RESOURCE_EXHAUSTED, "too large"});
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(CallIdOf(status), "");
}

TEST(RenderErrorJson, IsOneObjectOnOneLine) {
  EXPECT_EQ(RenderErrorJson(FromGrpc(Refused())),
            "{\"code\": \"NOT_FOUND\", \"reason\": \"RESOURCE_NOT_FOUND\", "
            "\"message\": \"there is no \\\"east\\\"\", \"call_id\": \"call-7\", "
            "\"details\": {\"name\": \"tenants/acme/teams/east\", \"field_violations\": "
            "[{\"field\": \"team.kind\", \"description\": \"\"}], "
            "\"resource\": \"tenants/acme/teams/east\"}}\n");
}

TEST(RenderErrorText, NamesCodeReasonAndCall) {
  const std::string text = RenderErrorText(FromGrpc(Refused()));
  EXPECT_THAT(text, HasSubstr("there is no \"east\""));
  EXPECT_THAT(text, HasSubstr("NOT_FOUND / RESOURCE_NOT_FOUND"));
  EXPECT_THAT(text, HasSubstr("call-7"));
}

TEST(RenderErrorText, SaysWhatIsWrongWithOneFieldOnce) {
  EXPECT_EQ(RenderErrorText(base::FieldInvalid("a.yaml", "line 3: no")),
            "error: a.yaml: line 3: no\n  code: INVALID_ARGUMENT / FIELD_INVALID\n");
  EXPECT_THAT(RenderErrorText(base::FieldsInvalid({{"a", "no"}, {"b", "neither"}})),
              ::testing::AllOf(HasSubstr("  a: no\n"), HasSubstr("  b: neither\n")));
}

struct ExitCase {
  absl::StatusCode code;
  int exit;
};

class ExitTest : public testing::TestWithParam<ExitCase> {};

TEST_P(ExitTest, IsTheOneOfTheTable) {
  EXPECT_EQ(static_cast<int>(ExitCodeOf(absl::Status(GetParam().code, "x"))), GetParam().exit);
}

INSTANTIATE_TEST_SUITE_P(Codes, ExitTest,
                         testing::ValuesIn(std::vector<ExitCase>{
                             {absl::StatusCode::kOk, 0},
                             {absl::StatusCode::kInternal, 1},
                             {absl::StatusCode::kUnknown, 1},
                             {absl::StatusCode::kDataLoss, 1},
                             {absl::StatusCode::kUnimplemented, 1},
                             {absl::StatusCode::kInvalidArgument, 3},
                             {absl::StatusCode::kUnauthenticated, 4},
                             {absl::StatusCode::kPermissionDenied, 5},
                             {absl::StatusCode::kNotFound, 6},
                             {absl::StatusCode::kAlreadyExists, 7},
                             {absl::StatusCode::kAborted, 7},
                             {absl::StatusCode::kFailedPrecondition, 8},
                             {absl::StatusCode::kUnavailable, 9},
                             {absl::StatusCode::kDeadlineExceeded, 9},
                             {absl::StatusCode::kResourceExhausted, 9},
                         }));

TEST(DerivedRequestId, IsTheSameForTheSamePartsAlone) {
  const std::string id = DerivedRequestId({"a", "bc"});
  EXPECT_EQ(id, DerivedRequestId({"a", "bc"}));
  EXPECT_NE(id, DerivedRequestId({"ab", "c"}));
  EXPECT_THAT(id, ::testing::MatchesRegex(
                      "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

}  // namespace
}  // namespace argosy::ctl
