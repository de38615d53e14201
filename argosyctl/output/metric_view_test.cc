#include "argosyctl/output/metric_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace argosy::ctl {
namespace {

using ::testing::HasSubstr;

metrics::v1::MetricRow UngradedRow() {
  metrics::v1::MetricRow row;
  row.set_metric_id("effective_inquiry_count");
  row.set_denominator(1);
  row.set_value("0");
  row.set_status(metrics::v1::METRIC_STATUS_PARTIAL);
  row.add_reasons("UNGRADED");
  row.add_reasons("FEW_UNITS");
  auto& note = *row.add_notes();
  note.set_kind(metrics::v1::METRIC_NOTE_KIND_UNGRADED);
  note.set_value(12);
  return row;
}

TEST(FunnelTable, SaysWhyALinkIsNotToBeReliedOn) {
  metrics::v1::Funnel funnel;
  funnel.add_steps()->set_kind(metrics::v1::FUNNEL_STEP_KIND_INQUIRY);
  auto& step = *funnel.add_steps();
  step.set_kind(metrics::v1::FUNNEL_STEP_KIND_EFFECTIVE_INQUIRY);
  *step.mutable_link() = UngradedRow();
  const std::string table = FunnelTable(funnel);
  EXPECT_THAT(table, HasSubstr("BECAUSE"));
  EXPECT_THAT(table, HasSubstr("PARTIAL  UNGRADED, FEW_UNITS, 12 inquiries ungraded"));
}

// The counts of a step and the one before need not give its share.
TEST(FunnelTable, SaysWhatAShareIsCountedFrom) {
  metrics::v1::Funnel funnel;
  auto& step = *funnel.add_steps();
  step.set_count(820);
  step.mutable_link()->set_value("0.833333333");
  step.mutable_link()->set_numerator(250);
  step.mutable_link()->set_denominator(300);
  EXPECT_THAT(FunnelTable(funnel), HasSubstr("820         83.33 %  250 of 300"));
}

TEST(ExplanationTable, ShowsTheFigureAboveItsFacts) {
  metrics::v1::MetricExplanation page;
  *page.mutable_row() = UngradedRow();
  EXPECT_THAT(ExplanationTable({&page}), HasSubstr("no fact of the period bears on it"));
  auto& fact = *page.add_facts();
  fact.set_part(metrics::v1::EXPLAINED_PART_EXCLUDED);
  fact.set_reason("UNGRADED");
  const std::string text = ExplanationTable({&page});
  EXPECT_THAT(text, HasSubstr("effective_inquiry_count"));
  EXPECT_THAT(text, HasSubstr("EXCLUDED"));
}

TEST(ExplanationTable, ShowsWhatFactsAddInTheUnitOfTheFigure) {
  metrics::v1::MetricExplanation page;
  page.mutable_row()->set_metric_id("inquiry_cost");
  page.mutable_row()->mutable_value_money()->set_currency_code("USD");
  auto& spend = *page.add_facts();
  spend.set_part(metrics::v1::EXPLAINED_PART_NUMERATOR);
  spend.set_contribution(123'456);
  auto& inquiry = *page.add_facts();
  inquiry.set_part(metrics::v1::EXPLAINED_PART_DENOMINATOR);
  inquiry.set_contribution(1);
  const std::string text = ExplanationTable({&page});
  EXPECT_THAT(text, HasSubstr("1234.56 USD"));
  EXPECT_THAT(text, HasSubstr("  1\n"));
}

// A figure may be OK and still leave something out.
TEST(MetricTable, TellsNotesOfAFigureThatIsOk) {
  metrics::v1::MetricRow row = UngradedRow();
  row.set_status(metrics::v1::METRIC_STATUS_OK);
  row.clear_reasons();
  EXPECT_THAT(MetricTable({row}), HasSubstr("OK      12 inquiries ungraded"));
  row.mutable_notes(0)->set_value(1);
  EXPECT_THAT(MetricTable({row}), HasSubstr("OK      1 inquiry ungraded"));
}

}  // namespace
}  // namespace argosy::ctl
