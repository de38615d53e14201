// How an answer is shown: a table for people, JSON or names for scripts.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_PRINTER_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_PRINTER_H_

#include <google/protobuf/message.h>

#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace argosy::ctl {

enum class OutputFormat { kTable, kJson, kName };

// Prints resources of one type by their fields. Stateless but for its stream, format and zone.
class Printer {
 public:
  // Tables show instants in `zone`; JSON has them in UTC always.
  Printer(std::ostream& out, OutputFormat format, absl::TimeZone zone)
      : out_(out), format_(format), zone_(zone) {}

  // One resource: field and value line by line, nested messages by their path; its JSON; or its
  // name, which it must then have.
  void Show(const google::protobuf::Message& resource);

  // Many: one row each with the fields at `columns`; an array; or a name a line.
  void ShowAll(const std::vector<const google::protobuf::Message*>& resources,
               const std::vector<std::string>& columns);

  OutputFormat format() const { return format_; }
  std::ostream& out() { return out_; }
  const absl::TimeZone& zone() const { return zone_; }

 private:
  std::ostream& out_;
  OutputFormat format_;
  absl::TimeZone zone_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_PRINTER_H_
