#include "services/metrics/service/times.h"

#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::metrics {
namespace {

// What google.protobuf.Timestamp allows: years 1 to 9999.
constexpr int64_t kSecondsMin = -62'135'596'800;
constexpr int64_t kSecondsMax = 253'402'300'799;
constexpr int32_t kNanosMax = 999'999'999;

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

absl::StatusOr<absl::Time> ParseInstant(const google::protobuf::Timestamp& timestamp,
                                        absl::string_view field) {
  if (timestamp.seconds() < kSecondsMin || timestamp.seconds() > kSecondsMax ||
      timestamp.nanos() < 0 || timestamp.nanos() > kNanosMax) {
    return base::FieldInvalid(field, "is not an instant of the years 1 to 9999");
  }
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

common::v1::CivilPeriod ToProto(const base::Period& period) {
  common::v1::CivilPeriod proto;
  proto.set_start_date(base::FormatCivilDay(period.begin));
  proto.set_end_date(base::FormatCivilDay(period.end));
  return proto;
}

absl::StatusOr<base::Period> ParsePeriod(const common::v1::CivilPeriod& period) {
  base::Period parsed;
  ASSIGN_OR_RETURN(parsed.begin, base::ParseCivilDay(period.start_date()));
  ASSIGN_OR_RETURN(parsed.end, base::ParseCivilDay(period.end_date()));
  return parsed;
}

common::v1::Money ToProto(const base::Money& money) {
  common::v1::Money proto;
  proto.set_amount_minor(money.minor);
  proto.set_currency_code(money.currency.code());
  return proto;
}

}  // namespace argosy::metrics
