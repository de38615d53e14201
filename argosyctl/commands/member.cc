#include <memory>
#include <string>
#include <vector>

#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/csv_table.h"
#include "argosyctl/request_id.h"
#include "argosyctl/text_file.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using teams::v1::BatchCreateMembersRequest;
using teams::v1::BatchCreateMembersResponse;

// The contract's bound of one batch.
constexpr size_t kBatchMax = 1'000;

struct RosterFlags {
  std::string file;
};

struct Person {
  std::string id;
  std::string display_name;
  std::string joined_date;
  std::string left_date;
};

// The columns id, display_name and joined_date, and left_date where the file has it.
absl::StatusOr<std::vector<Person>> ReadRoster(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse({path, text}));
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, table.Column("id"));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, table.Column("display_name"));
  ASSIGN_OR_RETURN(const std::vector<std::string> joined, table.Column("joined_date"));
  const std::vector<std::string> left =
      table.Column("left_date").value_or(std::vector<std::string>(ids.size()));
  std::vector<Person> people;
  for (size_t i = 0; i < ids.size(); ++i) {
    people.push_back({ids[i], names[i], joined[i], left[i]});
  }
  return people;
}

void AddMember(const Person& person, BatchCreateMembersRequest& batch) {
  teams::v1::NewMember& member = *batch.add_members();
  member.set_member_id(person.id);
  member.mutable_member()->set_display_name(person.display_name);
  member.mutable_member()->set_joined_date(person.joined_date);
  member.mutable_member()->set_left_date(person.left_date);
}

// The key of a batch follows from what it holds, so that the same file sent again adds nobody
// twice.
absl::Status Import(Invocation& invocation, const RosterFlags& flags) {
  ASSIGN_OR_RETURN(const std::vector<Person> people, ReadRoster(flags.file));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  for (size_t begin = 0; begin < people.size(); begin += kBatchMax) {
    BatchCreateMembersRequest batch;
    for (size_t i = begin; i < people.size() && i < begin + kBatchMax; ++i) {
      AddMember(people[i], batch);
    }
    ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
    batch.set_request_id(DerivedRequestId({"member import", tenant, batch.SerializeAsString()}));
    RETURN_IF_ERROR(invocation.Complete(batch));
    ASSIGN_OR_RETURN(const auto made, session->Call<BatchCreateMembersResponse>(batch));
    std::vector<const google::protobuf::Message*> members;
    for (const auto& member : made.members()) members.push_back(&member);
    invocation.printer().ShowAll(members, {"name", "display_name", "joined_date", "left_date"});
  }
  return absl::OkStatus();
}

}  // namespace

void AddMemberCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "member", "People at work (成员)");
  line.table.Add(
      noun, {.verb = "create",
             .about = "Adds a person",
             .example = "argosyctl member create li-wei --display-name 李伟 --joined 2024-03-01",
             .request = &teams::v1::CreateMemberRequest::default_instance(),
             .positional = "member_id",
             .flags = {{"--display-name", "member.display_name", "As colleagues write it",
                        Need::kRequired},
                       {"--joined", "member.joined_date", "First day at work", Need::kRequired},
                       {"--left", "member.left_date", "First day no longer at work"},
                       {"--membership", "member.membership", "The person's account"}}});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one person",
                        .example = "argosyctl member get li-wei",
                        .request = &teams::v1::GetMemberRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun,
                 {.verb = "list",
                  .about = "Lists people",
                  .example = "argosyctl member list --present-on 2026-03-31",
                  .request = &teams::v1::ListMembersRequest::default_instance(),
                  .flags = {{"--present-on", "present_on_date", "Only those at work on this day"}},
                  .columns = {"name", "display_name", "joined_date", "left_date", "membership"}});
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<RosterFlags>();
  line.table
      .AddBody(noun,
               {"import",
                "Adds the people of a CSV file: id,display_name,joined_date[,left_date]",
                "argosyctl member import --file roster.csv",
                {Offer::kNames}},
               [&invocation, flags] { return Import(invocation, *flags); })
      .add_option("--file", flags->file, "The CSV file, UTF-8")
      ->required();
}

}  // namespace argosy::ctl
