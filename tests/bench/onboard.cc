#include "tests/bench/onboard.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "argosyctl/client_session.h"
#include "argosyctl/demonstration/company_messages.h"
#include "argosyctl/onboarding.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/status_macros.h"
#include "demo/generator.h"

namespace argosy::bench {

absl::Status OpenTenant(const std::string& operator_token, Target& target) {
  const base::SystemClock clock;
  const auto entropy = base::NewSystemEntropy();
  const ctl::Environment environment{.in = std::cin,
                                     .out = std::cerr,
                                     .err = std::cerr,
                                     .clock = clock,
                                     .entropy = *entropy,
                                     .variable = [](const std::string&) { return std::nullopt; },
                                     .wait = [](absl::Duration) {}};
  ASSIGN_OR_RETURN(const auto session,
                   ctl::ClientSession::Open(
                       {.address = target.address, .api_token = operator_token}, environment));
  const demo::Company company =
      demo::MakeCompanyOfSize(demo::CompanyKind::kValidate, demo::GenerateOptions::kSeed, 1'000);
  std::string token;
  RETURN_IF_ERROR(ctl::Onboarding(*session)
                      .Run(ctl::ToOnboardingPlan(company), token,
                           [](const std::string&) { return absl::OkStatus(); })
                      .status());
  target.tenant = absl::StrCat("tenants/", company.tenant_id);
  target.api_token = token;
  return absl::OkStatus();
}

}  // namespace argosy::bench
