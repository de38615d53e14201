#include "argosyctl/output/stage_view.h"

#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
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

std::string MissingText(const CriterionResult& criterion) {
  std::vector<std::string> texts;
  for (const teams::v1::Shortfall& shortfall : criterion.shortfalls()) {
    std::string text = absl::StrCat(shortfall.count(), " more ", shortfall.what());
    absl::StrAppend(&text, shortfall.weeks() > 0
                               ? absl::StrCat(", about ", shortfall.weeks(), " weeks")
                               : ", not by waiting alone");
    texts.push_back(std::move(text));
  }
  return absl::StrJoin(texts, "; ");
}

}  // namespace

std::string StageText(const teams::v1::StageEvaluation& evaluation) {
  std::string text =
      absl::StrCat(FieldText(evaluation, "gate"), ": ", FieldText(evaluation, "verdict"), "  (cut ",
                   evaluation.cut_date(), ", as of ", FieldText(evaluation, "as_of"),
                   evaluation.backfilled() ? ", backfilled" : "", ", thresholds ",
                   evaluation.thresholds_version(), ")\n");
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
