#include "services/metrics/domain/fact_codec.h"

#include <utility>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/status_macros.h"

namespace argosy::metrics {
namespace {

constexpr uint8_t kPayloadVersion = 1;
constexpr uint8_t kHashVersion = 1;

class Encoder {
 public:
  void operator()(const std::monostate&) {}
  void operator()(const Spend& spend) {
    writer_.Int(static_cast<int64_t>(spend.kind));
    Write(spend.amount);
    writer_.Text(spend.account_time_zone);
  }
  void operator()(const Traffic& traffic) {
    writer_.Int(traffic.impressions).Int(traffic.clicks).Int(traffic.sessions);
  }
  void operator()(const Inquiry& inquiry) {
    writer_.Int(static_cast<int64_t>(inquiry.grade)).Int(static_cast<int64_t>(inquiry.outcome));
    writer_.Text(inquiry.buyer_key).Text(inquiry.product_line);
    writer_.Int(static_cast<int64_t>(inquiry.exclusion)).Text(inquiry.account);
  }
  void operator()(const Order& order) {
    Write(order.value);
    Write(order.margin);
    Write(order.inquiry);
    writer_.Int(static_cast<int64_t>(order.status));
  }
  void operator()(const Payment& payment) {
    Write(payment.amount);
    Write(payment.order);
  }
  void operator()(const Refund& refund) {
    Write(refund.amount);
    Write(refund.order);
  }

  explicit Encoder(base::ByteWriter& writer) : writer_(writer) {}

 private:
  void Write(const base::Money& money) { writer_.Int(money.minor).Text(money.currency.code()); }
  void Write(const FactIdentity& identity) {
    writer_.Text(identity.source).Text(identity.event_id);
  }
  template <typename T>
  void Write(const std::optional<T>& value) {
    writer_.Int(value.has_value() ? 1 : 0);
    if (value.has_value()) Write(*value);
  }

  base::ByteWriter& writer_;
};

absl::StatusOr<base::Money> ReadMoney(base::ByteReader& reader) {
  ASSIGN_OR_RETURN(const int64_t minor, reader.Int());
  ASSIGN_OR_RETURN(const std::string code, reader.Text());
  ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(code));
  return base::Money{.minor = minor, .currency = currency};
}

absl::StatusOr<FactIdentity> ReadIdentity(base::ByteReader& reader) {
  FactIdentity identity;
  ASSIGN_OR_RETURN(identity.source, reader.Text());
  ASSIGN_OR_RETURN(identity.event_id, reader.Text());
  return identity;
}

template <typename T>
absl::StatusOr<std::optional<T>> ReadOptional(base::ByteReader& reader,
                                              absl::StatusOr<T> (*read)(base::ByteReader&)) {
  ASSIGN_OR_RETURN(const int64_t present, reader.Int());
  if (present == 0) return std::optional<T>();
  ASSIGN_OR_RETURN(T value, read(reader));
  return std::optional<T>(std::move(value));
}

template <typename E>
absl::Status ReadEnum(base::ByteReader& reader, E& into) {
  ASSIGN_OR_RETURN(const int64_t number, reader.Int());
  into = static_cast<E>(number);
  return absl::OkStatus();
}

absl::StatusOr<Payload> ReadSpend(base::ByteReader& reader) {
  Spend spend;
  RETURN_IF_ERROR(ReadEnum(reader, spend.kind));
  ASSIGN_OR_RETURN(spend.amount, ReadMoney(reader));
  ASSIGN_OR_RETURN(spend.account_time_zone, reader.Text());
  return spend;
}

absl::StatusOr<Payload> ReadTraffic(base::ByteReader& reader) {
  Traffic traffic;
  ASSIGN_OR_RETURN(traffic.impressions, reader.Int());
  ASSIGN_OR_RETURN(traffic.clicks, reader.Int());
  ASSIGN_OR_RETURN(traffic.sessions, reader.Int());
  return traffic;
}

absl::StatusOr<Payload> ReadInquiry(base::ByteReader& reader) {
  Inquiry inquiry;
  RETURN_IF_ERROR(ReadEnum(reader, inquiry.grade));
  RETURN_IF_ERROR(ReadEnum(reader, inquiry.outcome));
  ASSIGN_OR_RETURN(inquiry.buyer_key, reader.Text());
  ASSIGN_OR_RETURN(inquiry.product_line, reader.Text());
  RETURN_IF_ERROR(ReadEnum(reader, inquiry.exclusion));
  ASSIGN_OR_RETURN(inquiry.account, reader.Text());
  return inquiry;
}

absl::StatusOr<Payload> ReadOrder(base::ByteReader& reader) {
  Order order;
  ASSIGN_OR_RETURN(order.value, ReadMoney(reader));
  ASSIGN_OR_RETURN(order.margin, ReadOptional<base::Money>(reader, ReadMoney));
  ASSIGN_OR_RETURN(order.inquiry, ReadOptional<FactIdentity>(reader, ReadIdentity));
  RETURN_IF_ERROR(ReadEnum(reader, order.status));
  return order;
}

absl::StatusOr<Payload> ReadPayment(base::ByteReader& reader) {
  Payment payment;
  ASSIGN_OR_RETURN(payment.amount, ReadMoney(reader));
  ASSIGN_OR_RETURN(payment.order, ReadOptional<FactIdentity>(reader, ReadIdentity));
  return payment;
}

absl::StatusOr<Payload> ReadRefund(base::ByteReader& reader) {
  Refund refund;
  ASSIGN_OR_RETURN(refund.amount, ReadMoney(reader));
  ASSIGN_OR_RETURN(refund.order, ReadIdentity(reader));
  return refund;
}

absl::StatusOr<Payload> ReadPayload(FactKind kind, base::ByteReader& reader) {
  switch (kind) {
    case FactKind::kNone:
      return Payload();
    case FactKind::kSpend:
      return ReadSpend(reader);
    case FactKind::kTraffic:
      return ReadTraffic(reader);
    case FactKind::kInquiry:
      return ReadInquiry(reader);
    case FactKind::kOrder:
      return ReadOrder(reader);
    case FactKind::kPayment:
      return ReadPayment(reader);
    case FactKind::kRefund:
      return ReadRefund(reader);
  }
  return absl::DataLossError("payload of an unknown kind");
}

}  // namespace

std::string EncodePayload(const Payload& payload) {
  base::ByteWriter writer(kPayloadVersion);
  writer.Int(static_cast<int64_t>(payload.index()));
  std::visit(Encoder(writer), payload);
  return writer.bytes();
}

absl::StatusOr<Payload> DecodePayload(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kPayloadVersion));
  ASSIGN_OR_RETURN(const int64_t kind, reader.Int());
  ASSIGN_OR_RETURN(Payload payload, ReadPayload(static_cast<FactKind>(kind), reader));
  if (!reader.at_end()) return absl::DataLossError("payload goes on after its end");
  return payload;
}

std::string PayloadHash(const Fact& fact) {
  base::ByteWriter writer(kHashVersion);
  const Attribution& attribution = fact.attribution;
  writer.Int(static_cast<int64_t>(fact.capture)).Int(fact.occurred_micros);
  writer.Text(attribution.channel.text()).Text(attribution.campaign.text());
  writer.Text(attribution.member.text()).Int(static_cast<int64_t>(attribution.acting_role));
  writer.Text(attribution.team.text());
  writer.Text(EncodePayload(fact.payload));
  return base::Sha256(writer.bytes());
}

}  // namespace argosy::metrics
