// Typed identifiers. An id is made by Parse (text from outside) or by an IdSource (a new one), and
// one kind of id can never be passed where another is expected.
#ifndef ARGOSY_BASE_IDS_H_
#define ARGOSY_BASE_IDS_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/random.h"

namespace argosy::base {

// 128 bits, shown as 8-4-4-4-12 lower-case hex (RFC 9562), stored as BINARY(16).
class Uuid {
 public:
  static constexpr size_t kBytes = 16;

  Uuid() : bytes_{} {}
  // INVALID_ARGUMENT / FIELD_INVALID (field "uuid") unless `text` is the canonical lower-case form.
  static absl::StatusOr<Uuid> Parse(absl::string_view text);
  // INTERNAL unless exactly 16 bytes.
  static absl::StatusOr<Uuid> FromBytes(absl::string_view bytes);

  std::string ToString() const;
  std::string ToBytes() const;
  bool is_nil() const { return *this == Uuid(); }

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Uuid& id) {
    return H::combine(std::move(h), id.bytes_);
  }

 private:
  friend class IdSource;
  std::array<uint8_t, kBytes> bytes_;
};

// Makes UUIDv7: 48 bits of milliseconds, then random bits, so that new rows land at the end of an
// index. Thread-safe as far as its entropy is.
class IdSource {
 public:
  explicit IdSource(EntropySource& entropy) : entropy_(entropy) {}
  Uuid NewUuid(absl::Time now);

 private:
  EntropySource& entropy_;
};

// True for [a-z][a-z0-9-]{2,62}: the ids that people choose.
bool IsSlug(absl::string_view text);

// The id of a name, "Mei-Mei Johns" to "mei-mei-johns": ASCII letters lowered, every run of
// anything else one "-", none at either end. INVALID_ARGUMENT / SLUG_IMPOSSIBLE when that is no
// slug, and for any letter beyond ASCII: dropping it would give two people one id.
absl::StatusOr<std::string> SlugFromName(absl::string_view name);

// A Uuid of one kind. `Tag` is any type; each kind declares its own.
template <typename Tag>
class UuidOf {
 public:
  UuidOf() = default;
  explicit UuidOf(Uuid uuid) : uuid_(uuid) {}
  static absl::StatusOr<UuidOf> Parse(absl::string_view text) {
    auto uuid = Uuid::Parse(text);
    if (!uuid.ok()) return uuid.status();
    return UuidOf(*uuid);
  }
  const Uuid& uuid() const { return uuid_; }
  std::string ToString() const { return uuid_.ToString(); }
  std::string ToBytes() const { return uuid_.ToBytes(); }

  friend auto operator<=>(const UuidOf&, const UuidOf&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const UuidOf& id) {
    return H::combine(std::move(h), id.uuid_);
  }

 private:
  Uuid uuid_;
};

absl::Status SlugInvalid(absl::string_view text);

// A slug of one kind.
template <typename Tag>
class SlugOf {
 public:
  SlugOf() = default;
  // INVALID_ARGUMENT / FIELD_INVALID unless IsSlug(text).
  static absl::StatusOr<SlugOf> Parse(absl::string_view text) {
    if (!IsSlug(text)) return SlugInvalid(text);
    return SlugOf(std::string(text));
  }
  const std::string& text() const { return text_; }

  friend auto operator<=>(const SlugOf&, const SlugOf&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const SlugOf& id) {
    return H::combine(std::move(h), id.text_);
  }

 private:
  explicit SlugOf(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// The kinds more than one room speaks of.
using TenantUid = UuidOf<struct TenantUidTag>;    // the key of every tenant row
using TenantId = SlugOf<struct TenantIdTag>;      // "acme" of tenants/acme
using MemberId = SlugOf<struct MemberIdTag>;      // tenants/acme/members/li-wei
using TeamId = SlugOf<struct TeamIdTag>;          // tenants/acme/teams/east
using ChannelId = SlugOf<struct ChannelIdTag>;    // tenants/acme/channels/google-ads
using CampaignId = SlugOf<struct CampaignIdTag>;  // tenants/acme/campaigns/spring
using PlanId = SlugOf<struct PlanIdTag>;          // tenants/acme/plans/sales-2026

}  // namespace argosy::base

#endif  // ARGOSY_BASE_IDS_H_
