#include "base/log.h"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace argosy::base {
namespace {

// The well-formed UTF-8 sequences of more than one byte (Unicode standard, table 3-7): no overlong
// forms, no surrogates, nothing beyond U+10FFFF. Bytes after the second are 80..BF.
struct Utf8Form {
  unsigned char lead_first, lead_last;
  unsigned char second_first, second_last;
  size_t length;
};
constexpr std::array<Utf8Form, 8> kUtf8Forms = {{{0xc2, 0xdf, 0x80, 0xbf, 2},
                                                 {0xe0, 0xe0, 0xa0, 0xbf, 3},
                                                 {0xe1, 0xec, 0x80, 0xbf, 3},
                                                 {0xed, 0xed, 0x80, 0x9f, 3},
                                                 {0xee, 0xef, 0x80, 0xbf, 3},
                                                 {0xf0, 0xf0, 0x90, 0xbf, 4},
                                                 {0xf1, 0xf3, 0x80, 0xbf, 4},
                                                 {0xf4, 0xf4, 0x80, 0x8f, 4}}};

bool Within(char c, unsigned char first, unsigned char last) {
  const auto byte = static_cast<unsigned char>(c);
  return first <= byte && byte <= last;
}

// How many bytes of `text`, which is not empty, form one valid character; 0 when none do.
size_t Utf8Length(absl::string_view text) {
  if (Within(text[0], 0x00, 0x7f)) return 1;
  for (const Utf8Form& form : kUtf8Forms) {
    if (!Within(text[0], form.lead_first, form.lead_last)) continue;
    if (text.size() < form.length) return 0;
    if (!Within(text[1], form.second_first, form.second_last)) return 0;
    const absl::string_view others = text.substr(2, form.length - 2);
    const bool valid =
        std::all_of(others.begin(), others.end(), [](char c) { return Within(c, 0x80, 0xbf); });
    return valid ? form.length : 0;
  }
  return 0;
}

void AppendEscape(std::string& out, unsigned char c) {
  constexpr absl::string_view kHex = "0123456789abcdef";
  absl::StrAppend(&out, "\\u00", absl::string_view(&kHex[c >> 4], 1),
                  absl::string_view(&kHex[c & 15], 1));
}

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

// 2026-03-09T04:00:00.000000Z without the time zone machinery, which takes longer than the rest.
void AppendTimestamp(std::string& out, absl::Time now) {
  const absl::CivilSecond civil = absl::ToCivilSecond(now, absl::UTCTimeZone());
  const int64_t micros = absl::ToUnixMicros(now) % 1'000'000;
  const auto pad = [&](int64_t value, size_t width) {
    const std::string digits = absl::StrCat(value);
    out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
  };
  pad(civil.year(), 4);
  out.push_back('-');
  pad(civil.month(), 2);
  out.push_back('-');
  pad(civil.day(), 2);
  out.push_back('T');
  pad(civil.hour(), 2);
  out.push_back(':');
  pad(civil.minute(), 2);
  out.push_back(':');
  pad(civil.second(), 2);
  out.push_back('.');
  pad(micros < 0 ? micros + 1'000'000 : micros, 6);
  out.push_back('Z');
}

// The line, without its end.
std::string LineOf(const Clock& clock, LogLevel level, absl::string_view message,
                   std::initializer_list<LogField> fields) {
  std::string line;
  line.reserve(512);
  line.append("{\"ts\":\"");
  AppendTimestamp(line, clock.Now());
  absl::StrAppend(&line, "\",\"level\":\"", LevelName(level), "\",\"msg\":");
  AppendJsonString(line, message);
  for (const LogField& field : fields) {
    absl::StrAppend(&line, ",\"", field.name, "\":");
    if (const auto* text = std::get_if<absl::string_view>(&field.value)) {
      AppendJsonString(line, *text);
    } else {
      absl::StrAppend(&line, std::get<int64_t>(field.value));
    }
  }
  line.push_back('}');
  return line;
}

// Standard error, written to by the one thread of `threads`. Before the line that comes next it
// says how many their queue has dropped.
class StandardErrorSink final : public spdlog::sinks::sink {
 public:
  // `threads` own the queue that owns the logger of this sink, and so outlive it.
  StandardErrorSink(spdlog::details::thread_pool& threads, const Clock& clock)
      : threads_(threads), clock_(clock) {}

  void log(const spdlog::details::log_msg& message) override {
    const auto dropped = static_cast<int64_t>(threads_.overrun_counter());
    const int64_t since = dropped - std::exchange(told_, dropped);
    if (since > 0) {
      Put(LineOf(clock_, LogLevel::kWarning, "log lines dropped", {{"count", since}}));
    }
    Put(absl::string_view(message.payload.data(), message.payload.size()));
  }
  void flush() override { std::fflush(stderr); }
  // The line is whole when it comes here.
  void set_pattern(const std::string& /*pattern*/) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

 private:
  static void Put(absl::string_view line) {
    const std::string text = absl::StrCat(line, "\n");
    std::fwrite(text.data(), 1, text.size(), stderr);
  }

  spdlog::details::thread_pool& threads_;
  const Clock& clock_;
  int64_t told_ = 0;
};

}  // namespace

void AppendJsonString(std::string& out, absl::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text[0]);
    const size_t length = Utf8Length(text);
    if (length == 0) {
      out.append("\\ufffd");
    } else if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(c));
    } else if (c < 0x20 || c == 0x7f) {
      AppendEscape(out, c);
    } else {
      out.append(text.data(), length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out.push_back('"');
}

struct Log::Sink {
  // Destroyed after the logger, which hands it its last lines.
  std::shared_ptr<spdlog::details::thread_pool> threads;
  std::shared_ptr<spdlog::logger> logger;
};

Log::Log(std::unique_ptr<Sink> sink, const Clock& clock) : sink_(std::move(sink)), clock_(clock) {
  sink_->logger->set_pattern("%v");
}

Log::~Log() { Flush(); }

std::unique_ptr<Log> Log::ToStandardError(const Clock& clock) {
  auto sink = std::make_unique<Sink>();
  sink->threads = std::make_shared<spdlog::details::thread_pool>(kQueueLinesMax, 1);
  sink->logger = std::make_shared<spdlog::async_logger>(
      "argosy", std::make_shared<StandardErrorSink>(*sink->threads, clock), sink->threads,
      spdlog::async_overflow_policy::overrun_oldest);
  return std::make_unique<Log>(std::move(sink), clock);
}

std::unique_ptr<Log> Log::ToStream(std::ostream& stream, const Clock& clock) {
  auto sink = std::make_unique<Sink>();
  sink->logger = std::make_shared<spdlog::logger>(
      "argosy", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream));
  return std::make_unique<Log>(std::move(sink), clock);
}

void Log::Write(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields) {
  const std::string line = LineOf(clock_, level, message, fields);
  sink_->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

void Log::Flush() { sink_->logger->flush(); }

}  // namespace argosy::base
