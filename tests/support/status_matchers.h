// Matchers for absl::Status and absl::StatusOr. There is no EXPECT_NOT_OK: say which error.
#ifndef ARGOSY_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define ARGOSY_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).ok();
}

// The value of a StatusOr matches `inner`.
template <typename Inner>
class IsOkAndHoldsMatcher {
 public:
  explicit IsOkAndHoldsMatcher(Inner inner) : inner_(std::move(inner)) {}

  template <typename StatusOrType>
  operator ::testing::Matcher<StatusOrType>()
      const {  // NOLINT(google-explicit-constructor): how gmock's polymorphic matchers work
    return ::testing::Matcher<StatusOrType>(new Typed<StatusOrType>(inner_));
  }

 private:
  template <typename StatusOrType>
  class Typed : public ::testing::MatcherInterface<StatusOrType> {
   public:
    using T = typename std::decay_t<StatusOrType>::value_type;
    explicit Typed(const Inner& inner) : inner_(::testing::SafeMatcherCast<const T&>(inner)) {}
    void DescribeTo(std::ostream* out) const override {
      *out << "is OK and holds a value that ";
      inner_.DescribeTo(out);
    }
    bool MatchAndExplain(StatusOrType actual,
                         ::testing::MatchResultListener* listener) const override {
      if (!actual.ok()) {
        *listener << "which is " << actual.status();
        return false;
      }
      return inner_.MatchAndExplain(*actual, listener);
    }

   private:
    const ::testing::Matcher<const T&> inner_;
  };

  const Inner inner_;
};

template <typename Inner>
IsOkAndHoldsMatcher<std::decay_t<Inner>> IsOkAndHolds(Inner&& inner) {
  return IsOkAndHoldsMatcher<std::decay_t<Inner>>(std::forward<Inner>(inner));
}

// StatusIs(absl::StatusCode::kAborted).
MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg);
  return StatusOf(arg).code() == code;
}

// HasReason("ETAG_MISMATCH"): the reason of base::Fault.
MATCHER_P(HasReason, reason, std::string("has reason ") + reason) {
  *result_listener << StatusOf(arg) << " with reason '" << base::ReasonOf(StatusOf(arg)) << "'";
  return base::ReasonOf(StatusOf(arg)) == reason;
}

// Code and reason at once.
MATCHER_P2(IsFault, code, reason,
           "has code " + absl::StatusCodeToString(code) + " and reason " + reason) {
  *result_listener << StatusOf(arg) << " with reason '" << base::ReasonOf(StatusOf(arg)) << "'";
  return StatusOf(arg).code() == code && base::ReasonOf(StatusOf(arg)) == reason;
}

}  // namespace argosy::testing

#define ASSERT_OK(expr) ASSERT_THAT((expr), ::argosy::testing::IsOk())
#define EXPECT_OK(expr) EXPECT_THAT((expr), ::argosy::testing::IsOk())

// ASSERT_OK_AND_ASSIGN(const Team team, store.GetTeam(txn, id));
#define ASSERT_OK_AND_ASSIGN(lhs, ...) \
  ARGOSY_ASSERT_OK_AND_ASSIGN_(ARGOSY_MACRO_JOIN_(argosy_assert_, __LINE__), lhs, (__VA_ARGS__))
#define ARGOSY_ASSERT_OK_AND_ASSIGN_(temporary, lhs, expr)             \
  auto temporary = expr;                                               \
  ASSERT_TRUE(temporary.ok()) << "with status " << temporary.status(); \
  lhs = *std::move(temporary)

#endif  // ARGOSY_TESTS_SUPPORT_STATUS_MATCHERS_H_
