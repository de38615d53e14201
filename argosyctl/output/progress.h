// How far a long step has come, on standard error.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_PROGRESS_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_PROGRESS_H_

#include <cstdint>
#include <string>

#include "argosyctl/environment.h"

namespace argosy::ctl {

// One line that is rewritten on a terminal; in a file the last state alone.
class Progress {
 public:
  // `total` of 0 means that it is not known.
  Progress(const Environment& environment, std::string what, int64_t total);
  void Advance(int64_t done);
  // Ends the line.
  void Finish();

 private:
  void Print();

  const Environment& environment_;
  const std::string what_;
  const int64_t total_;
  int64_t done_ = 0;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_PROGRESS_H_
