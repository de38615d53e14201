// Instants, periods and money between the contract and the domain.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_TIMES_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_TIMES_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "argosy/common/v1/money.pb.h"
#include "base/money.h"
#include "base/period.h"
#include "google/protobuf/timestamp.pb.h"

namespace argosy::metrics {

google::protobuf::Timestamp ToProto(absl::Time time);
// FIELD_INVALID, naming `field`, unless it is a valid timestamp.
absl::StatusOr<absl::Time> ParseInstant(const google::protobuf::Timestamp& timestamp,
                                        absl::string_view field);

common::v1::CivilPeriod ToProto(const base::Period& period);
// DATE_MALFORMED or DATE_OUT_OF_RANGE.
absl::StatusOr<base::Period> ParsePeriod(const common::v1::CivilPeriod& period);

common::v1::Money ToProto(const base::Money& money);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_TIMES_H_
