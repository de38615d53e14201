#include "rpc/metrics.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(const CallMetrics& metrics) { return MetricsText({&metrics}); }

TEST(CallMetrics, HasEverySeriesFromTheStart) {
  const CallMetrics metrics(
      std::vector<CallMetrics::Name>{{"argosy.teams.v1.TeamService", "GetTeam"}});
  const std::string text = TextOf(metrics);
  EXPECT_THAT(text, HasSubstr("grpc_server_started_total{grpc_method=\"GetTeam\",grpc_service="
                              "\"argosy.teams.v1.TeamService\",grpc_type=\"unary\"} 0"));
  EXPECT_THAT(text, HasSubstr("grpc_code=\"PermissionDenied\"} 0"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_count"));
  EXPECT_THAT(text, Not(HasSubstr("tenant")));
}

TEST(CallMetrics, CountsByMethodAndCode) {
  CallMetrics metrics(std::vector<CallMetrics::Name>{{"s", "A"}, {"s", "B"}});
  metrics.Started(0);
  metrics.Handled(0, grpc::StatusCode::OK, absl::Milliseconds(7));
  metrics.Started(0);
  metrics.Handled(0, grpc::StatusCode::NOT_FOUND, absl::Seconds(60));
  const std::string text = TextOf(metrics);
  const std::string labels = "{grpc_method=\"A\",grpc_service=\"s\",grpc_type=\"unary\"";
  EXPECT_THAT(text, HasSubstr("grpc_server_started_total" + labels + "} 2"));
  EXPECT_THAT(text, HasSubstr("grpc_server_msg_received_total" + labels + "} 2"));
  EXPECT_THAT(text, HasSubstr("grpc_server_msg_sent_total" + labels + "} 1"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handled_total" + labels + ",grpc_code=\"NotFound\"} 1"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_count" + labels + "} 2"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_bucket" + labels + ",le=\"0.005\"} 0"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_bucket" + labels + ",le=\"0.01\"} 1"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_bucket" + labels + ",le=\"10\"} 1"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_bucket" + labels + ",le=\"+Inf\"} 2"));
}

TEST(CodeLabel, NamesEveryCode) {
  EXPECT_EQ(CodeLabel(grpc::StatusCode::OK), "OK");
  EXPECT_EQ(CodeLabel(grpc::StatusCode::UNAUTHENTICATED), "Unauthenticated");
  EXPECT_EQ(CodeLabel(grpc::StatusCode::DO_NOT_USE), "Unknown");
}

}  // namespace
}  // namespace argosy::rpc
