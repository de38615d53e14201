#include "services/incentives/domain/plan_bytes.h"

#include <cstdint>
#include <utility>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kLayout = 1;

// The alternative of a recipient, stored before its value.
enum class RecipientKind : int64_t { kOrderMember = 1, kMember = 2, kRole = 3 };

void WriteShare(const CreditShare& share, base::ByteWriter& out) {
  if (const auto* member = std::get_if<base::MemberId>(&share.recipient)) {
    out.Int(static_cast<int64_t>(RecipientKind::kMember)).Text(member->text());
  } else if (const auto* role = std::get_if<BusinessRole>(&share.recipient)) {
    out.Int(static_cast<int64_t>(RecipientKind::kRole)).Int(static_cast<int64_t>(*role));
  } else {
    out.Int(static_cast<int64_t>(RecipientKind::kOrderMember));
  }
  out.Int(share.share.numerator).Int(share.share.denominator);
}

void WriteComponent(const Component& component, base::ByteWriter& out) {
  const Commission& commission = component.commission;
  out.Text(component.id.text()).Text(component.display_name);
  out.Int(static_cast<int64_t>(commission.base));
  out.Int(static_cast<int64_t>(commission.accumulation));
  out.Int(static_cast<int64_t>(commission.table.mode));
  out.Int(static_cast<int64_t>(commission.table.boundary));
  out.Int(static_cast<int64_t>(commission.table.tiers.size()));
  for (const Tier& tier : commission.table.tiers) {
    out.Int(tier.from_minor).Int(tier.rate.value());
  }
  out.Int(static_cast<int64_t>(commission.credit_rule.kind));
  out.Int(static_cast<int64_t>(commission.credit_rule.shares.size()));
  for (const CreditShare& share : commission.credit_rule.shares) WriteShare(share, out);
}

absl::Status Broken() { return absl::DataLossError("not the canonical bytes of a plan"); }

// Reads a number of 1 to `last` as an enum.
template <typename Enum>
absl::StatusOr<Enum> ReadEnum(base::ByteReader& in, int64_t last) {
  ASSIGN_OR_RETURN(const int64_t number, in.Int());
  if (number < 1 || number > last) return Broken();
  return static_cast<Enum>(number);
}

absl::StatusOr<size_t> ReadCount(base::ByteReader& in, size_t most) {
  ASSIGN_OR_RETURN(const int64_t count, in.Int());
  if (count < 0 || count > static_cast<int64_t>(most)) return Broken();
  return static_cast<size_t>(count);
}

absl::StatusOr<Recipient> ReadRecipient(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const auto kind, ReadEnum<RecipientKind>(in, 3));
  if (kind == RecipientKind::kOrderMember) return Recipient(OrderMember{});
  if (kind == RecipientKind::kRole) {
    ASSIGN_OR_RETURN(const auto role,
                     ReadEnum<BusinessRole>(in, static_cast<int64_t>(BusinessRole::kAgency)));
    return Recipient(role);
  }
  ASSIGN_OR_RETURN(const std::string text, in.Text());
  ASSIGN_OR_RETURN(base::MemberId member, base::MemberId::Parse(text));
  return Recipient(std::move(member));
}

absl::StatusOr<TierTable> ReadTable(base::ByteReader& in) {
  TierTable table;
  ASSIGN_OR_RETURN(table.mode, ReadEnum<TierMode>(in, 2));
  ASSIGN_OR_RETURN(table.boundary, ReadEnum<Boundary>(in, 2));
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, TierTable::kTiersMax));
  if (count == 0) return Broken();
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const int64_t from, in.Int());
    ASSIGN_OR_RETURN(const int64_t rate, in.Int());
    table.tiers.push_back({.from_minor = from, .rate = base::Ppm(rate)});
  }
  return table;
}

absl::StatusOr<CreditRule> ReadCreditRule(base::ByteReader& in) {
  CreditRule rule;
  ASSIGN_OR_RETURN(rule.kind, ReadEnum<CreditKind>(in, 3));
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, CreditRule::kSharesMax));
  for (size_t i = 0; i < count; ++i) {
    CreditShare share;
    ASSIGN_OR_RETURN(share.recipient, ReadRecipient(in));
    ASSIGN_OR_RETURN(share.share.numerator, in.Int());
    ASSIGN_OR_RETURN(share.share.denominator, in.Int());
    rule.shares.push_back(std::move(share));
  }
  return rule;
}

absl::StatusOr<Component> ReadComponent(base::ByteReader& in) {
  Component component;
  ASSIGN_OR_RETURN(const std::string id, in.Text());
  ASSIGN_OR_RETURN(component.id, ComponentId::Parse(id));
  ASSIGN_OR_RETURN(component.display_name, in.Text());
  ASSIGN_OR_RETURN(component.commission.base, ReadEnum<CommissionBase>(in, 2));
  ASSIGN_OR_RETURN(component.commission.accumulation, ReadEnum<Accumulation>(in, 3));
  ASSIGN_OR_RETURN(component.commission.table, ReadTable(in));
  ASSIGN_OR_RETURN(component.commission.credit_rule, ReadCreditRule(in));
  return component;
}

}  // namespace

std::string ToCanonicalBytes(const base::Currency& currency, const PlanSpec& spec) {
  base::ByteWriter out(kLayout);
  out.Text(currency.code()).Int(static_cast<int64_t>(spec.components.size()));
  for (const Component& component : spec.components) WriteComponent(component, out);
  return out.bytes();
}

absl::StatusOr<PlanSpec> ParseCanonicalSpec(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kLayout));
  RETURN_IF_ERROR(in.Text().status());
  ASSIGN_OR_RETURN(const size_t count, ReadCount(in, PlanSpec::kComponentsMax));
  PlanSpec spec;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(Component component, ReadComponent(in));
    spec.components.push_back(std::move(component));
  }
  if (!in.at_end()) return Broken();
  return spec;
}

std::string ComputeContentHash(const base::Currency& currency, const PlanSpec& spec) {
  return base::Sha256(ToCanonicalBytes(currency, spec));
}

}  // namespace argosy::incentives
