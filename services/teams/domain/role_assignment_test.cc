#include "services/teams/domain/role_assignment.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/member.h"
#include "services/teams/domain/team.h"
#include "tests/support/status_matchers.h"

namespace argosy::teams {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::IsOkAndHolds;

constexpr absl::CivilDay kJan(2026, 1, 1);
constexpr absl::CivilDay kMar(2026, 3, 1);
constexpr absl::CivilDay kJul(2026, 7, 1);

constexpr char kLiWei[] = "tenants/acme/members/li-wei";
constexpr char kRole[] = "tenants/acme/roleAssignments/1";
constexpr char kEast[] = "tenants/acme/teams/east";

template <typename Id>
Id Slug(const char* text) {
  return *Id::Parse(text);
}

RoleFields Role(DayRange days, int64_t share_ppm, BusinessRole role = BusinessRole::kSales,
                std::optional<base::TeamId> team = std::nullopt) {
  return {.member = Slug<base::MemberId>("li-wei"),
          .team = std::move(team),
          .role = role,
          .days = days,
          .share_ppm = share_ppm};
}

RoleAssignment Held(RoleFields fields) { return {.fields = std::move(fields)}; }

const DayRange kEmployed{.start = kJan, .end = std::nullopt};

struct RoleCase {
  std::string name;
  std::vector<RoleAssignment> held;
  RoleFields added;
  std::string reason;  // "" when it may be held
};

void PrintTo(const RoleCase& row, std::ostream* out) { *out << row.name; }

class CheckRoleTest : public ::testing::TestWithParam<RoleCase> {};

TEST_P(CheckRoleTest, Decides) {
  const absl::Status status = CheckRole(kLiWei, GetParam().added, kEmployed, GetParam().held);
  if (GetParam().reason.empty()) {
    EXPECT_THAT(status, IsOk());
  } else {
    EXPECT_THAT(status, HasReason(GetParam().reason));
  }
}

constexpr BusinessRole kCs = BusinessRole::kCustomerService;

INSTANTIATE_TEST_SUITE_P(
    Rows, CheckRoleTest,
    ::testing::ValuesIn(std::vector<RoleCase>{
        {"TheWhole", {}, Role({kJan, {}}, 1'000'000), ""},
        {"HalvesFillADay", {Held(Role({kJan, {}}, 500'000))}, Role({kMar, {}}, 500'000, kCs), ""},
        {"OverlapOverTheWhole",
         {Held(Role({kJan, {}}, 500'000))},
         Role({kMar, {}}, 500'001, kCs),
         "EFFORT_SHARE_EXCEEDED"},
        {"OneAfterTheOther",
         {Held(Role({kJan, kMar}, 1'000'000))},
         Role({kMar, {}}, 1'000'000, kCs),
         ""},
        {"OverfullOnlyLater",
         {Held(Role({kMar, kJul}, 600'000))},
         Role({kJan, {}}, 500'000, kCs),
         "EFFORT_SHARE_EXCEEDED"},
        {"ThreeTogether",
         {Held(Role({kJan, kMar}, 400'000)), Held(Role({kMar, {}}, 400'000))},
         Role({kJan, {}}, 600'000, kCs),
         ""},
        {"SameRoleTwice",
         {Held(Role({kJan, {}}, 100'000))},
         Role({kMar, {}}, 100'000),
         "ROLE_ALREADY_HELD"},
        {"SameRoleForAnotherTeam",
         {Held(Role({kJan, {}}, 100'000))},
         Role({kMar, {}}, 100'000, BusinessRole::kSales, Slug<base::TeamId>("east")),
         ""},
        {"BeforeEmployment", {}, Role({kJan - 1, {}}, 100'000), "ASSIGNMENT_OUTSIDE_EMPLOYMENT"},
        {"NoDay", {}, Role({kMar, kMar}, 100'000), "FIELD_INVALID"},
        {"ShareTooSmall", {}, Role({kMar, {}}, 9'999), "FIELD_INVALID"},
        {"ShareTooLarge", {}, Role({kMar, {}}, 1'000'001), "FIELD_INVALID"}}),
    [](const auto& row) { return row.param.name; });

TEST(CheckRole, RefusesOpenEndWhenThePersonLeaves) {
  const DayRange until_july{.start = kJan, .end = kJul};
  EXPECT_THAT(CheckRole(kLiWei, Role({kMar, {}}, 100'000), until_july, {}),
              HasReason("ASSIGNMENT_OUTSIDE_EMPLOYMENT"));
  EXPECT_THAT(CheckRole(kLiWei, Role({kMar, kJul}, 100'000), until_july, {}), IsOk());
}

TEST(CheckRole, NeverLetsADayPassTheWhole) {
  constexpr uint64_t kSeed = 19;
  base::Generator generator(kSeed);
  std::vector<RoleAssignment> held;
  for (int run = 0; run < 400; ++run) {
    const absl::CivilDay start = kJan + static_cast<int64_t>(generator.Below(60));
    RoleFields added = Role({start, start + 1 + static_cast<int64_t>(generator.Below(30))},
                            static_cast<int64_t>(10'000 + generator.Below(500'000)));
    added.role = static_cast<BusinessRole>(1 + generator.Below(kBusinessRoleLast));
    if (CheckRole(kLiWei, added, kEmployed, held).ok()) held.push_back(Held(added));
  }
  ASSERT_GT(held.size(), 5u) << "seed " << kSeed;
  for (int64_t offset = 0; offset < 90; ++offset) {
    int64_t sum = 0;
    for (const RoleAssignment& one : held) {
      if (one.fields.days.Contains(kJan + offset)) sum += one.fields.share_ppm;
    }
    EXPECT_LE(sum, 1'000'000) << "seed " << kSeed << " day " << offset;
  }
}

TEST(EndRole, EndsAnOpenRoleAndShortensAnEndedOne) {
  const RoleAssignment open = Held(Role({kJan, {}}, 100'000));
  ASSERT_OK_AND_ASSIGN(const RoleAssignment ended,
                       EndRole(open, kJul, {kRole, open.etag(), absl::FromUnixSeconds(5)}));
  EXPECT_EQ(ended.fields.days.end, kJul);
  EXPECT_EQ(ended.version, 2);
  EXPECT_NE(ended.etag(), open.etag());
  EXPECT_THAT(EndRole(ended, kMar, {kRole, ended.etag(), absl::FromUnixSeconds(6)}), IsOk());
}

TEST(EndRole, NeverProlongs) {
  const RoleAssignment ended = Held(Role({kJan, kMar}, 100'000));
  EXPECT_THAT(EndRole(ended, kJul, {kRole, ended.etag(), absl::UnixEpoch()}),
              HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(EndRole(ended, kMar, {kRole, ended.etag(), absl::UnixEpoch()}),
              HasReason("STATE_NOT_ALLOWED"));
}

TEST(EndRole, RefusesAnotherEtagAndAnEarlyEnd) {
  const RoleAssignment open = Held(Role({kMar, {}}, 100'000));
  EXPECT_THAT(EndRole(open, kJul, {kRole, "\"other\"", absl::UnixEpoch()}),
              HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(EndRole(open, kJul, {kRole, "", absl::UnixEpoch()}), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(EndRole(open, kMar, {kRole, open.etag(), absl::UnixEpoch()}),
              HasReason("FIELD_INVALID"));
}

TEST(ReviseMember, RefusesDatesThatCutARoleOff) {
  Member member{.id = Slug<base::MemberId>("li-wei")};
  member.fields = {.display_name = "Li Wei", .employment = kEmployed};
  const std::vector<RoleAssignment> held = {Held(Role({kJan, kMar}, 100'000))};
  MemberFields next = member.fields;
  next.employment.end = kMar;
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, held), IsOk());
  next.employment.end = kMar - 1;
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, held),
              HasReason("MEMBER_HAS_ASSIGNMENTS"));
  next.employment = {.start = kJan + 1, .end = std::nullopt};
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, held),
              HasReason("MEMBER_HAS_ASSIGNMENTS"));
}

TEST(ReviseMember, ChecksEtagNameAndDates) {
  Member member{.id = Slug<base::MemberId>("li-wei")};
  member.fields = {.display_name = "Li Wei", .employment = kEmployed};
  MemberFields next = member.fields;
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "\"old\"", absl::UnixEpoch()}, {}),
              HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, member.etag(), absl::UnixEpoch()}, {}), IsOk());
  next.display_name = "";
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, {}),
              HasReason("FIELD_INVALID"));
  next.display_name = std::string(3 * 200, '\xE6');  // counted by lead bytes
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, {}),
              HasReason("FIELD_INVALID"));
  next = member.fields;
  next.employment.end = kJan;
  EXPECT_THAT(ReviseMember(member, next, {kLiWei, "", absl::UnixEpoch()}, {}),
              HasReason("FIELD_INVALID"));
}

TEST(CodePoints, CountsCharactersNotBytes) {
  EXPECT_EQ(CodePoints("李伟"), 2u);
  EXPECT_EQ(CodePoints("Li"), 2u);
  EXPECT_EQ(CodePoints(""), 0u);
}

TEST(ReviseTeam, ChecksNameBudgetAndEtag) {
  Team team{.id = Slug<base::TeamId>("east")};
  team.fields = {.display_name = "East", .kind = TeamKind::kSales};
  TeamFields next = team.fields;
  next.monthly_budget = base::Money{.minor = 0, .currency = *base::Currency::Parse("USD")};
  EXPECT_THAT(ReviseTeam(team, next, {kEast, "", absl::UnixEpoch()}), HasReason("FIELD_INVALID"));
  next.monthly_budget->minor = 1;
  ASSERT_OK_AND_ASSIGN(const Team revised, ReviseTeam(team, next, {kEast, "", absl::UnixEpoch()}));
  EXPECT_EQ(revised.version, 2);
  EXPECT_THAT(ReviseTeam(team, next, {kEast, revised.etag(), absl::UnixEpoch()}),
              HasReason("ETAG_MISMATCH"));
  next.display_name = "";
  EXPECT_THAT(ReviseTeam(team, next, {kEast, "", absl::UnixEpoch()}), HasReason("FIELD_INVALID"));
}

}  // namespace
}  // namespace argosy::teams
