#include "tests/support/proto_matchers.h"

#include <cstdlib>
#include <utility>

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace argosy::testing {
namespace {

std::unique_ptr<google::protobuf::Message> CopyOf(const google::protobuf::Message& message) {
  std::unique_ptr<google::protobuf::Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

}  // namespace

ProtoMatcher::ProtoMatcher(const google::protobuf::Message& expected, Coverage coverage)
    : expected_(CopyOf(expected)), coverage_(coverage) {}

ProtoMatcher::ProtoMatcher(std::string expected_text, Coverage coverage)
    : expected_text_(std::move(expected_text)), coverage_(coverage) {}

ProtoMatcher::ProtoMatcher(const ProtoMatcher& other)
    : expected_(other.expected_ == nullptr ? nullptr : CopyOf(*other.expected_)),
      expected_text_(other.expected_text_),
      coverage_(other.coverage_) {}

bool ProtoMatcher::MatchAndExplain(const google::protobuf::Message& actual,
                                   std::ostream* out) const {
  std::unique_ptr<google::protobuf::Message> parsed(actual.New());
  if (expected_ == nullptr &&
      !google::protobuf::TextFormat::ParseFromString(expected_text_, parsed.get())) {
    if (out != nullptr) *out << "the expected text is not a " << actual.GetTypeName();
    return false;
  }
  const google::protobuf::Message& expected = expected_ == nullptr ? *parsed : *expected_;
  if (expected.GetDescriptor() != actual.GetDescriptor()) {
    if (out != nullptr) *out << "which is a " << actual.GetTypeName();
    return false;
  }
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  if (coverage_ == Coverage::kSetFieldsOnly) {
    differencer.set_scope(google::protobuf::util::MessageDifferencer::PARTIAL);
  }
  const bool same = differencer.Compare(expected, actual);
  if (!same && out != nullptr) *out << "with the differences\n" << report;
  return same;
}

void ProtoMatcher::DescribeTo(std::ostream* out) const {
  *out << (coverage_ == Coverage::kWhole ? "equals " : "has at least ")
       << (expected_ == nullptr ? expected_text_ : expected_->ShortDebugString());
}

void ProtoMatcher::DescribeNegationTo(std::ostream* out) const {
  *out << "not: ";
  DescribeTo(out);
}

}  // namespace argosy::testing
