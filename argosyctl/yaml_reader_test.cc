#include "argosyctl/yaml_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "argosy/metrics/v1/import_mapping.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::ctl {
namespace {

using ::argosy::testing::HasReason;
using ::testing::StartsWith;

struct BadMapping {
  std::string text;
  std::string error;  // how what is said of it begins
};

class BadMappingTest : public ::testing::TestWithParam<BadMapping> {};

TEST_P(BadMappingTest, IsRefusedWithFileLineAndReason) {
  metrics::v1::ImportMapping mapping;
  const absl::Status status = ReadYamlMessage({"my/mapping.yaml", GetParam().text}, mapping);
  EXPECT_THAT(status, HasReason("FIELD_INVALID"));
  EXPECT_THAT(std::string(status.message()),
              StartsWith(absl::StrCat("my/mapping.yaml: ", GetParam().error)));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BadMappingTest,
    ::testing::ValuesIn(std::vector<BadMapping>{
        {"source: shop\ndelimiter: [1\n", "line 3: not YAML: "},
        {"source: shop\ncolour: red\n", "line 2: colour: Cannot find field."},
        {"source: shop\n\nfacts:\n- event_id:\n    parts:\n    - constant: x\n    - colum: y\n",
         "line 7: (facts[0].event_id.parts[1]) colum: Cannot find field."},
        {"facts:\n- when:\n  - column: a\n    test: EMPTYISH\n",
         "line 4: (facts[0].when[0].test): invalid value \"EMPTYISH\" for type "
         "argosy.metrics.v1.ConditionTest"},
        {"\nhello\n", "line 2: Root element must be a message."},
    }));

TEST(ReadSections, NamesFileAndLineOfASectionWithoutKeys) {
  const absl::Status status = ReadSections({"config.yaml", "a: {k: v}\nb: c\n"}).status();
  EXPECT_THAT(status, HasReason("FIELD_INVALID"));
  EXPECT_EQ(status.message(), "config.yaml: line 2: every section must hold keys");
}

}  // namespace
}  // namespace argosy::ctl
