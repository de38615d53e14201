// Lists that stand in the contracts and in tenants/ must be one list.
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosy/common/v1/role.pb.h"
#include "gtest/gtest.h"
#include "tenants/access.h"

namespace argosy::contract {
namespace {

// "TEAMS_READ", "API_TOKENS_MANAGE" and "PLATFORM_OPERATOR" without what only separates words.
std::string Letters(absl::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      letters.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return letters;
}

TEST(Permissions, AreOneList) {
  const auto& type = *common::v1::Permission_descriptor();
  ASSERT_EQ(type.value_count(), tenants::kPermissionLast + 1);
  for (int number = 1; number <= tenants::kPermissionLast; ++number) {
    const auto* value = type.FindValueByNumber(number);
    ASSERT_NE(value, nullptr) << number;
    EXPECT_EQ(
        Letters(value->name()),
        absl::StrCat("permission",
                     Letters(tenants::PermissionName(static_cast<tenants::Permission>(number)))));
  }
}

TEST(AccessRoles, AreOneList) {
  const auto& type = *common::v1::AccessRole_descriptor();
  for (int i = 1; i < type.value_count(); ++i) {
    const auto role = static_cast<tenants::AccessRole>(type.value(i)->number());
    EXPECT_EQ(Letters(type.value(i)->name()),
              absl::StrCat("accessrole", Letters(tenants::AccessRoleName(role))));
    EXPECT_EQ(tenants::FindAccessRole(tenants::AccessRoleName(role)), role);
  }
  EXPECT_EQ(tenants::AccessRoleName(static_cast<tenants::AccessRole>(type.value_count())), "");
}

}  // namespace
}  // namespace argosy::contract
