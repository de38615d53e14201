#include "tests/contract/baseline.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "tests/contract/contracts.h"
#include "tests/support/golden.h"

namespace argosy::contract {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Baseline, IsKeptByEveryContract) {
  EXPECT_TRUE(
      testing::KeepsBaseline("tests/goldens/contracts.txt", BaselineOf(Contracts().files())));
}

// The lines of one contract, given as a FileDescriptorProto in text.
std::string BaselineOfText(const std::string& text) {
  google::protobuf::FileDescriptorProto proto;
  google::protobuf::DescriptorPool pool;
  if (!google::protobuf::TextFormat::ParseFromString(text, &proto)) return "malformed";
  const auto* file = pool.BuildFile(proto);
  return file == nullptr ? "invalid" : BaselineOf({file});
}

constexpr char kBefore[] = R"pb(
  name: "x.proto"
  package: "x"
  syntax: "proto3"
  enum_type {
    name: "Kind"
    value { name: "KIND_UNSPECIFIED" number: 0 }
    value { name: "KIND_MEDIA" number: 1 }
  }
  message_type {
    name: "Spend"
    field { name: "name" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
    field { name: "kind" number: 2 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".x.Kind" }
    field { name: "day" number: 3 label: LABEL_OPTIONAL type: TYPE_INT64 oneof_index: 0 }
    field { name: "week" number: 4 label: LABEL_OPTIONAL type: TYPE_INT64 oneof_index: 0 }
    oneof_decl { name: "of" }
  }
  message_type { name: "Reply" }
  message_type { name: "Note" }
  service {
    name: "Facts"
    method { name: "Put" input_type: ".x.Spend" output_type: ".x.Reply" }
  }
)pb";

TEST(BaselineOf, SaysEachElementOnce) {
  EXPECT_EQ(BaselineOfText(kBefore),
            "field x.Spend.day = 3 oneof(of) int64\n"
            "field x.Spend.kind = 2 x.Kind\n"
            "field x.Spend.name = 1 string\n"
            "field x.Spend.week = 4 oneof(of) int64\n"
            "message x.Note\n"
            "message x.Reply\n"
            "message x.Spend\n"
            "rpc x.Facts.Put(x.Spend) returns (x.Reply)\n"
            "value x.Kind.KIND_MEDIA = 1\n"
            "value x.Kind.KIND_UNSPECIFIED = 0\n");
}

constexpr char kNameLine[] = "field x.Spend.name = 1 string";
constexpr char kNameField[] =
    R"(field { name: "name" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING })";
constexpr char kMethod[] =
    R"(method { name: "Put" input_type: ".x.Spend" output_type: ".x.Reply" })";

struct ChangeCase {
  const char* name;
  const char* from;
  const char* to;
  const char* lost;  // the line the change takes away
};
class IncompatibleChangeTest : public ::testing::TestWithParam<ChangeCase> {};
TEST_P(IncompatibleChangeTest, TakesALineAway) {
  std::string after = kBefore;
  const size_t at = after.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  after.replace(at, std::string(GetParam().from).size(), GetParam().to);
  EXPECT_THAT(BaselineOfText(kBefore), HasSubstr(GetParam().lost));
  EXPECT_THAT(BaselineOfText(after),
              AllOf(HasSubstr("KIND_UNSPECIFIED"), Not(HasSubstr(GetParam().lost))));
}
INSTANTIATE_TEST_SUITE_P(
    All, IncompatibleChangeTest,
    ::testing::Values(
        ChangeCase{"FieldRemoved", kNameField, "", kNameLine},
        ChangeCase{"FieldRenamed", R"(name: "name")", R"(name: "id")", kNameLine},
        ChangeCase{"FieldRenumbered", "number: 1 label", "number: 9 label", kNameLine},
        ChangeCase{"FieldRetyped", "TYPE_STRING", "TYPE_BYTES", kNameLine},
        ChangeCase{"FieldRepeated", "LABEL_OPTIONAL type: TYPE_STRING",
                   "LABEL_REPEATED type: TYPE_STRING", kNameLine},
        ChangeCase{"FieldIntoOneof", R"(type_name: ".x.Kind")",
                   R"(type_name: ".x.Kind" oneof_index: 0)", "kind = 2 x.Kind"},
        ChangeCase{"OneofRenamed", R"(name: "of")", R"(name: "on")", "day = 3 oneof(of) int64"},
        ChangeCase{"ValueRemoved", R"(value { name: "KIND_MEDIA" number: 1 })", "",
                   "x.Kind.KIND_MEDIA = 1"},
        ChangeCase{"ValueRenumbered", R"("KIND_MEDIA" number: 1)", R"("KIND_MEDIA" number: 2)",
                   "x.Kind.KIND_MEDIA = 1"},
        ChangeCase{"MessageRenamed", R"(name: "Note")", R"(name: "Remark")", "message x.Note"},
        ChangeCase{"MethodRemoved", kMethod, "", "rpc x.Facts.Put"},
        ChangeCase{"RequestChanged", R"(input_type: ".x.Spend")", R"(input_type: ".x.Reply")",
                   "x.Facts.Put(x.Spend)"},
        ChangeCase{"ReplyChanged", R"(output_type: ".x.Reply")", R"(output_type: ".x.Spend")",
                   "returns (x.Reply)"},
        ChangeCase{"Streaming", R"(output_type: ".x.Reply")",
                   R"(output_type: ".x.Reply" server_streaming: true)", "returns (x.Reply)"}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace argosy::contract
