#include "base/log.h"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace argosy::base {
namespace {

// How many bytes of `text` form one valid UTF-8 character, 0 when none do (RFC 3629, table 3-7 of
// the Unicode standard: no overlong forms, no surrogates, nothing beyond U+10FFFF).
size_t Utf8Length(absl::string_view text) {
  const auto at = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](size_t i) { return (at(i) & 0xc0) == 0x80; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return continues(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (!continues(1) || !continues(2)) return 0;
    if ((lead == 0xe0 && at(1) < 0xa0) || (lead == 0xed && at(1) > 0x9f)) return 0;
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if ((lead == 0xf0 && at(1) < 0x90) || (lead == 0xf4 && at(1) > 0x8f)) return 0;
    return 4;
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
      "argosy", std::make_shared<spdlog::sinks::stderr_sink_mt>(), sink->threads,
      spdlog::async_overflow_policy::overrun_oldest);
  return std::make_unique<Log>(std::move(sink), clock);
}

std::unique_ptr<Log> Log::ToStream(std::ostream& stream, const Clock& clock) {
  auto sink = std::make_unique<Sink>();
  sink->logger = std::make_shared<spdlog::logger>(
      "argosy", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream));
  return std::make_unique<Log>(std::move(sink), clock);
}

void Log::Write(LogLevel level, absl::string_view message,
                std::initializer_list<LogField> fields) {
  std::string line;
  line.reserve(512);
  line.append("{\"ts\":\"");
  AppendTimestamp(line, clock_.Now());
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
  sink_->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

void Log::Flush() { sink_->logger->flush(); }

}  // namespace argosy::base
