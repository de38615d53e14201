#include "argosyctl/import_run.h"

#include <cstdint>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/progress.h"
#include "argosyctl/paging.h"
#include "argosyctl/request_id.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using google::protobuf::Message;
using metrics::v1::Import;

constexpr size_t kPartBytes = size_t{512} * 1024;  // the contract's bound of one part
// A file imported more often than this is a mistake of whoever calls.
constexpr int kRepetitionsMax = 1'000;
constexpr int kErrorsPage = 1'000;
constexpr int64_t kWhole = 1'000'000;

// Sends a create request; that the thing is there already is no refusal here.
template <typename Reply>
absl::Status Ensure(ClientSession& session, const Message& request) {
  const absl::Status status = session.Call<Reply>(request).status();
  return absl::IsAlreadyExists(status) ? absl::OkStatus() : status;
}

absl::Status PrepareMembers(ClientSession& session, const std::string& tenant,
                            const PresetRoster& roster) {
  for (const PresetMember& member : roster.members) {
    teams::v1::CreateMemberRequest create;
    create.set_parent(tenant);
    create.set_member_id(member.member_id);
    create.mutable_member()->set_display_name(member.display_name);
    create.mutable_member()->set_joined_date(roster.start_date);
    create.set_request_id(DerivedRequestId({"preset member", tenant, create.SerializeAsString()}));
    RETURN_IF_ERROR(Ensure<teams::v1::Member>(session, create));
  }
  return absl::OkStatus();
}

absl::Status PrepareRoster(ClientSession& session, const std::string& tenant,
                           const PresetRoster& roster) {
  RETURN_IF_ERROR(PrepareMembers(session, tenant, roster));
  for (const PresetTeam& team : roster.teams) {
    teams::v1::CreateTeamRequest create;
    create.set_parent(tenant);
    create.set_team_id(team.team_id);
    create.mutable_team()->set_display_name(team.display_name);
    create.mutable_team()->set_kind(roster.team_kind);
    create.mutable_team()->set_lead_member(absl::StrCat(tenant, "/members/", team.lead_member_id));
    create.set_request_id(DerivedRequestId({"preset team", tenant, create.SerializeAsString()}));
    RETURN_IF_ERROR(Ensure<teams::v1::Team>(session, create));
  }
  for (const PresetMember& member : roster.members) {
    teams::v1::CreateRoleAssignmentRequest create;
    create.set_parent(tenant);
    teams::v1::RoleAssignment& assignment = *create.mutable_role_assignment();
    assignment.set_member(absl::StrCat(tenant, "/members/", member.member_id));
    assignment.set_team(absl::StrCat(tenant, "/teams/", member.team_id));
    assignment.set_role(member.role);
    assignment.set_effective_start_date(roster.start_date);
    assignment.set_effort_share_ppm(kWhole);
    create.set_request_id(DerivedRequestId({"preset role", tenant, create.SerializeAsString()}));
    RETURN_IF_ERROR(Ensure<teams::v1::RoleAssignment>(session, create));
  }
  return absl::OkStatus();
}

absl::Status PrepareChannel(ClientSession& session, const std::string& tenant,
                            const PresetChannel& channel) {
  metrics::v1::CreateChannelRequest create;
  create.set_parent(tenant);
  create.set_channel_id(channel.channel_id);
  *create.mutable_channel() = channel.channel;
  create.set_request_id(DerivedRequestId({"preset channel", tenant, create.SerializeAsString()}));
  RETURN_IF_ERROR(Ensure<metrics::v1::Channel>(session, create));
  for (const PresetCampaign& campaign : channel.campaigns) {
    metrics::v1::CreateCampaignRequest add;
    add.set_parent(tenant);
    add.set_campaign_id(campaign.campaign_id);
    add.mutable_campaign()->set_display_name(campaign.display_name);
    add.mutable_campaign()->set_channel(absl::StrCat(tenant, "/channels/", channel.channel_id));
    add.set_request_id(DerivedRequestId({"preset campaign", tenant, add.SerializeAsString()}));
    RETURN_IF_ERROR(Ensure<metrics::v1::Campaign>(session, add));
  }
  return absl::OkStatus();
}

std::string CsvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

// Repeats `Request` from `offset` until the walk is complete.
template <typename Request, typename Reply>
absl::Status Walk(ClientSession& session, const std::string& name, const char* what,
                  int64_t offset) {
  Request request;
  request.set_name(name);
  request.set_offset(offset);
  Progress progress(session.environment(), what, 0);
  while (true) {
    ASSIGN_OR_RETURN(const auto reply, session.Call<Reply>(request));
    progress.Advance(reply.next_offset());
    if (reply.complete()) break;
    if (reply.next_offset() <= request.offset()) {
      return base::Internal(absl::StrCat(what, " does not get on at ", reply.next_offset()));
    }
    request.set_offset(reply.next_offset());
  }
  progress.Finish();
  return absl::OkStatus();
}

bool IsOpenFor(ImportPurpose purpose, metrics::v1::ImportState state) {
  switch (state) {
    case metrics::v1::IMPORT_STATE_CREATED:
    case metrics::v1::IMPORT_STATE_UPLOADING:
    case metrics::v1::IMPORT_STATE_VALIDATED:
      return true;
    case metrics::v1::IMPORT_STATE_COMMITTED:
      return false;
    default:
      return purpose == ImportPurpose::kRecord;
  }
}

}  // namespace

absl::Status PreparePreset(ClientSession& session, const std::string& tenant,
                           const Preset& preset) {
  if (preset.roster.has_value()) RETURN_IF_ERROR(PrepareRoster(session, tenant, *preset.roster));
  if (preset.channel.has_value()) RETURN_IF_ERROR(PrepareChannel(session, tenant, *preset.channel));
  return absl::OkStatus();
}

absl::StatusOr<Import> ImportRun::Open(const ImportFile& file, ImportPurpose purpose) {
  metrics::v1::CreateImportRequest create;
  create.set_parent(file.tenant);
  Import& wanted = *create.mutable_import();
  wanted.set_file_name(file.file_name);
  wanted.set_preset(file.preset);
  *wanted.mutable_mapping() = file.mapping;
  wanted.set_conflict_policy(file.policy);
  wanted.set_size_bytes(static_cast<int64_t>(file.content.size()));
  wanted.set_content_sha256(absl::BytesToHexString(base::Sha256(file.content)));
  const std::string identity = wanted.SerializeAsString();
  for (int repetition = 0; repetition < kRepetitionsMax; ++repetition) {
    create.set_request_id(
        DerivedRequestId({"import", file.tenant, identity, absl::StrCat(repetition)}));
    ASSIGN_OR_RETURN(const Import made, session_.Call<Import>(create));
    // A repetition is answered as it was then; where the import stands now must be read.
    ASSIGN_OR_RETURN(Import import, Get(made.name()));
    if (IsOpenFor(purpose, import.state())) return import;
  }
  return base::FieldInvalid("file", "has been imported too often");
}

absl::Status ImportRun::Upload(const Import& import, const std::string& content) {
  Progress progress(session_.environment(), "uploaded bytes", static_cast<int64_t>(content.size()));
  for (auto offset = static_cast<size_t>(import.uploaded_bytes()); offset < content.size();) {
    metrics::v1::UploadImportPartRequest part;
    part.set_name(import.name());
    part.set_offset(static_cast<int64_t>(offset));
    part.set_content(content.substr(offset, kPartBytes));
    ASSIGN_OR_RETURN(const auto reply, session_.Call<metrics::v1::UploadImportPartResponse>(part));
    if (reply.next_offset() <= part.offset()) return base::Internal("an upload does not get on");
    offset = static_cast<size_t>(reply.next_offset());
    progress.Advance(reply.next_offset());
  }
  progress.Finish();
  return absl::OkStatus();
}

absl::StatusOr<Import> ImportRun::Validate(const std::string& name) {
  using metrics::v1::ValidateImportRequest;
  using metrics::v1::ValidateImportResponse;
  RETURN_IF_ERROR(
      (Walk<ValidateImportRequest, ValidateImportResponse>(session_, name, "validated rows", 0)));
  return Get(name);
}

absl::StatusOr<Import> ImportRun::Commit(const std::string& name) {
  using metrics::v1::CommitImportRequest;
  using metrics::v1::CommitImportResponse;
  ASSIGN_OR_RETURN(const Import import, Get(name));
  const bool undone = import.state() == metrics::v1::IMPORT_STATE_UNDONE;
  const int64_t offset = undone ? 0 : import.progress().committed_rows();
  RETURN_IF_ERROR(
      (Walk<CommitImportRequest, CommitImportResponse>(session_, name, "committed rows", offset)));
  return Get(name);
}

absl::StatusOr<Import> ImportRun::Undo(const std::string& name) {
  using metrics::v1::UndoImportRequest;
  using metrics::v1::UndoImportResponse;
  ASSIGN_OR_RETURN(const Import import, Get(name));
  RETURN_IF_ERROR((Walk<UndoImportRequest, UndoImportResponse>(session_, name, "undone rows",
                                                               import.progress().undone_rows())));
  return Get(name);
}

absl::StatusOr<Import> ImportRun::Get(const std::string& name) {
  metrics::v1::GetImportRequest get;
  get.set_name(name);
  return session_.Call<Import>(get);
}

absl::StatusOr<metrics::v1::ListImportErrorsResponse> ImportRun::FirstErrors(
    const std::string& name, int32_t count) {
  metrics::v1::ListImportErrorsRequest list;
  list.set_parent(name);
  list.set_page_size(count);
  return session_.Call<metrics::v1::ListImportErrorsResponse>(list);
}

absl::StatusOr<std::string> ImportRun::ErrorsCsv(const std::string& name) {
  metrics::v1::ListImportErrorsRequest list;
  list.set_parent(name);
  list.set_page_size(kErrorsPage);
  std::string csv = "line,column,value,reason,kind,message\n";
  while (true) {
    ASSIGN_OR_RETURN(const auto page, session_.Call<metrics::v1::ListImportErrorsResponse>(list));
    for (const metrics::v1::ImportError& error : page.errors()) {
      absl::StrAppend(&csv, error.line(), ",", CsvCell(error.column()), ",", CsvCell(error.value()),
                      ",", error.reason(), ",", FieldText(error, "kind"), ",",
                      CsvCell(error.message()), "\n");
    }
    if (page.next_page_token().empty()) {
      SayLeftOut(session_.environment(), page.errors_left_out());
      return csv;
    }
    list.set_page_token(page.next_page_token());
  }
}

}  // namespace argosy::ctl
