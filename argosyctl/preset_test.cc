#include "argosyctl/preset.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "argosyctl/csv_table.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::ctl {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

// A folder of its own that goes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "preset-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(absl::StrCat(path_, "/", name)) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

constexpr char kMapping[] = R"yaml(
source: crm
time_zone: UTC
date_formats: [dd-mm-yyyy]
facts:
  - event_id: {parts: [{column: id}]}
    occurred_on: {parts: [{column: day}]}
    team: {parts: [{column: agent}], lookup: leads, form: TEXT_FORM_SLUG}
    inquiry: {outcome: {parts: [{constant: LOST}]}}
)yaml";
constexpr char kPreset[] = R"yaml(
file: {name: deals.csv}
lookup.leads: {file: people.csv, key_column: agent, value_column: lead}
roster:
  file: people.csv
  member_column: agent
  lead_column: lead
  team_prefix: team-
  member_role: BUSINESS_ROLE_SALES
  lead_role: BUSINESS_ROLE_MANAGER
  team_kind: TEAM_KIND_SALES
  start_date: 2016-10-01
channel: {channel_id: facebook, display_name: Facebook, kind: CHANNEL_KIND_SOCIAL, paid: true}
campaigns: {column: campaign, prefix: fb-}
)yaml";

class PresetTest : public ::testing::Test {
 protected:
  PresetTest() {
    folder_.Write("mapping.yaml", kMapping);
    folder_.Write("preset.yaml", kPreset);
    folder_.Write("people.csv",
                  "agent,lead\nMoses Frase,Dustin Brinkmann\n"
                  "\"Johns, Mei-Mei\",Melvin Marxen\nAnna Snelling,Dustin Brinkmann\n");
    folder_.Write("deals.csv",
                  "id,agent,campaign\n1,Moses Frase,916\n2,Moses Frase,936\n"
                  "3,Moses Frase,916\n");
  }

  absl::StatusOr<Preset> Read() const { return ReadPreset(folder_.path(), folder_.path()); }

  Folder folder_;
};

TEST_F(PresetTest, FillsTheMappingsLookupTablesFromTheirFiles) {
  ASSERT_OK_AND_ASSIGN(const Preset preset, Read());
  EXPECT_EQ(preset.mapping.source(), "crm");
  EXPECT_EQ(preset.mapping.facts(0).team().form(), metrics::v1::TEXT_FORM_SLUG);
  EXPECT_EQ(preset.data_file, absl::StrCat(folder_.path(), "/deals.csv"));
  ASSERT_EQ(preset.mapping.lookups_size(), 1);
  EXPECT_EQ(preset.mapping.lookups(0).name(), "leads");
  ASSERT_EQ(preset.mapping.lookups(0).entries_size(), 3);
  EXPECT_EQ(preset.mapping.lookups(0).entries(1).key(), "Johns, Mei-Mei");
  EXPECT_EQ(preset.mapping.lookups(0).entries(1).value(), "Melvin Marxen");
}

TEST_F(PresetTest, NamesThePeopleAndTheTeamsTheyAreLedIn) {
  ASSERT_OK_AND_ASSIGN(const Preset preset, Read());
  ASSERT_TRUE(preset.roster.has_value());
  std::vector<std::string> members;
  for (const PresetMember& member : preset.roster->members) {
    members.push_back(absl::StrCat(member.member_id, " ", member.team_id, " ",
                                   common::v1::BusinessRole_Name(member.role)));
  }
  EXPECT_THAT(members, ElementsAre("moses-frase team-dustin-brinkmann BUSINESS_ROLE_SALES",
                                   "johns-mei-mei team-melvin-marxen BUSINESS_ROLE_SALES",
                                   "anna-snelling team-dustin-brinkmann BUSINESS_ROLE_SALES",
                                   "dustin-brinkmann team-dustin-brinkmann BUSINESS_ROLE_MANAGER",
                                   "melvin-marxen team-melvin-marxen BUSINESS_ROLE_MANAGER"));
  ASSERT_THAT(preset.roster->teams, SizeIs(2));
  EXPECT_EQ(preset.roster->teams[0].lead_member_id, "dustin-brinkmann");
  EXPECT_EQ(preset.roster->start_date, "2016-10-01");
}

TEST_F(PresetTest, NamesTheChannelAndEachCampaignOnce) {
  ASSERT_OK_AND_ASSIGN(const Preset preset, Read());
  ASSERT_TRUE(preset.channel.has_value());
  EXPECT_EQ(preset.channel->channel_id, "facebook");
  EXPECT_TRUE(preset.channel->channel.paid());
  ASSERT_THAT(preset.channel->campaigns, SizeIs(2));
  EXPECT_EQ(preset.channel->campaigns[0].campaign_id, "fb-916");
  EXPECT_EQ(preset.channel->campaigns[1].campaign_id, "fb-936");
}

TEST_F(PresetTest, RefusesAFieldTheMappingHasNot) {
  folder_.Write("mapping.yaml", absl::StrCat(kMapping, "colour: red\n"));
  EXPECT_THAT(Read(), HasReason("FIELD_INVALID"));
}

TEST_F(PresetTest, RefusesWhatPresetYamlDoesNotKnowOrLacks) {
  const std::string preset = kPreset;
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"team_kind: TEAM_KIND_SALES", "team_kind: TEAM_KIND_CHOIR"},
           {"  lead_column: lead", "  lead_colum: lead"},
           {"  start_date: 2016-10-01\n", ""},
           {"value_column: lead", "value_column: chief"},
           {"paid: true", "paid: maybe"},
           {"campaigns:", "campains:"},
           {"file: {name: deals.csv}", "file: {}"}}) {
    folder_.Write("preset.yaml", absl::StrReplaceAll(preset, {{from, to}}));
    EXPECT_THAT(Read(), HasReason("FIELD_INVALID")) << to;
  }
}

TEST_F(PresetTest, RefusesANameThatGivesNoId) {
  folder_.Write("people.csv", "agent,lead\n\xE6\x9D\x8E\xE4\xBC\x9F,Dustin Brinkmann\n");
  EXPECT_THAT(Read(), HasReason("SLUG_IMPOSSIBLE"));
}

TEST_F(PresetTest, RefusesTwoPeopleOfOneId) {
  folder_.Write("people.csv", "agent,lead\nAnna Lee,Dustin Brinkmann\nanna-lee,Dustin Brinkmann\n");
  EXPECT_THAT(Read(), HasReason("FIELD_INVALID"));
}

TEST(CsvTable, ReadsQuotesLineEndsAndTheByteOrderMark) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Parse({"p.csv", "\xEF\xBB\xBFname,said\r\nAnna,\"a \"\"b\"\",\nc\"\r\n\r\nBo,"}));
  EXPECT_THAT(table.Column("name"), IsOkAndHolds(ElementsAre("Anna", "Bo")));
  EXPECT_THAT(table.Column("said"), IsOkAndHolds(ElementsAre("a \"b\",\nc", "")));
  EXPECT_THAT(table.Column("done"), HasReason("FIELD_INVALID"));
}

TEST(CsvTable, RefusesWhatIsNotATable) {
  for (const char* text : {"", "a,b\n1\n", "a\n\"x\"y\n", "a\nx\"y\n", "a\n\"x\n"}) {
    EXPECT_THAT(CsvTable::Parse({"p.csv", text}), HasReason("FIELD_INVALID")) << text;
  }
}

// The presets that ship, with files of the shape they read.
TEST(ShippedPresets, AreWellFormed) {
  Folder data;
  data.Write("sales_teams.csv", "sales_agent,manager,regional_office\nA Lee,B Ray,East\n");
  data.Write("KAG_conversion_data.csv", "Date,ad_id,xyz_campaign_id\n31-08-2023,1,916\n");
  EXPECT_THAT(ReadPreset("presets/crm-sales-opportunities", data.path()), IsOk());
  EXPECT_THAT(ReadPreset("presets/facebook-ads", data.path()), IsOk());
}

}  // namespace
}  // namespace argosy::ctl
