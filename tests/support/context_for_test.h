// Makes contexts without a server.
#ifndef ARGOSY_TESTS_SUPPORT_CONTEXT_FOR_TEST_H_
#define ARGOSY_TESTS_SUPPORT_CONTEXT_FOR_TEST_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "tenants/access.h"
#include "tenants/lifecycle.h"
#include "tenants/request_context.h"

namespace argosy::testing {

// A tenant uid that no other test has: its bytes come from `label`, so it is the same every run.
base::TenantUid TenantUidForTest(absl::string_view label);
// A uid nobody had before: for tests that share one database.
base::TenantUid FreshTenantUid();
// A new request id.
base::Uuid FreshRequestId();

// Builds a RequestContext:
//
//   const RequestContext ctx = ContextForTest(tenant_uid).Role(AccessRole::kMember).Build();
//
// Starts as the owner of tenant "acme" (zone Asia/Shanghai, currency USD) with a fresh request_id,
// a deadline 20 s from now by the machine's clock and `now` = 2026-03-09 04:00:00 UTC.
class ContextForTest {
 public:
  explicit ContextForTest(base::TenantUid tenant);

  ContextForTest& TenantId(absl::string_view id);
  ContextForTest& Kind(tenants::TenantKind kind);
  ContextForTest& Zone(absl::string_view zone);
  ContextForTest& Currency(absl::string_view currency);
  ContextForTest& Actor(absl::string_view actor);
  // The role and all it grants.
  ContextForTest& Role(tenants::AccessRole role);
  ContextForTest& Member(absl::string_view member_id);
  ContextForTest& Permissions(tenants::PermissionSet permissions);
  ContextForTest& Method(absl::string_view method);
  ContextForTest& Resource(absl::string_view resource);
  ContextForTest& RequestId(const base::Uuid& request_id);
  // The request's content: equal payloads have equal hashes.
  ContextForTest& Payload(absl::string_view payload);
  ContextForTest& Now(absl::Time now);
  ContextForTest& Deadline(absl::Time deadline);
  ContextForTest& ValidateOnly();
  ContextForTest& Blanker(tenants::ReplyBlanker blanker);

  // Leaves nothing behind in the builder: call it once.
  tenants::RequestContext Build();

 private:
  tenants::TenantContextFields tenant_;
  tenants::RequestFields request_;
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_CONTEXT_FOR_TEST_H_
