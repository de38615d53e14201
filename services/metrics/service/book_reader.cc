#include "services/metrics/service/book_reader.h"

#include <algorithm>
#include <utility>

#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/measure.h"
#include "services/metrics/domain/watermark.h"
#include "services/metrics/service/windows.h"

namespace argosy::metrics {
namespace {

// Most chains of repeats end within a day or two; each further look goes eight times as far back.
constexpr int64_t kFirstLookbackDays = 3;
constexpr int64_t kLookbackGrowth = 8;
// Beyond every fact there can be.
constexpr int64_t kLookbackDaysMax = 40'000;

const FactWindow* FindInquiries(absl::Span<const FactWindow> windows) {
  const auto at = std::find_if(windows.begin(), windows.end(), [](const FactWindow& window) {
    return window.kind == FactKind::kInquiry;
  });
  return at == windows.end() ? nullptr : &*at;
}

}  // namespace

absl::StatusOr<FactBook> BookReader::ReadWith(tenants::TenantReader& reader,
                                              const Question& question,
                                              absl::Span<const FactWindow> windows,
                                              int64_t knowledge_seq) const {
  FactBook book{.zone = question.zone};
  for (const FactWindow& window : windows) {
    SurvivorRange range = RangeOf(window, book.zone);
    range.knowledge_seq = knowledge_seq;
    RETURN_IF_ERROR(with_.facts.ScanSurvivors(reader, range, kQuestionFactsMax, book.facts));
  }
  ASSIGN_OR_RETURN(book.channels, with_.channels.KnownChannels(reader, knowledge_seq));
  ASSIGN_OR_RETURN(const std::vector<ProgressMark> marks,
                   with_.knowledge.ListProgress(reader, knowledge_seq));
  book.sources = ProgressOf(marks, book.zone, question.known_until);
  return book;
}

absl::StatusOr<FactBook> BookReader::Read(const tenants::RequestContext& ctx,
                                          const Question& question,
                                          absl::Span<const FactKind> kinds,
                                          int64_t knowledge_seq) const {
  ASSIGN_OR_RETURN(const base::Currency currency,
                   base::Currency::Parse(ctx.tenant().reporting_currency()));
  int64_t lookback_days = kFirstLookbackDays;
  while (true) {
    const std::vector<FactWindow> windows = WindowsFor(question, kinds, lookback_days);
    ASSIGN_OR_RETURN(FactBook book,
                     with_.db.Read<FactBook>(ctx, [&](tenants::TenantReader& reader) {
                       return ReadWith(reader, question, windows, knowledge_seq);
                     }));
    const FactWindow* const inquiries = FindInquiries(windows);
    const bool is_enough =
        inquiries == nullptr || lookback_days >= kLookbackDaysMax ||
        LookbackSuffices(book, base::StartOfDay(inquiries->days.begin, book.zone),
                         base::StartOfDay(inquiries->days.begin + lookback_days, book.zone));
    if (is_enough) {
      LeaveOutOtherCurrencies(book, currency);
      Arrange(book);
      return book;
    }
    lookback_days = std::min(lookback_days * kLookbackGrowth, kLookbackDaysMax);
  }
}

}  // namespace argosy::metrics
