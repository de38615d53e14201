// The log: one JSON object a line, every byte of input escaped.
//
//   log.Write(LogLevel::kInfo, "serving", {{"port", 8443}, {"service", "teams"}});
//   {"ts":"2026-03-09T04:00:00.000000Z","level":"info","msg":"serving","port":8443,"service":"teams"}
//
// No secret is ever given to it.
#ifndef ARGOSY_BASE_LOG_H_
#define ARGOSY_BASE_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "base/clock.h"

namespace argosy::base {

enum class LogLevel { kInfo, kWarning, kError };

// One member of the line. `name` is a plain identifier of ours.
struct LogField {
  LogField(absl::string_view field_name, absl::string_view text) : name(field_name), value(text) {}
  LogField(absl::string_view field_name, const std::string& text)
      : name(field_name), value(absl::string_view(text)) {}
  LogField(absl::string_view field_name, const char* text)
      : name(field_name), value(absl::string_view(text)) {}
  LogField(absl::string_view field_name, int64_t number) : name(field_name), value(number) {}
  LogField(absl::string_view field_name, int number) : name(field_name), value(int64_t{number}) {}

  absl::string_view name;
  std::variant<absl::string_view, int64_t> value;
};

// `text` as a JSON string with its quotes: control characters, quotes and backslashes escaped,
// bytes that are not UTF-8 replaced by U+FFFD.
void AppendJsonString(std::string& out, absl::string_view text);

// Writes lines. Thread-safe. `clock` outlives it.
class Log {
 public:
  // Lines waiting for the writer; about 4 MiB. When the disk is slower the oldest go, so that no
  // call ever waits for the log, and a line "log lines dropped" says how many.
  static constexpr size_t kQueueLinesMax = 8192;

  // To standard error by a thread of its own. Killed by a signal, the process loses what waits.
  static std::unique_ptr<Log> ToStandardError(const Clock& clock);
  // To `stream`, at once; for tests. `stream` outlives the log.
  static std::unique_ptr<Log> ToStream(std::ostream& stream, const Clock& clock);
  ~Log();

  void Write(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields);
  // Has every line so far written soon; destruction waits for it.
  void Flush();

 private:
  struct Sink;

 public:
  // For the makers above: nobody else can name a Sink.
  Log(std::unique_ptr<Sink> sink, const Clock& clock);

 private:
  std::unique_ptr<Sink> sink_;
  const Clock& clock_;
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_LOG_H_
