#include "base/log.h"

#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::base {
namespace {

std::string Json(absl::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

TEST(AppendJsonString, EscapesWhatWouldEndTheStringOrTheLine) {
  EXPECT_EQ(Json("plain 业务"), "\"plain 业务\"");
  EXPECT_EQ(Json("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(Json("x\n\r\t\x1b\x7f"), "\"x\\u000a\\u000d\\u0009\\u001b\\u007f\"");
  EXPECT_EQ(Json(absl::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(AppendJsonString, ReplacesBytesThatAreNotUtf8) {
  for (const char* bad :
       {"\xff", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8"}) {
    EXPECT_EQ(Json(bad).find(bad), std::string::npos);
    EXPECT_NE(Json(bad).find("\\ufffd"), std::string::npos);
  }
}

TEST(Log, WritesOneObjectALine) {
  std::ostringstream lines;
  const FakeClock clock(absl::FromUnixMicros(1'773'028'800'000'007));
  const auto log = Log::ToStream(lines, clock);
  log->Write(LogLevel::kWarning, "two\nlines", {{"port", 8443}, {"who", "o\"hara"}});
  EXPECT_EQ(lines.str(),
            "{\"ts\":\"2026-03-09T04:00:00.000007Z\",\"level\":\"warning\",\"msg\":"
            "\"two\\u000alines\",\"port\":8443,\"who\":\"o\\\"hara\"}\n");
}

TEST(LogToStandardError, WritesEveryLineInOrderBeforeItEnds) {
  constexpr int kThreads = 4;
  constexpr int kLines = 500;
  ::testing::internal::CaptureStderr();
  {
    const SystemClock clock;
    const auto log = Log::ToStandardError(clock);
    std::vector<std::thread> writers;
    for (int thread = 0; thread < kThreads; ++thread) {
      writers.emplace_back([&log, thread] {
        for (int i = 0; i < kLines; ++i) {
          log->Write(LogLevel::kInfo, "line", {{"thread", thread}, {"i", i}});
          if (i % 100 == 0) log->Flush();
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
  }
  std::vector<int> next(kThreads, 0);
  const std::string written = ::testing::internal::GetCapturedStderr();
  for (const absl::string_view line : absl::StrSplit(written, '\n', absl::SkipEmpty())) {
    for (int thread = 0; thread < kThreads; ++thread) {
      const std::string wanted =
          absl::StrCat("\"thread\":", thread, ",\"i\":", next[static_cast<size_t>(thread)], "}");
      if (absl::EndsWith(line, wanted)) ++next[static_cast<size_t>(thread)];
    }
  }
  EXPECT_THAT(next, ::testing::Each(kLines));
}

}  // namespace
}  // namespace argosy::base
