// One resource of every type that a request can name, in a tenant.
#ifndef ARGOSY_TESTS_ISOLATION_SEEDS_H_
#define ARGOSY_TESTS_ISOLATION_SEEDS_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/e2e/running_product.h"

namespace argosy::testing {

// Made through the public API by the tenant's owner.
class Seeds {
 public:
  // `prefix` begins the ids chosen by people, so that no other seeds have them. Aborts with the
  // refusal when one cannot be made: no test means anything then.
  Seeds(RunningProduct& product, const OnboardedTenant& tenant, absl::string_view prefix);

  // The names by type ("argosy.dev/Team").
  const std::map<std::string, std::string>& names() const { return names_; }
  const std::string& access() const { return access_; }
  // The access token of one more member, who is in no team and did nothing.
  std::string MakeBystander();
  // Another membership takes the place of the one remembered.
  void MakeMembership();
  // A text with "{Team}" for the name of the team, "{Tenant}" for that of the tenant, and so on.
  std::string Fill(absl::string_view text) const;

 private:
  std::unique_ptr<google::protobuf::Message> Call(absl::string_view method, absl::string_view text);
  // Makes a resource and remembers its name under `type`.
  void Make(absl::string_view type, absl::string_view method, absl::string_view text);
  // A string field of the last reply.
  std::string Last(absl::string_view field) const;
  // The name of the first item in the last reply.
  std::string FirstListed() const;

  void MakePeople();
  void MakeFacts();
  void MakePay();

  RunningProduct& product_;
  const std::string prefix_;
  const std::string access_;
  std::map<std::string, std::string> names_;
  std::unique_ptr<google::protobuf::Message> last_;
  int memberships_ = 0;  // made
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_ISOLATION_SEEDS_H_
