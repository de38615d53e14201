// The reasons in the code and those of the contract are the same.
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/status_mapping.h"
#include "tests/contract/contracts.h"

namespace argosy::contract {
namespace {

namespace fs = std::filesystem;

constexpr char kPrefix[] = "ERROR_REASON_";

// Reasons the contract promises to features that are not there yet. One that is sent must leave
// this list.
const std::set<std::string> kNotYetSent = {"DELEGATION_INACTIVE", "FEATURE_DISABLED",
                                           "PERIOD_CLOSED",       "QUOTA_EXCEEDED",
                                           "RATE_LIMITED",        "STEP_UP_REQUIRED"};

std::set<std::string> ReasonsOfTheContract(const Contracts& contracts) {
  std::set<std::string> reasons;
  for (const auto* type : contracts.enums()) {
    if (type->full_name() != "argosy.common.v1.ErrorReason") continue;
    for (int i = 1; i < type->value_count(); ++i) {
      reasons.insert(type->value(i)->name().substr(std::string(kPrefix).size()));
    }
  }
  return reasons;
}

// What the product's own sources say: quoted texts that look like reasons, and those given as one.
struct Sources {
  std::set<std::string> quoted;
  std::set<std::string> given;
};

Sources ReadSources() {
  Sources sources;
  const RE2 quoted(R"re("([A-Z][A-Z0-9_]+[A-Z0-9])")re");
  const RE2 given(R"re(reason\s*=\s*"([^"]*)")re");
  for (const char* room : {"base", "storage", "tenants", "rpc", "services"}) {
    for (const auto& entry : fs::recursive_directory_iterator(room)) {
      const std::string path = entry.path().generic_string();
      const bool source = absl::EndsWith(path, ".cc") || absl::EndsWith(path, ".h");
      // The table of codes names every shared reason without sending any.
      if (!source || absl::EndsWith(path, "_test.cc") || path == "rpc/status_mapping.cc") continue;
      std::ifstream in(entry.path());
      const std::string text((std::istreambuf_iterator<char>(in)), {});
      re2::StringPiece rest(text);
      std::string found;
      while (RE2::FindAndConsume(&rest, quoted, &found)) sources.quoted.insert(found);
      rest = text;
      while (RE2::FindAndConsume(&rest, given, &found)) sources.given.insert(found);
    }
  }
  return sources;
}

TEST(Reasons, GivenInTheCodeAreInTheContract) {
  const std::set<std::string> known = ReasonsOfTheContract(Contracts());
  const Sources sources = ReadSources();
  EXPECT_GT(sources.given.size(), 20U);
  for (const std::string& reason : sources.given) EXPECT_EQ(known.count(reason), 1U) << reason;
}

TEST(Reasons, InTheContractAreGivenInTheCode) {
  const Sources sources = ReadSources();
  for (const std::string& reason : ReasonsOfTheContract(Contracts())) {
    EXPECT_NE(sources.quoted.count(reason), kNotYetSent.count(reason)) << reason;
  }
}

TEST(Reasons, HaveTheFormThatErrorInfoAsksFor) {
  for (const std::string& reason : ReasonsOfTheContract(Contracts())) {
    EXPECT_TRUE(RE2::FullMatch(reason, "[A-Z][A-Z0-9_]+[A-Z0-9]")) << reason;
    EXPECT_LE(reason.size(), 63U) << reason;
  }
}

TEST(Reasons, SayTheirCodeFirst) {
  const Contracts contracts;
  for (const auto* type : contracts.enums()) {
    if (type->full_name() != "argosy.common.v1.ErrorReason") continue;
    for (int i = 1; i < type->value_count(); ++i) {
      const std::string reason = type->value(i)->name().substr(std::string(kPrefix).size());
      const auto code = rpc::CodeOfReason(reason);
      if (!code) continue;
      EXPECT_THAT(CommentOf(*type->value(i)),
                  ::testing::StartsWith(absl::StrCat(" ", absl::StatusCodeToString(*code), ":")))
          << reason;
    }
  }
}

}  // namespace
}  // namespace argosy::contract
