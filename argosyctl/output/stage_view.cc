#include "argosyctl/output/stage_view.h"

#include <array>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/table.h"
#include "base/money.h"

namespace argosy::ctl {
namespace {

using teams::v1::CriterionResult;
using teams::v1::Measure;

constexpr double kMillion = 1e6;

std::string MeasureText(const Measure& measure, const std::string& currency_code) {
  const auto value = static_cast<double>(measure.value());
  switch (measure.unit()) {
    case teams::v1::MEASURE_UNIT_PPM:
      return absl::StrFormat("%s %.4g", measure.name(), value / kMillion);
    case teams::v1::MEASURE_UNIT_MICRO_NATS:
      return absl::StrFormat("%s x%.3f", measure.name(), std::exp(value / kMillion));
    case teams::v1::MEASURE_UNIT_MINOR: {
      const auto currency = base::Currency::Parse(currency_code);
      if (!currency.ok()) break;
      return absl::StrCat(measure.name(), " ", base::FormatDecimal({measure.value(), *currency}),
                          " ", currency_code);
    }
    default:
      break;
  }
  return absl::StrCat(measure.name(), " ", measure.value());
}

template <typename Measures>
std::string MeasuresText(const Measures& measures, const std::string& currency_code) {
  std::vector<std::string> texts;
  for (const Measure& measure : measures) texts.push_back(MeasureText(measure, currency_code));
  return absl::StrJoin(texts, "; ");
}

// What a shortfall counts, of one and of several.
struct Noun {
  absl::string_view what;
  absl::string_view one;
  absl::string_view several;
};
constexpr std::array<Noun, 20> kNouns = {{
    {"paid_channels", "paid channel", "paid channels"},
    {"search_channels", "search channel", "search channels"},
    {"social_channels", "social channel", "social channels"},
    {"paid_spend_facts", "paid channel that reports its spend",
     "paid channels that report their spend"},
    {"search_spend_facts", "search channel that reports its spend",
     "search channels that report their spend"},
    {"social_spend_facts", "social channel that reports its spend",
     "social channels that report their spend"},
    {"spend_weeks", "week with spend", "weeks with spend"},
    {"spend_days", "day with spend", "days with spend"},
    {"closed_weeks", "closed week", "closed weeks"},
    {"effective_inquiries", "effective inquiry", "effective inquiries"},
    {"halves_with_inquiries", "half of the weeks with inquiries",
     "halves of the weeks with inquiries"},
    {"weeks_at_steady_cost", "week at a steady cost", "weeks at a steady cost"},
    {"mature_inquiries", "inquiry past its 90 days", "inquiries past their 90 days"},
    {"kept_orders", "order not refunded", "orders not refunded"},
    {"spend_facts", "day of spend", "days of spend"},
    {"order_facts", "report of all orders and refunds up to the cut",
     "reports of all orders and refunds up to the cut"},
    {"inquiry_grades", "grade of an inquiry", "grades of inquiries"},
    {"order_margins", "order that states its margin", "orders that state their margin"},
    {"converted_inquiries", "inquiry that became an order", "inquiries that became orders"},
    {"later_converted_inquiries", "order from the later half of the inquiries",
     "orders from the later half of the inquiries"},
}};

std::string CountedText(const teams::v1::Shortfall& shortfall) {
  for (const Noun& noun : kNouns) {
    if (noun.what != shortfall.what()) continue;
    return absl::StrCat(shortfall.count(), " more ",
                        shortfall.count() == 1 ? noun.one : noun.several);
  }
  return absl::StrCat(shortfall.count(), " more ", shortfall.what());
}

std::string MissingText(const CriterionResult& criterion) {
  if (criterion.reason() == teams::v1::CRITERION_REASON_NOT_BUILT) {
    return "not judged by this release";
  }
  std::vector<std::string> texts;
  for (const teams::v1::Shortfall& shortfall : criterion.shortfalls()) {
    std::string text = CountedText(shortfall);
    absl::StrAppend(&text, shortfall.weeks() > 0
                               ? absl::StrCat(", about ", shortfall.weeks(),
                                              shortfall.weeks() == 1 ? " week" : " weeks")
                               : ", not by waiting alone");
    texts.push_back(std::move(text));
  }
  return absl::StrJoin(texts, "; ");
}

}  // namespace

std::string StageText(const teams::v1::StageEvaluation& evaluation) {
  std::string text = absl::StrCat(
      FieldText(evaluation, "gate"), ": ", FieldText(evaluation, "verdict"), "  (cut ",
      evaluation.cut_date(), ", as of ", FieldText(evaluation, "as_of"),
      evaluation.backfilled() ? ", backfilled" : "", ", thresholds ",
      evaluation.thresholds_version(),
      ")\ncounted: what is dated before the cut and had been sent by the as-of instant; what "
      "came later counts only with a later --as-of\n");
  Table table({{.header = "CRITERION"},
               {.header = "KIND"},
               {.header = "VERDICT"},
               {.header = "REASON"},
               {.header = "MISSING"}});
  for (const CriterionResult& criterion : evaluation.criteria()) {
    table.Add({criterion.criterion(), FieldText(criterion, "kind"), FieldText(criterion, "verdict"),
               FieldText(criterion, "reason"), MissingText(criterion)});
  }
  absl::StrAppend(&text, table.Render());
  for (const CriterionResult& criterion : evaluation.criteria()) {
    if (criterion.measures().empty()) continue;
    absl::StrAppend(&text, "  ", criterion.criterion(),
                    " measured: ", MeasuresText(criterion.measures(), evaluation.currency_code()),
                    "\n");
    absl::StrAppend(&text, "  ", criterion.criterion(),
                    " against:  ", MeasuresText(criterion.thresholds(), evaluation.currency_code()),
                    "\n");
  }
  return text;
}

}  // namespace argosy::ctl
