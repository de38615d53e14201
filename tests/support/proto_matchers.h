// Matchers for protocol buffers.
#ifndef ARGOSY_TESTS_SUPPORT_PROTO_MATCHERS_H_
#define ARGOSY_TESTS_SUPPORT_PROTO_MATCHERS_H_

#include <memory>
#include <ostream>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/message.h"

namespace argosy::testing {

// Compares messages of one type: whole, or only the fields the expected one sets.
class ProtoMatcher {
 public:
  enum class Coverage { kWhole, kSetFieldsOnly };
  using is_gtest_matcher = void;

  ProtoMatcher(const google::protobuf::Message& expected, Coverage coverage);
  // The expected message as text proto, parsed into the type of what is compared.
  ProtoMatcher(std::string expected_text, Coverage coverage);
  ProtoMatcher(const ProtoMatcher& other);

  bool MatchAndExplain(const google::protobuf::Message& actual, std::ostream* out) const;
  void DescribeTo(std::ostream* out) const;
  void DescribeNegationTo(std::ostream* out) const;

 private:
  std::unique_ptr<google::protobuf::Message> expected_;
  std::string expected_text_;
  Coverage coverage_;
};

// EqualsProto(message) or EqualsProto(R"pb(name: "tenants/acme")pb").
template <typename Expected>
ProtoMatcher EqualsProto(const Expected& expected) {
  return ProtoMatcher(expected, ProtoMatcher::Coverage::kWhole);
}

// As EqualsProto, but fields that `expected` does not set may have any value.
template <typename Expected>
ProtoMatcher Partially(const Expected& expected) {
  return ProtoMatcher(expected, ProtoMatcher::Coverage::kSetFieldsOnly);
}

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_PROTO_MATCHERS_H_
