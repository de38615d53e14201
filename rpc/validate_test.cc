#include "rpc/validate.h"

#include <memory>
#include <string>
#include <vector>

#include "base/fault.h"
#include "buf/validate/validate.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "rpc/testing/note.pb.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using chassistest::v1::Ruled;
using ::testing::ElementsAreArray;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  const auto fault = base::FindFault(status);
  if (!fault) return fields;
  for (const auto& violation : fault->field_violations) fields.push_back(violation.field);
  return fields;
}

struct RuleCase {
  std::string name;
  std::string text;                 // merged into a valid message
  std::vector<std::string> fields;  // that break a rule
};

class ValidateTest : public ::testing::TestWithParam<RuleCase> {
 protected:
  void SetUp() override { ASSERT_THAT(validator_.Add(*Ruled::descriptor()), IsOk()); }
  Validator validator_;
};

TEST_P(ValidateTest, NamesEveryFieldThatBreaksItsRule) {
  Ruled message;
  message.set_needed("x");
  message.set_left("l");
  ASSERT_TRUE(google::protobuf::TextFormat::MergeFromString(GetParam().text, &message));
  const absl::Status status = validator_.Check(message);
  EXPECT_THAT(FieldsOf(status), ElementsAreArray(GetParam().fields)) << status;
  EXPECT_EQ(status.ok(), GetParam().fields.empty());
  EXPECT_EQ(base::ReasonOf(status), GetParam().fields.empty() ? "" : "FIELD_INVALID");
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ValidateTest,
    ::testing::ValuesIn(std::vector<RuleCase>{
        {.name = "Valid"},
        {.name = "RequiredEmpty", .text = "needed: ''", .fields = {"needed"}},
        {.name = "IgnoredWhenZero", .text = "three_to_five: ''"},
        {.name = "ShortestText", .text = "three_to_five: 'abc'"},
        {.name = "TooShort", .text = "three_to_five: 'ab'", .fields = {"three_to_five"}},
        {.name = "LongestText", .text = "three_to_five: 'abcde'"},
        {.name = "TooLong", .text = "three_to_five: 'abcdef'", .fields = {"three_to_five"}},
        {.name = "CountsCodePointsNotBytes", .text = "three_to_five: '业务员销售'"},
        {.name = "BytesMaxCountsBytes", .text = "six_bytes: '业务员'", .fields = {"six_bytes"}},
        {.name = "BytesMaxReached", .text = "six_bytes: '业务'"},
        {.name = "PatternHolds", .text = "lower: 'abc'"},
        {.name = "PatternFails", .text = "lower: 'aBc'", .fields = {"lower"}},
        {.name = "PatternSeesNewline", .text = "lower: 'abc\\n'", .fields = {"lower"}},
        {.name = "UuidLower", .text = "id: '01890a5d-ac96-774b-bcce-b302099a8057'"},
        {.name = "UuidUpper", .text = "id: '01890A5D-AC96-774B-BCCE-B302099A8057'"},
        {.name = "UuidWithoutDashes",
         .text = "id: '01890a5dac96774bbcceb302099a8057'",
         .fields = {"id"}},
        {.name = "UuidNotHex",
         .text = "id: '01890a5d-ac96-774b-bcce-b302099a805g'",
         .fields = {"id"}},
        {.name = "UuidDashMoved",
         .text = "id: '01890a5da-c96-774b-bcce-b302099a8057'",
         .fields = {"id"}},
        {.name = "AboveGt", .text = "small: -2"},
        {.name = "AtGt", .text = "small: -3", .fields = {"small"}},
        {.name = "BelowLt", .text = "small: 2"},
        {.name = "AtLt", .text = "small: 3", .fields = {"small"}},
        {.name = "LowestInt64", .text = "wide: -9223372036854775808"},
        {.name = "AboveLte", .text = "wide: 11", .fields = {"wide"}},
        {.name = "BytesTooLong", .text = "blob: 'abc'", .fields = {"blob"}},
        {.name = "EnumDefined", .text = "colour: COLOUR_RED"},
        {.name = "EnumExcluded", .text = "colour: COLOUR_BLUE", .fields = {"colour"}},
        {.name = "ItemsEmpty", .text = "tags: 'a' tags: ''", .fields = {"tags[1]"}},
        {.name = "ItemsRepeat", .text = "tags: 'a' tags: 'b' tags: 'a'", .fields = {"tags[2]"}},
        {.name = "TooManyItemsAreNotLookedAt",
         .text = "tags: '' tags: '' tags: '' tags: ''",
         .fields = {"tags"}},
        {.name = "MapKeyTooLong",
         .text = "counts { key: 'abc' value: 1 }",
         .fields = {"counts[\"abc\"]"}},
        {.name = "MapValueNegative",
         .text = "counts { key: 'ab' value: -1 }",
         .fields = {"counts[\"ab\"]"}},
        {.name = "OneofMemberBreaksRule", .text = "left: ''", .fields = {"left"}},
        {.name = "OneofOtherMember", .text = "right { }"},
        {.name = "NestedInOneof",
         .text = "right { amount_minor: -1 }",
         .fields = {"right.amount_minor"}},
        {.name = "NestedInList",
         .text = "inners { } inners { amount_minor: -1 } inners { amount_minor: -2 }",
         .fields = {"inners[1].amount_minor", "inners[2].amount_minor"}},
        {.name = "NestedInMap",
         .text = "by_name { key: 'k' value { amount_minor: -1 } }",
         .fields = {"by_name[\"k\"].amount_minor"}},
        {.name = "OptionalUnset"},
        {.name = "OptionalSetToZero", .text = "maybe: 0", .fields = {"maybe"}},
        {.name = "RecursiveType",
         .text = "deeper { needed: 'y' left: 'l' deeper { left: 'l' } }",
         .fields = {"deeper.deeper.needed"}},
        {.name = "EnumItems", .text = "colours: COLOUR_UNSPECIFIED", .fields = {"colours[0]"}},
        {.name = "IgnoreAlways", .text = "whatever: 'short'"},
        {.name = "AllAtOnce",
         .text = "needed: '' small: 9 lower: '9'",
         .fields = {"needed", "lower", "small"}},
    }),
    [](const auto& row) { return row.param.name; });

TEST(Validate, WantsAMemberOfARequiredOneof) {
  Validator validator;
  ASSERT_THAT(validator.Add(*Ruled::descriptor()), IsOk());
  Ruled message;
  message.set_needed("x");
  EXPECT_THAT(FieldsOf(validator.Check(message)), ElementsAreArray({"choice"}));
}

TEST(Validate, RefusesAnEnumNumberWithoutAName) {
  Validator validator;
  ASSERT_THAT(validator.Add(*Ruled::descriptor()), IsOk());
  Ruled message;
  message.set_needed("x");
  message.set_left("l");
  message.set_colour(static_cast<chassistest::v1::Colour>(77));
  EXPECT_THAT(FieldsOf(validator.Check(message)), ElementsAreArray({"colour"}));
}

TEST(Validate, CountsTheViolationsItDoesNotSpell) {
  Validator validator;
  ASSERT_THAT(validator.Add(*Ruled::descriptor()), IsOk());
  Ruled message;
  message.set_needed("x");
  message.set_left("l");
  for (int i = 0; i < 1000; ++i) message.add_inners()->set_amount_minor(-1);
  const auto fault = base::FindFault(validator.Check(message));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->field_violations.size(), base::Fault::kFieldViolationsMax);
  EXPECT_EQ(fault->field_violations_left_out, 980);
}

TEST(Validate, RefusesATypeItWasNotTold) {
  EXPECT_THAT(Validator().Check(Ruled()), HasReason("INTERNAL"));
}

// Start-up: what `edit` does to a field's options must be refused.
class StartUpTest : public ::testing::Test {
 protected:
  StartUpTest() {
    file_.set_name("startup.proto");
    file_.set_syntax("proto3");
    auto& message = *file_.add_message_type();
    message.set_name("Request");
    field_ = message.add_field();
    field_->set_name("value");
    field_->set_number(1);
    field_->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    field_->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  }

  buf::validate::FieldRules& rules() {
    return *field_->mutable_options()->MutableExtension(buf::validate::field);
  }
  absl::Status Add() {
    const auto* file = pool_.BuildFile(file_);
    return Validator().Add(*file->message_type(0));
  }

  google::protobuf::FileDescriptorProto file_;
  google::protobuf::FieldDescriptorProto* field_ = nullptr;
  google::protobuf::DescriptorPool pool_{google::protobuf::DescriptorPool::generated_pool()};
};

TEST_F(StartUpTest, AcceptsAKnownRule) {
  rules().mutable_string()->set_max_len(3);
  EXPECT_THAT(Add(), IsOk());
}

TEST_F(StartUpTest, RefusesAStringRuleOutsideTheSubset) {
  constexpr int kEmail = 12;
  auto& text = *rules().mutable_string();
  text.GetReflection()->MutableUnknownFields(&text)->AddVarint(kEmail, 1);
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesAFieldRuleOutsideTheSubset) {
  constexpr int kCel = 23;
  rules().GetReflection()->MutableUnknownFields(&rules())->AddLengthDelimited(kCel, "x");
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesAnUnknownFieldOption) {
  auto& options = *field_->mutable_options();
  options.GetReflection()->MutableUnknownFields(&options)->AddVarint(50999, 1);
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesAMessageRule) {
  constexpr int kMessageRules = 1159;
  auto& options = *file_.mutable_message_type(0)->mutable_options();
  options.GetReflection()->MutableUnknownFields(&options)->AddLengthDelimited(kMessageRules, "x");
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesARuleOfAnotherType) {
  rules().mutable_int64()->set_gte(3);
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesACollectionRuleOnASingleField) {
  rules().mutable_repeated()->set_max_items(3);
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

TEST_F(StartUpTest, RefusesAPatternThatDoesNotCompile) {
  rules().mutable_string()->set_pattern("[");
  const absl::Status status = Add();
  EXPECT_THAT(status, HasReason("INTERNAL"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("Request.value"));
}

TEST_F(StartUpTest, RefusesBoundsThatExcludeEverything) {
  field_->set_type(google::protobuf::FieldDescriptorProto::TYPE_INT64);
  rules().mutable_int64()->set_gte(3);
  rules().mutable_int64()->set_lte(2);
  EXPECT_THAT(Add(), HasReason("INTERNAL"));
}

}  // namespace
}  // namespace argosy::rpc
