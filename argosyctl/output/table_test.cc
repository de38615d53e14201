#include "argosyctl/output/table.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::ctl {
namespace {

struct WidthCase {
  std::string name;
  std::string text;
  size_t width;
};

class WidthTest : public testing::TestWithParam<WidthCase> {};

TEST_P(WidthTest, CountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth(GetParam().text), GetParam().width);
}

INSTANTIATE_TEST_SUITE_P(Texts, WidthTest,
                         testing::ValuesIn(std::vector<WidthCase>{
                             {"Empty", "", 0},
                             {"Ascii", "li-wei", 6},
                             {"Chinese", "李伟", 4},
                             {"Mixed", "华东 east", 9},
                             {"FullWidthForm", "Ａ１", 4},
                             {"CombiningAccent", "e\xcc\x81", 1},
                             {"Malformed", "\xff\xfe", 2},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(Table, AlignsAsciiToTheLeftAndNumbersToTheRight) {
  Table table({{.header = "NAME"}, {.header = "N", .align = Align::kRight}, {.header = "S"}});
  table.Add({"east", "5", "x"});
  table.Add({"w", "1000", "y"});
  EXPECT_EQ(table.Render(),
            "NAME     N  S\n"
            "east     5  x\n"
            "w     1000  y\n");
}

TEST(Table, AlignsChineseNames) {
  Table table({{.header = "NAME"}, {.header = "ROLE"}});
  table.Add({"李伟", "sales"});
  table.Add({"欧阳海燕", "sales"});
  table.Add({"Li Wei", "sales"});
  EXPECT_EQ(table.Render(),
            "NAME      ROLE\n"
            "李伟      sales\n"
            "欧阳海燕  sales\n"
            "Li Wei    sales\n");
}

TEST(Table, KeepsARowOnOneLine) {
  Table table({{.header = "A"}, {.header = "B"}});
  table.Add({"one\ntwo\x1b[31m", "x"});
  EXPECT_EQ(table.Render(), "A             B\none two [31m  x\n");
}

TEST(Table, ShowsHeadersForNoRows) {
  EXPECT_EQ(Table({{.header = "A"}, {.header = "B"}}).Render(), "A  B\n");
}

}  // namespace
}  // namespace argosy::ctl
