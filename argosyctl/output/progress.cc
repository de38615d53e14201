#include "argosyctl/output/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace argosy::ctl {

Progress::Progress(const Environment& environment, std::string what, int64_t total)
    : environment_(environment), what_(std::move(what)), total_(total) {
  if (environment_.error_stream == ErrorStream::kTerminal) Print();
}

void Progress::Advance(int64_t done) {
  done_ = done;
  if (environment_.error_stream == ErrorStream::kTerminal) Print();
}

void Progress::Finish() {
  Print();
  if (environment_.error_stream == ErrorStream::kTerminal) environment_.err << "\n";
  environment_.err.flush();
}

void Progress::Print() {
  const std::string text =
      total_ > 0 ? absl::StrCat(what_, " ", done_, "/", total_) : absl::StrCat(what_, " ", done_);
  if (environment_.error_stream == ErrorStream::kTerminal) {
    environment_.err << "\r" << text << "\x1b[K" << std::flush;
  } else {
    environment_.err << text << "\n";
  }
}

}  // namespace argosy::ctl
