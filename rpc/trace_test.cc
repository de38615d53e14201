#include "rpc/trace.h"

#include "gtest/gtest.h"

namespace argosy::rpc {
namespace {

constexpr char kHeader[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(ContinueTrace, KeepsTheTraceAndTakesANewSpan) {
  base::SeededEntropy entropy(1);
  const Trace trace = ContinueTrace(kHeader, entropy);
  EXPECT_EQ(trace.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(trace.parent_span_id, "00f067aa0ba902b7");
  EXPECT_NE(trace.span_id, trace.parent_span_id);
  EXPECT_EQ(trace.Traceparent(), "00-4bf92f3577b34da6a3ce929d0e0e4736-" + trace.span_id + "-01");
}

TEST(ContinueTrace, ReadsALaterVersionThatBeginsAlike) {
  base::SeededEntropy entropy(1);
  std::string header(kHeader);
  header[1] = '7';
  EXPECT_EQ(ContinueTrace(header + "-more", entropy).trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(ContinueTrace, BeginsANewTraceForAnythingElse) {
  base::SeededEntropy entropy(1);
  const std::string good(kHeader);
  for (const std::string& bad :
       {std::string(), good.substr(1), good + "0", "ff" + good.substr(2),
        std::string("00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
        std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
        std::string("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
        std::string("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")}) {
    const Trace trace = ContinueTrace(bad, entropy);
    EXPECT_NE(trace.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736") << bad;
    EXPECT_EQ(trace.trace_id.size(), 32U);
    EXPECT_EQ(trace.span_id.size(), 16U);
    EXPECT_EQ(trace.parent_span_id, "");
  }
}

}  // namespace
}  // namespace argosy::rpc
