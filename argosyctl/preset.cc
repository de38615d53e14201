#include "argosyctl/preset.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "argosyctl/csv_table.h"
#include "argosyctl/text_file.h"
#include "argosyctl/yaml_reader.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

constexpr absl::string_view kLookupPrefix = "lookup.";

// One section of preset.yaml. Every key is asked for once; what is left over is not known.
class Section {
 public:
  Section(std::string name, std::map<std::string, std::string> keys)
      : name_(std::move(name)), keys_(std::move(keys)) {}

  // FIELD_INVALID when the key is missing or empty.
  absl::StatusOr<std::string> Take(const std::string& key) {
    auto node = keys_.extract(key);
    if (node.empty() || node.mapped().empty()) {
      return base::FieldInvalid(absl::StrCat(name_, ".", key), "is missing in preset.yaml");
    }
    return node.mapped();
  }
  // "" when the key is missing.
  std::string TakeOptional(const std::string& key) {
    auto node = keys_.extract(key);
    return node.empty() ? "" : node.mapped();
  }
  absl::Status Done() const {
    if (keys_.empty()) return absl::OkStatus();
    return base::FieldInvalid(absl::StrCat(name_, ".", keys_.begin()->first),
                              "is no key of preset.yaml");
  }

 private:
  std::string name_;
  std::map<std::string, std::string> keys_;
};

template <typename Enum>
absl::StatusOr<Enum> ReadEnum(Section& section, const std::string& key,
                              bool (*parse)(google::protobuf::ConstStringParam, Enum*)) {
  ASSIGN_OR_RETURN(const std::string word, section.Take(key));
  Enum value{};
  if (!parse(word, &value)) return base::FieldInvalid(key, absl::StrCat("no value '", word, "'"));
  return value;
}

absl::StatusOr<CsvTable> ReadTable(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return CsvTable::Parse({path, text});
}

absl::Status FillLookup(const std::string& data_folder, const std::string& name, Section section,
                        metrics::v1::ImportMapping& mapping) {
  ASSIGN_OR_RETURN(const std::string file, section.Take("file"));
  ASSIGN_OR_RETURN(const std::string key_column, section.Take("key_column"));
  ASSIGN_OR_RETURN(const std::string value_column, section.Take("value_column"));
  RETURN_IF_ERROR(section.Done());
  ASSIGN_OR_RETURN(const CsvTable table, ReadTable(absl::StrCat(data_folder, "/", file)));
  ASSIGN_OR_RETURN(const std::vector<std::string> keys, table.Column(key_column));
  ASSIGN_OR_RETURN(const std::vector<std::string> values, table.Column(value_column));
  metrics::v1::LookupTable& lookup = *mapping.add_lookups();
  lookup.set_name(name);
  for (size_t i = 0; i < keys.size(); ++i) {
    metrics::v1::LookupEntry& entry = *lookup.add_entries();
    entry.set_key(keys[i]);
    entry.set_value(values[i]);
  }
  return absl::OkStatus();
}

absl::StatusOr<PresetRoster> ReadRoster(const std::string& data_folder, Section section) {
  PresetRoster roster;
  ASSIGN_OR_RETURN(const std::string file, section.Take("file"));
  ASSIGN_OR_RETURN(const std::string member_column, section.Take("member_column"));
  ASSIGN_OR_RETURN(const std::string lead_column, section.Take("lead_column"));
  ASSIGN_OR_RETURN(const auto member_role,
                   ReadEnum(section, "member_role", &common::v1::BusinessRole_Parse));
  ASSIGN_OR_RETURN(const auto lead_role,
                   ReadEnum(section, "lead_role", &common::v1::BusinessRole_Parse));
  ASSIGN_OR_RETURN(roster.team_kind, ReadEnum(section, "team_kind", &teams::v1::TeamKind_Parse));
  ASSIGN_OR_RETURN(roster.start_date, section.Take("start_date"));
  const std::string team_prefix = section.TakeOptional("team_prefix");
  RETURN_IF_ERROR(section.Done());
  const std::string path = absl::StrCat(data_folder, "/", file);
  ASSIGN_OR_RETURN(const CsvTable table, ReadTable(path));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, table.Column(member_column));
  ASSIGN_OR_RETURN(const std::vector<std::string> leads, table.Column(lead_column));
  absl::flat_hash_set<std::string> ids;
  std::vector<PresetMember> lead_members;
  for (size_t i = 0; i < names.size(); ++i) {
    ASSIGN_OR_RETURN(const std::string member_id, base::SlugFromName(names[i]));
    ASSIGN_OR_RETURN(const std::string lead_id, base::SlugFromName(leads[i]));
    const std::string team_id = absl::StrCat(team_prefix, lead_id);
    if (!ids.insert(member_id).second) {
      return base::FieldInvalid(path, absl::StrCat("two people are '", member_id, "'"));
    }
    roster.members.push_back({member_id, names[i], member_role, team_id});
    const auto same_team = [&](const PresetTeam& team) { return team.team_id == team_id; };
    if (std::none_of(roster.teams.begin(), roster.teams.end(), same_team)) {
      roster.teams.push_back({team_id, leads[i], lead_id});
      lead_members.push_back({lead_id, leads[i], lead_role, team_id});
    }
  }
  for (PresetMember& lead : lead_members) {
    if (!ids.insert(lead.member_id).second) {
      return base::FieldInvalid(path, absl::StrCat("'", lead.member_id, "' leads and is led"));
    }
    roster.members.push_back(std::move(lead));
  }
  return roster;
}

absl::StatusOr<PresetChannel> ReadChannel(Section section) {
  PresetChannel channel;
  ASSIGN_OR_RETURN(channel.channel_id, section.Take("channel_id"));
  ASSIGN_OR_RETURN(const std::string display_name, section.Take("display_name"));
  ASSIGN_OR_RETURN(const auto kind, ReadEnum(section, "kind", &metrics::v1::ChannelKind_Parse));
  ASSIGN_OR_RETURN(const std::string paid, section.Take("paid"));
  RETURN_IF_ERROR(section.Done());
  if (paid != "true" && paid != "false") {
    return base::FieldInvalid("channel.paid", "is true or false");
  }
  channel.channel.set_display_name(display_name);
  channel.channel.set_kind(kind);
  channel.channel.set_paid(paid == "true");
  return channel;
}

absl::StatusOr<std::vector<PresetCampaign>> ReadCampaigns(const std::string& data_file,
                                                          Section section) {
  ASSIGN_OR_RETURN(const std::string column, section.Take("column"));
  const std::string prefix = section.TakeOptional("prefix");
  RETURN_IF_ERROR(section.Done());
  ASSIGN_OR_RETURN(const CsvTable table, ReadTable(data_file));
  ASSIGN_OR_RETURN(const std::vector<std::string> cells, table.Column(column));
  absl::flat_hash_set<std::string> seen;
  std::vector<PresetCampaign> campaigns;
  for (const std::string& cell : cells) {
    if (!seen.insert(cell).second) continue;
    ASSIGN_OR_RETURN(std::string campaign_id, base::SlugFromName(absl::StrCat(prefix, cell)));
    campaigns.push_back({std::move(campaign_id), cell});
  }
  return campaigns;
}

absl::Status ReadSection(const std::string& data_folder, const std::string& name, Section section,
                         Preset& preset) {
  if (absl::StartsWith(name, kLookupPrefix)) {
    return FillLookup(data_folder, std::string(absl::StripPrefix(name, kLookupPrefix)),
                      std::move(section), preset.mapping);
  }
  if (name == "roster") {
    ASSIGN_OR_RETURN(preset.roster, ReadRoster(data_folder, std::move(section)));
    return absl::OkStatus();
  }
  return base::FieldInvalid(name, "is no section of preset.yaml");
}

}  // namespace

absl::StatusOr<Preset> ReadPreset(const std::string& folder, const std::string& data_folder) {
  Preset preset;
  const std::vector<std::string> path = absl::StrSplit(absl::StripSuffix(folder, "/"), '/');
  preset.id = path.back();
  const std::string mapping_path = absl::StrCat(folder, "/mapping.yaml");
  ASSIGN_OR_RETURN(const std::string mapping, ReadFile(mapping_path));
  RETURN_IF_ERROR(ReadYamlMessage({mapping_path, mapping}, preset.mapping));
  const std::string preset_path = absl::StrCat(folder, "/preset.yaml");
  ASSIGN_OR_RETURN(const std::string text, ReadFile(preset_path));
  ASSIGN_OR_RETURN(YamlSections sections, ReadSections({preset_path, text}));

  Section file("file", std::move(sections["file"]));
  sections.erase("file");
  ASSIGN_OR_RETURN(const std::string file_name, file.Take("name"));
  RETURN_IF_ERROR(file.Done());
  preset.data_file = absl::StrCat(data_folder, "/", file_name);

  const auto channel = sections.extract("channel");
  const auto campaigns = sections.extract("campaigns");
  if (!channel.empty()) {
    ASSIGN_OR_RETURN(preset.channel, ReadChannel(Section("channel", channel.mapped())));
  }
  if (!campaigns.empty()) {
    if (!preset.channel.has_value()) return base::FieldInvalid("campaigns", "needs a channel");
    ASSIGN_OR_RETURN(preset.channel->campaigns,
                     ReadCampaigns(preset.data_file, Section("campaigns", campaigns.mapped())));
  }
  for (auto& [name, keys] : sections) {
    RETURN_IF_ERROR(ReadSection(data_folder, name, Section(name, std::move(keys)), preset));
  }
  return preset;
}

}  // namespace argosy::ctl
