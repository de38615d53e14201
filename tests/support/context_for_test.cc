#include "tests/support/context_for_test.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/random.h"

namespace argosy::testing {
namespace {

// Longer than any statement of a test, so that only tests of deadlines see one.
constexpr absl::Duration kTestDeadline = absl::Seconds(20);

base::Uuid FreshUuid() {
  const std::unique_ptr<base::EntropySource> entropy = base::NewSystemEntropy();
  return base::IdSource(*entropy).NewUuid(base::SystemClock().Now());
}

template <typename Id>
Id Parsed(absl::string_view text) {
  absl::StatusOr<Id> id = Id::Parse(text);
  if (!id.ok()) std::abort();
  return *id;
}

}  // namespace

base::TenantUid TenantUidForTest(absl::string_view label) {
  return base::TenantUid(*base::Uuid::FromBytes(base::Sha256(label).substr(0, 16)));
}

base::TenantUid FreshTenantUid() { return base::TenantUid(FreshUuid()); }

base::Uuid FreshRequestId() { return FreshUuid(); }

ContextForTest::ContextForTest(base::TenantUid tenant) {
  tenant_.tenant_uid = tenant;
  tenant_.tenant_id = Parsed<base::TenantId>("acme");
  tenant_.reporting_time_zone = "Asia/Shanghai";
  tenant_.reporting_currency = "USD";
  tenant_.actor = "memberships/test-owner";
  tenant_.deadline = base::SystemClock().Now() + kTestDeadline;
  Role(tenants::AccessRole::kOwner);
  request_.request_id = FreshRequestId();
  request_.call_id = FreshRequestId().ToString();
  request_.method = "argosy.test.v1.TestService/Test";
  request_.resource = "tenants/acme";
  request_.now = absl::FromUnixSeconds(1'773'028'800);  // 2026-03-09 04:00:00 UTC
  Payload("");
}

ContextForTest& ContextForTest::TenantId(absl::string_view id) {
  tenant_.tenant_id = Parsed<base::TenantId>(id);
  request_.resource = absl::StrCat("tenants/", id);
  return *this;
}

ContextForTest& ContextForTest::Kind(tenants::TenantKind kind) {
  tenant_.tenant_kind = kind;
  return *this;
}

ContextForTest& ContextForTest::Zone(absl::string_view zone) {
  tenant_.reporting_time_zone = std::string(zone);
  return *this;
}

ContextForTest& ContextForTest::Currency(absl::string_view currency) {
  tenant_.reporting_currency = std::string(currency);
  return *this;
}

ContextForTest& ContextForTest::Actor(absl::string_view actor) {
  tenant_.actor = std::string(actor);
  return *this;
}

ContextForTest& ContextForTest::Role(tenants::AccessRole role) {
  tenant_.access_role = role;
  tenant_.permissions = tenants::PermissionsOf(role);
  return *this;
}

ContextForTest& ContextForTest::Member(absl::string_view member_id) {
  tenant_.member_id = Parsed<base::MemberId>(member_id);
  return *this;
}

ContextForTest& ContextForTest::Permissions(tenants::PermissionSet permissions) {
  tenant_.permissions = permissions;
  return *this;
}

ContextForTest& ContextForTest::Method(absl::string_view method) {
  request_.method = std::string(method);
  return *this;
}

ContextForTest& ContextForTest::Resource(absl::string_view resource) {
  request_.resource = std::string(resource);
  return *this;
}

ContextForTest& ContextForTest::RequestId(const base::Uuid& request_id) {
  request_.request_id = request_id;
  return *this;
}

ContextForTest& ContextForTest::Payload(absl::string_view payload) {
  request_.payload_hash = base::Sha256(payload);
  return *this;
}

ContextForTest& ContextForTest::Now(absl::Time now) {
  request_.now = now;
  return *this;
}

ContextForTest& ContextForTest::Deadline(absl::Time deadline) {
  tenant_.deadline = deadline;
  return *this;
}

ContextForTest& ContextForTest::ValidateOnly() {
  request_.effect = tenants::Effect::kValidateOnly;
  return *this;
}

ContextForTest& ContextForTest::Blanker(tenants::ReplyBlanker blanker) {
  request_.blank_secrets = std::move(blanker);
  return *this;
}

tenants::RequestContext ContextForTest::Build() {
  return tenants::RequestContext(tenants::ContextKey(), std::move(request_),
                                 tenants::TenantContext(tenants::ContextKey(), std::move(tenant_)));
}

}  // namespace argosy::testing
