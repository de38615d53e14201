#include "argosyctl/output/stage_view.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::ctl {
namespace {

using testing::HasSubstr;
using testing::Not;

teams::v1::StageEvaluation Lacking(const char* what, int64_t count) {
  teams::v1::StageEvaluation evaluation;
  auto& shortfall = *evaluation.add_criteria()->add_shortfalls();
  shortfall.set_what(what);
  shortfall.set_count(count);
  return evaluation;
}

TEST(StageText, SaysWhatIsMissingInWords) {
  EXPECT_THAT(StageText(Lacking("weeks_at_steady_cost", 1)), HasSubstr("1 more week at a steady"));
  EXPECT_THAT(StageText(Lacking("effective_inquiries", 60)),
              HasSubstr("60 more effective inquiries, not by waiting alone"));
  teams::v1::StageEvaluation soon = Lacking("closed_weeks", 1);
  soon.mutable_criteria(0)->mutable_shortfalls(0)->set_weeks(1);
  EXPECT_THAT(StageText(soon), HasSubstr("1 more closed week, about 1 week"));
  EXPECT_THAT(StageText(soon), Not(HasSubstr("about 1 weeks")));
  // All that the contract names.
  for (const char* what : {"spend_weeks",
                           "spend_days",
                           "paid_channels",
                           "search_channels",
                           "social_channels",
                           "closed_weeks",
                           "effective_inquiries",
                           "halves_with_inquiries",
                           "weeks_at_steady_cost",
                           "mature_inquiries",
                           "kept_orders",
                           "spend_facts",
                           "order_margins",
                           "converted_inquiries",
                           "later_converted_inquiries",
                           "order_facts",
                           "inquiry_grades",
                           "paid_spend_facts",
                           "search_spend_facts",
                           "social_spend_facts"}) {
    EXPECT_THAT(StageText(Lacking(what, 2)), Not(HasSubstr("_"))) << what;
  }
  EXPECT_THAT(StageText(Lacking("something_new", 2)), HasSubstr("2 more something_new"));
}

TEST(StageText, SaysThatThisReleaseDoesNotJudgeACriterion) {
  teams::v1::StageEvaluation evaluation;
  evaluation.add_criteria()->set_reason(teams::v1::CRITERION_REASON_NOT_BUILT);
  EXPECT_THAT(StageText(evaluation), HasSubstr("not judged by this release"));
}

// A cut before the facts were sent counts none of them; the header says so.
TEST(StageText, SaysWhatIsCounted) {
  EXPECT_THAT(StageText({}), HasSubstr("what came later counts only with a later --as-of"));
}

}  // namespace
}  // namespace argosy::ctl
