// Facts and questions for the tests of the domain.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_FACTS_FOR_TEST_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_FACTS_FOR_TEST_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/period.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/question.h"

namespace argosy::metrics {

inline base::Money Usd(int64_t minor) {
  return {.minor = minor, .currency = base::Currency::Parse("USD").value()};
}

inline absl::TimeZone Shanghai() { return base::ParseTimeZone("Asia/Shanghai").value(); }

// "2026-03-09 10:00" in Shanghai.
inline absl::Time At(absl::string_view local) {
  absl::Time time;
  std::string error;
  absl::ParseTime("%Y-%m-%d %H:%M", local, Shanghai(), &time, &error);
  return time;
}

inline absl::CivilDay Day(absl::string_view text) { return base::ParseCivilDay(text).value(); }

// A fact of source "crm" that occurred at a Shanghai time (INQUIRY, ...) or on a date (SPEND, ...).
inline RecordedFact FactAt(absl::string_view when, absl::string_view id, Payload payload) {
  RecordedFact recorded;
  recorded.fact.identity = {"crm", std::string(id)};
  recorded.fact.payload = std::move(payload);
  recorded.fact.occurred_micros = IsCivil(recorded.fact.kind())
                                      ? CivilMicros(Day(when.substr(0, 10)))
                                      : base::ToMicros(At(when));
  recorded.id = FactIdOf(recorded.fact.identity);
  return recorded;
}

inline RecordedFact On(absl::string_view channel, RecordedFact fact) {
  fact.fact.attribution.channel = base::ChannelId::Parse(channel).value();
  return fact;
}

inline RecordedFact By(absl::string_view member, RecordedFact fact) {
  fact.fact.attribution.member = base::MemberId::Parse(member).value();
  fact.fact.attribution.acting_role = ActingRole::kSales;
  return fact;
}

inline Order OrderFor(absl::string_view inquiry, int64_t minor) {
  return {.value = Usd(minor), .inquiry = FactIdentity{"crm", std::string(inquiry)}};
}

inline Refund RefundOf(absl::string_view order, int64_t minor) {
  return {.amount = Usd(minor), .order = {"crm", std::string(order)}};
}

inline Channel ChannelNamed(absl::string_view id, Paid paid) {
  return {.id = base::ChannelId::Parse(id).value(), .display_name = std::string(id), .paid = paid};
}

// Channels google and facebook are paid, seo is not; everything is complete to the end of 2026.
inline FactBook BookOf(std::vector<RecordedFact> facts) {
  FactBook book{.facts = std::move(facts), .zone = Shanghai()};
  book.channels = {ChannelNamed("facebook", Paid::kYes), ChannelNamed("google", Paid::kYes),
                   ChannelNamed("seo", Paid::kNo)};
  book.sources = {{.source = "crm",
                   .kinds = {FactKind::kSpend, FactKind::kTraffic, FactKind::kInquiry,
                             FactKind::kOrder, FactKind::kPayment, FactKind::kRefund},
                   .complete_through = At("2027-01-01 00:00")}};
  Arrange(book);
  return book;
}

// All of March 2026, cut on the last day of 2026.
inline Question March() {
  Question question;
  question.period = {.begin = absl::CivilDay(2026, 3, 1), .end = absl::CivilDay(2026, 4, 1)};
  question.cut = At("2026-12-31 12:00");
  question.zone = Shanghai();
  return question;
}

// The only row of `metric`.
inline MetricRow RowOf(const FactBook& book, const Question& question, absl::string_view metric) {
  return ComputeRows(book, question, {FindDefinition(metric)}).value().at(0);
}

// Whether `row` has a finding of `status` with `reason`.
inline bool Finds(const MetricRow& row, Status status, absl::string_view reason) {
  for (const Finding& finding : row.findings) {
    if (finding == Finding{status, reason}) return true;
  }
  return false;
}

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_FACTS_FOR_TEST_H_
