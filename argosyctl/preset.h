// Presets: a folder that says how one kind of file becomes facts, read on the client's side.
#ifndef ARGOSY_ARGOSYCTL_PRESET_H_
#define ARGOSY_ARGOSYCTL_PRESET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "argosy/common/v1/role.pb.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/metrics/v1/import_mapping.pb.h"
#include "argosy/teams/v1/people.pb.h"

namespace argosy::ctl {

// A person the file names.
struct PresetMember {
  std::string member_id;
  std::string display_name;
  common::v1::BusinessRole role = common::v1::BUSINESS_ROLE_UNSPECIFIED;
  std::string team_id;  // the team worked in, or led
};

// A team, known by who leads it.
struct PresetTeam {
  std::string team_id;
  std::string display_name;
  std::string lead_member_id;
};

// The people to be there before the import.
struct PresetRoster {
  std::vector<PresetMember> members;  // in the file's order, leads after the others
  std::vector<PresetTeam> teams;      // in the file's order
  teams::v1::TeamKind team_kind = teams::v1::TEAM_KIND_UNSPECIFIED;
  std::string start_date;  // "YYYY-MM-DD": joined and in the role from this day
};

struct PresetCampaign {
  std::string campaign_id;
  std::string display_name;
};

// The channel to be there before the import, with the campaigns the file names.
struct PresetChannel {
  std::string channel_id;
  metrics::v1::Channel channel;
  std::vector<PresetCampaign> campaigns;  // in the file's order
};

struct Preset {
  std::string id;                      // the folder's name
  metrics::v1::ImportMapping mapping;  // its lookup tables filled
  std::string data_file;               // path of the file to import
  std::optional<PresetRoster> roster;
  std::optional<PresetChannel> channel;
};

// Reads the preset in `folder` and what it needs of the files in `data_folder`. INVALID_ARGUMENT /
// FIELD_INVALID, naming file and field, for YAML or CSV that is malformed, a key or field that is
// not known, and one that is missing; SLUG_IMPOSSIBLE for a name that gives no id; NOT_FOUND for a
// file that is not there.
absl::StatusOr<Preset> ReadPreset(const std::string& folder, const std::string& data_folder);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_PRESET_H_
