#include "services/teams/domain/current_model.h"

#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::teams {
namespace {

struct ModelCase {
  std::string name;
  RoleLayout layout;
  TeamModel model;
  TeamModel nearest;
};

void PrintTo(const ModelCase& row, std::ostream* out) { *out << row.name; }

class CurrentModelTest : public ::testing::TestWithParam<ModelCase> {};

TEST_P(CurrentModelTest, Decides) {
  const CurrentModel current = DecideCurrentModel(GetParam().layout, ModelBounds());
  EXPECT_EQ(current.model, GetParam().model);
  EXPECT_EQ(current.nearest, GetParam().nearest);
}

constexpr TeamModel kA = TeamModel::kPureSales;
constexpr TeamModel kB = TeamModel::kSalesOperations;
constexpr TeamModel kC = TeamModel::kSalesMarketing;
constexpr TeamModel kNone = TeamModel::kTransitional;

INSTANTIATE_TEST_SUITE_P(
    Rows, CurrentModelTest,
    ::testing::ValuesIn(std::vector<ModelCase>{
        {"Nobody", {}, kA, kA},
        {"ExactlyTenIsA", {.headcount = 10, .sales = 9}, kA, kA},
        {"ElevenWithoutOperations", {.headcount = 11, .sales = 10}, kNone, kA},
        {"FifteenPureSalesIsNearestB", {.headcount = 15, .sales = 14}, kNone, kB},
        {"TenWithOperations", {.headcount = 10, .sales = 8, .operations = 1}, kNone, kA},
        {"ElevenWithOperationsIsB", {.headcount = 11, .sales = 9, .operations = 1}, kB, kB},
        {"AMarketerWithoutDepartmentStaysB",
         {.headcount = 18, .sales = 12, .operations = 2, .marketing = 1},
         kB,
         kB},
        {"DepartmentEndsB",
         {.headcount = 18, .sales = 7, .operations = 2, .marketing = 2, .marketing_departments = 1},
         kNone,
         kB},
        {"EightAndTwoIsC",
         {.headcount = 14, .sales = 8, .marketing = 2, .marketing_departments = 1},
         kC,
         kC},
        {"CWithOperationsToo",
         {.headcount = 60,
          .sales = 40,
          .operations = 4,
          .marketing = 6,
          .marketing_departments = 1},
         kC,
         kC},
        {"SevenSalesIsNotC",
         {.headcount = 14, .sales = 7, .marketing = 2, .marketing_departments = 1},
         kNone,
         kC},
        {"OneMarketerIsNotC",
         {.headcount = 14, .sales = 8, .marketing = 1, .marketing_departments = 1},
         kNone,
         kC},
        {"SmallCStaysC",
         {.headcount = 10, .sales = 8, .marketing = 2, .marketing_departments = 1},
         kC,
         kC}}),
    [](const auto& row) { return row.param.name; });

TEST(DecideCurrentModel, TakesItsBoundsFromTheTenant) {
  const RoleLayout layout{.headcount = 14, .sales = 13};
  EXPECT_EQ(DecideCurrentModel(layout, {.pure_sales_headcount_max = 14}).model, kA);
  EXPECT_EQ(DecideCurrentModel(layout, {.pure_sales_headcount_max = 13}).model, kNone);
}

TEST(DecideCurrentModel, TracesEveryConditionWithItsGap) {
  const CurrentModel current = DecideCurrentModel({.headcount = 15, .sales = 14}, ModelBounds());
  EXPECT_THAT(current.trace, ::testing::SizeIs(8));
  EXPECT_THAT(current.trace, ::testing::Contains(ModelCondition{kA, "headcount_max", 15, 10, 5}));
  EXPECT_THAT(current.trace, ::testing::Contains(ModelCondition{kB, "operations_min", 0, 1, 1}));
  EXPECT_THAT(current.trace, ::testing::Contains(ModelCondition{kC, "sales_min", 14, 8, 0}));
}

TEST(DecideCurrentModel, NeverFindsTwoModelsAtOnce) {
  constexpr uint64_t kSeed = 17;
  base::Generator generator(kSeed);
  const auto upto = [&](uint64_t most) { return static_cast<int64_t>(generator.Below(most + 1)); };
  for (int run = 0; run < 2000; ++run) {
    const RoleLayout layout{.headcount = upto(20),
                            .sales = upto(12),
                            .operations = upto(2),
                            .marketing = upto(3),
                            .marketing_departments = upto(1)};
    const CurrentModel current = DecideCurrentModel(layout, ModelBounds());
    int holding = 0;
    for (const TeamModel model : {kA, kB, kC}) {
      holding += std::all_of(current.trace.begin(), current.trace.end(),
                             [&](const ModelCondition& condition) {
                               return condition.model != model || condition.gap == 0;
                             })
                     ? 1
                     : 0;
    }
    ASSERT_EQ(holding, current.model == kNone ? 0 : 1) << "seed " << kSeed << " run " << run;
  }
}

}  // namespace
}  // namespace argosy::teams
