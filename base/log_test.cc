#include "base/log.h"

#include <unistd.h>

#include <array>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
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

TEST(LogToStandardError, WritesWhatWaitsWhenItEnds) {
  constexpr int kLogs = 50;
  ::testing::internal::CaptureStderr();
  const SystemClock clock;
  for (int i = 0; i < kLogs; ++i) {
    Log::ToStandardError(clock)->Write(LogLevel::kError, "the last word", {{"i", i}});
  }
  const std::string written = ::testing::internal::GetCapturedStderr();
  const std::vector<std::string> lines = absl::StrSplit(written, '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), size_t{kLogs});
}

// Standard error as a pipe, which takes about 64 KiB and then keeps its writer waiting until
// somebody reads.
class StandardErrorPipe {
 public:
  StandardErrorPipe() : kept_(dup(STDERR_FILENO)) {
    std::array<int, 2> ends = {-1, -1};
    piped_ = kept_ >= 0 && pipe(ends.data()) == 0 && dup2(ends[1], STDERR_FILENO) >= 0;
    close(ends[1]);
    out_ = ends[0];
  }
  ~StandardErrorPipe() {
    Restore();
    close(out_);
  }
  StandardErrorPipe(const StandardErrorPipe&) = delete;
  StandardErrorPipe& operator=(const StandardErrorPipe&) = delete;

  bool piped() const { return piped_; }
  // Ends what ReadAll reads.
  void Restore() {
    if (kept_ < 0) return;
    dup2(kept_, STDERR_FILENO);
    close(kept_);
    kept_ = -1;
  }
  std::string ReadAll() const {
    std::string all;
    std::array<char, 4096> some = {};
    for (ssize_t got = 1; got > 0;) {
      got = read(out_, some.data(), some.size());
      if (got > 0) all.append(some.data(), static_cast<size_t>(got));
    }
    return all;
  }

 private:
  int kept_;
  int out_ = -1;
  bool piped_ = false;
};

TEST(LogToStandardError, SaysHowManyLinesASlowReaderCostIt) {
  // One queue in the writer's hands, one waiting, one in the pipe at most, and one too many.
  constexpr int kLines = 4 * static_cast<int>(Log::kQueueLinesMax);
  StandardErrorPipe standard_error;
  ASSERT_TRUE(standard_error.piped());
  const SystemClock clock;
  auto log = Log::ToStandardError(clock);
  for (int i = 0; i < kLines; ++i) log->Write(LogLevel::kInfo, "line", {{"i", i}});
  std::string written;
  std::thread reader([&] { written = standard_error.ReadAll(); });
  log.reset();
  standard_error.Restore();
  reader.join();

  const std::vector<std::string> lines = absl::StrSplit(written, '\n', absl::SkipEmpty());
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines.back(), ::testing::HasSubstr(absl::StrCat("\"i\":", kLines - 1, "}")));
  int kept = 0;
  int dropped = 0;
  for (const absl::string_view line : lines) {
    if (absl::StrContains(line, "\"msg\":\"line\"")) ++kept;
    const auto [text, count] = std::pair<absl::string_view, absl::string_view>(
        absl::StrSplit(line, absl::MaxSplits("\"msg\":\"log lines dropped\",\"count\":", 1)));
    int some = 0;
    if (absl::SimpleAtoi(absl::StripSuffix(count, "}"), &some)) dropped += some;
  }
  EXPECT_GT(dropped, 0);
  EXPECT_EQ(kept + dropped, kLines);
}

}  // namespace
}  // namespace argosy::base
