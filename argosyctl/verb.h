// Verbs of a noun: how a command line becomes one call, and its answer text.
#ifndef ARGOSY_ARGOSYCTL_VERB_H_
#define ARGOSY_ARGOSYCTL_VERB_H_

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "argosyctl/invocation.h"

namespace argosy::ctl {

enum class Need { kOptional, kRequired };

// A flag that fills one field of the request, as SetField reads text.
struct FlagSpec {
  std::string flag;   // "--kind"
  std::string field;  // "channel.kind"
  std::string about;
  Need need = Need::kOptional;
};

// A verb that is one call. What is not given here follows from the request: a list verb is one
// whose answer has pages, a write one that has a request_id.
struct VerbSpec {
  std::string verb;
  std::string about;
  std::string example;  // a whole command line
  const google::protobuf::Message* request = nullptr;
  // The field that the one positional argument fills; "" for none.
  std::string positional;
  Need positional_need = Need::kRequired;
  std::vector<FlagSpec> flags;
  // Of a list: the fields of one resource to show.
  std::vector<std::string> columns;
  // Of a list: the field of a page that counts what the server did not keep; "" for none.
  std::string left_out;
  // Of another verb: the repeated field of its answer that a table shows instead of the whole.
  std::string rows;
  // How a table shows the answer, or the pages of it, when rows and columns do not say enough;
  // instants in the zone.
  std::function<std::string(const std::vector<const google::protobuf::Message*>&,
                            const absl::TimeZone&)>
      view;
  // What else to say of the answer of a verb that is no list; on standard error, in every format.
  std::function<absl::Status(Invocation&, const google::protobuf::Message&)> remark;
  // A request whose `name` is that of this one and whose answer has the etag to send; null when the
  // call needs none.
  const google::protobuf::Message* etag_source = nullptr;
  // The prefix of the fields that an update may change ("tenant."): update_mask names those given.
  std::string mask_prefix;
};

// Adds the noun `name` with `about` under `root`; its verbs are added to what is returned.
CLI::App& AddNoun(CLI::App& root, const std::string& name, const std::string& about);

// What not every verb has. A verb refuses the flag of what it does not offer.
enum class Offer {
  kDryRun,  // --dry-run: all is checked and nothing is recorded
  kNames,   // -o name: the answer is resources, which have names
};

// A verb with a body of its own. Help and example are required of every verb.
struct BodySpec {
  std::string verb;
  std::string about;
  std::string example;  // whole command lines, the first one for the noun's help too
  std::vector<Offer> offers = {};
};

// All verbs pass through here. Owns what the parsed flags of table-driven verbs fill; lives as long
// as the command line.
class VerbTable {
 public:
  VerbTable(Invocation& invocation, absl::Status& result)
      : invocation_(invocation), result_(result) {}

  // Adds `spec` to `noun`. It offers a dry run when the request can be validated only, and names
  // when the answer's resources have them.
  void Add(CLI::App& noun, const VerbSpec& spec);

  // Adds `spec` to `noun`; running it runs `body`, whose status the command line ends with.
  CLI::App& AddBody(CLI::App& noun, const BodySpec& spec, std::function<absl::Status()> body);

 private:
  struct Entry {
    VerbSpec spec;
    std::string positional;
    std::vector<std::vector<std::string>> values;  // by flag
    int64_t limit = 0;
  };

  absl::Status CheckOffered(const std::vector<Offer>& offers) const;
  absl::Status Run(const Entry& entry);
  absl::Status Fill(const Entry& entry, google::protobuf::Message& request);
  absl::Status FillEtag(const Entry& entry, google::protobuf::Message& request);
  absl::Status RunList(const Entry& entry, google::protobuf::Message& request);
  void Print(const Entry& entry, const google::protobuf::Message& reply);

  Invocation& invocation_;
  absl::Status& result_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_VERB_H_
