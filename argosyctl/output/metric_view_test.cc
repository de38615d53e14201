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

// A figure may be OK and still leave something out.
TEST(MetricTable, TellsNotesOfAFigureThatIsOk) {
  metrics::v1::MetricRow row = UngradedRow();
  row.set_status(metrics::v1::METRIC_STATUS_OK);
  row.clear_reasons();
  EXPECT_THAT(MetricTable({row}), HasSubstr("OK      12 inquiries ungraded"));
}

}  // namespace
}  // namespace argosy::ctl
