#include "services/metrics/domain/fact.h"

#include <tuple>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/period.h"

namespace argosy::metrics {
namespace {

constexpr uint8_t kIdentityVersion = 1;
constexpr int64_t kMicrosPerDay = 86'400'000'000;

}  // namespace

absl::string_view ExclusionName(Exclusion exclusion) {
  switch (exclusion) {
    case Exclusion::kNone:
      return "";
    case Exclusion::kSpam:
      return "SPAM";
    case Exclusion::kTest:
      return "TEST";
    case Exclusion::kInternal:
      return "INTERNAL";
    case Exclusion::kMerged:
      return "MERGED";
  }
  return "";
}

FactId FactIdOf(const FactIdentity& identity) {
  base::ByteWriter writer(kIdentityVersion);
  writer.Text(identity.source).Text(identity.event_id);
  std::string bytes = base::Sha256(writer.bytes()).substr(0, base::Uuid::kBytes);
  // RFC 9562, section 5.8: version 8 in the high nibble of byte 6, variant 10 in byte 8.
  bytes[6] = static_cast<char>((static_cast<uint8_t>(bytes[6]) & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((static_cast<uint8_t>(bytes[8]) & 0x3f) | 0x80);
  return FactId(base::Uuid::FromBytes(bytes).value());
}

int64_t CivilMicros(absl::CivilDay day) { return base::ToDayNumber(day) * kMicrosPerDay; }

absl::CivilDay CivilDayOf(int64_t micros) {
  const int64_t floor = micros / kMicrosPerDay - (micros % kMicrosPerDay < 0 ? 1 : 0);
  return base::FromDayNumber(floor);
}

absl::CivilDay OccurredDay(const Fact& fact, const absl::TimeZone& zone) {
  if (IsCivil(fact.kind())) return CivilDayOf(fact.occurred_micros);
  return base::LocalDay(base::FromMicros(fact.occurred_micros), zone);
}

bool OccursBefore(const Fact& a, const Fact& b) {
  return std::tie(a.occurred_micros, a.identity) < std::tie(b.occurred_micros, b.identity);
}

}  // namespace argosy::metrics
