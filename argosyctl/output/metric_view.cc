#include "argosyctl/output/metric_view.h"

#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/table.h"
#include "argosyctl/resource_name.h"
#include "base/money.h"

namespace argosy::ctl {
namespace {

using metrics::v1::DimensionValue;
using metrics::v1::MetricRow;

enum class Unit { kCount, kMoney, kShare };

Unit UnitOf(const MetricRow& row) {
  if (row.has_value_money() || row.has_cost_at_least()) return Unit::kMoney;
  if (row.metric_id() == "spend_coverage" || absl::EndsWith(row.metric_id(), "_rate"))
    return Unit::kShare;
  return row.denominator() == 1 && !row.has_interval() ? Unit::kCount : Unit::kShare;
}

std::string CurrencyOf(const MetricRow& row) {
  return row.has_value_money() ? row.value_money().currency_code()
                               : row.cost_at_least().currency_code();
}

// A decimal of minor units as an amount without its currency.
std::string AmountText(const std::string& decimal, const std::string& currency_code) {
  double minor = 0;
  const auto currency = base::Currency::Parse(currency_code);
  if (!currency.ok() || !absl::SimpleAtod(decimal, &minor)) return decimal;
  return base::FormatDecimal({static_cast<int64_t>(std::llround(minor)), *currency});
}

std::string PercentText(const std::string& decimal) {
  double share = 0;
  if (!absl::SimpleAtod(decimal, &share)) return decimal;
  return absl::StrFormat("%.2f", share * 100);
}

std::string NumberText(const MetricRow& row, const std::string& decimal) {
  switch (UnitOf(row)) {
    case Unit::kMoney:
      return AmountText(decimal, CurrencyOf(row));
    case Unit::kShare:
      return PercentText(decimal);
    case Unit::kCount:
      break;
  }
  return decimal;
}

std::string DimensionText(const DimensionValue& value) {
  if (value.value().empty()) return "(none)";
  return ShortName(std::string(absl::StripPrefix(value.value(), "BUSINESS_ROLE_")));
}

std::string DimensionHeader(const DimensionValue& value) {
  return EnumText(*metrics::v1::Dimension_descriptor()->FindValueByNumber(value.dimension()));
}

std::string StatusText(const MetricRow& row) {
  return row.status() == metrics::v1::METRIC_STATUS_UNSPECIFIED
             ? ""
             : EnumText(*metrics::v1::MetricStatus_descriptor()->FindValueByNumber(row.status()));
}

std::string NoteText(const metrics::v1::MetricNote& note) {
  switch (note.kind()) {
    case metrics::v1::METRIC_NOTE_KIND_GRAIN_MISMATCH:
      return absl::StrCat(note.value(), " spend facts of another zone");
    case metrics::v1::METRIC_NOTE_KIND_SPEND_DAYS_MISSING:
      return absl::StrCat(note.value(), note.value() == 1 ? " day" : " days", " without spend");
    case metrics::v1::METRIC_NOTE_KIND_UNGRADED:
      return absl::StrCat(note.value(), note.value() == 1 ? " inquiry" : " inquiries", " ungraded");
    default:
      return absl::StrCat(note.value(), " ", metrics::v1::MetricNoteKind_Name(note.kind()));
  }
}

// Why the status is not OK, then what else to know: "UNGRADED, 12 inquiries ungraded".
std::string BecauseText(const MetricRow& row) {
  std::vector<std::string> texts(row.reasons().begin(), row.reasons().end());
  for (const metrics::v1::MetricNote& note : row.notes()) texts.push_back(NoteText(note));
  return absl::StrJoin(texts, ", ");
}

// What a fact adds to its part of the figure: the numerator of a figure in money is an amount.
std::string ContributionText(const metrics::v1::ExplainedFact& fact, const MetricRow& row) {
  std::string contribution = FieldText(fact, "contribution");
  const bool amount =
      fact.part() == metrics::v1::EXPLAINED_PART_NUMERATOR && UnitOf(row) == Unit::kMoney;
  if (!amount) return contribution;
  return absl::StrCat(AmountText(contribution, CurrencyOf(row)), " ", CurrencyOf(row));
}

}  // namespace

std::string MetricValueText(const MetricRow& row) {
  if (!row.has_value()) {
    return row.has_cost_at_least() ? absl::StrCat(">= ", FieldText(row, "cost_at_least")) : "-";
  }
  std::string number = NumberText(row, row.value());
  switch (UnitOf(row)) {
    case Unit::kMoney:
      return absl::StrCat(number, " ", CurrencyOf(row));
    case Unit::kShare:
      return absl::StrCat(number, " %");
    case Unit::kCount:
      break;
  }
  return number;
}

std::string MetricIntervalText(const MetricRow& row) {
  if (!row.has_interval()) return "";
  const auto& interval = row.interval();
  if (!interval.has_lower() && !interval.has_upper()) return "";
  return absl::StrCat(interval.has_lower() ? NumberText(row, interval.lower()) : "...", " .. ",
                      interval.has_upper() ? NumberText(row, interval.upper()) : "...");
}

std::string MetricTable(const std::vector<MetricRow>& rows) {
  std::vector<Column> columns = {{.header = "METRIC"}};
  if (!rows.empty()) {
    for (const DimensionValue& value : rows.front().dimensions()) {
      columns.push_back({.header = DimensionHeader(value)});
    }
  }
  columns.push_back({.header = "VALUE", .align = Align::kRight});
  columns.push_back({.header = "95% INTERVAL", .align = Align::kRight});
  columns.push_back({.header = "N", .align = Align::kRight});
  columns.push_back({.header = "STATUS"});
  columns.push_back({.header = "BECAUSE"});
  Table table(std::move(columns));
  for (const MetricRow& row : rows) {
    std::vector<std::string> cells = {row.metric_id()};
    for (const DimensionValue& value : row.dimensions()) cells.push_back(DimensionText(value));
    cells.push_back(MetricValueText(row));
    cells.push_back(MetricIntervalText(row));
    cells.push_back(absl::StrCat(row.n()));
    cells.push_back(StatusText(row));
    cells.push_back(BecauseText(row));
    table.Add(std::move(cells));
  }
  return table.Render();
}

std::string ExplanationTable(const std::vector<const metrics::v1::MetricExplanation*>& pages) {
  std::string text = MetricTable({pages.front()->row()});
  Table table({{.header = "PART"},
               {.header = "IDENTITY"},
               {.header = "REVISION", .align = Align::kRight},
               {.header = "CONTRIBUTION", .align = Align::kRight},
               {.header = "REASON"}});
  for (const metrics::v1::MetricExplanation* page : pages) {
    for (const metrics::v1::ExplainedFact& fact : page->facts()) {
      table.Add({FieldText(fact, "part"), FieldText(fact, "identity"), FieldText(fact, "revision"),
                 ContributionText(fact, page->row()), fact.reason()});
    }
  }
  const bool none = pages.front()->facts().empty();
  absl::StrAppend(&text, "\n", none ? "no fact of the period bears on it\n" : table.Render());
  return text;
}

std::string FunnelTable(const metrics::v1::Funnel& funnel) {
  Table table({{.header = "STEP"},
               {.header = "COUNT", .align = Align::kRight},
               {.header = "OF STEP BEFORE", .align = Align::kRight},
               {.header = "COUNTED", .align = Align::kRight},
               {.header = "95% INTERVAL", .align = Align::kRight},
               {.header = "STATUS"},
               {.header = "BECAUSE"}});
  for (const metrics::v1::FunnelStep& step : funnel.steps()) {
    std::vector<std::string> cells = {FieldText(step, "kind"), absl::StrCat(step.count())};
    if (step.has_link()) {
      const std::string& value = step.link().value();
      cells.push_back(step.link().has_value() ? PercentText(value) + " %" : "-");
      cells.push_back(absl::StrCat(step.link().numerator(), " of ", step.link().denominator()));
      const auto& interval = step.link().interval();
      cells.push_back(
          step.link().has_interval() && interval.has_lower() && interval.has_upper()
              ? absl::StrCat(PercentText(interval.lower()), " .. ", PercentText(interval.upper()))
              : "");
      cells.push_back(StatusText(step.link()));
      cells.push_back(BecauseText(step.link()));
    }
    table.Add(std::move(cells));
  }
  return table.Render();
}

}  // namespace argosy::ctl
