#include "tests/e2e/running_product.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "argosyd/bootstrap.h"
#include "rpc/status_mapping.h"
#include "tests/support/context_for_test.h"

namespace argosy::testing {
namespace {

namespace v1 = tenancy::v1;

std::string NewRequestId() { return FreshRequestId().ToString(); }

v1::CreateTenantRequest OpeningOf(const std::string& id) {
  v1::CreateTenantRequest request;
  request.set_tenant_id(id);
  request.set_request_id(NewRequestId());
  v1::Tenant& tenant = *request.mutable_tenant();
  tenant.set_display_name("Acme 外贸");
  tenant.set_reporting_time_zone("Asia/Shanghai");
  tenant.set_reporting_currency_code("USD");
  tenant.mutable_blueprint()->set_name("trading-startup");
  tenant.mutable_blueprint()->set_sha256(std::string(64, '0'));
  return request;
}

}  // namespace

absl::Status ToStatus(const grpc::Status& status) { return rpc::FromGrpcStatus(status); }

void Authorize(grpc::ClientContext& call, const std::string& access_token) {
  if (!access_token.empty()) {
    call.AddMetadata("authorization", absl::StrCat("Bearer ", access_token));
  }
}

template <typename T>
T RunningProduct::ValueOrDie(absl::string_view what, absl::StatusOr<T> value) const {
  if (!value.ok()) {
    std::fprintf(stderr, "%s\n%s: %s\n", log_text().c_str(), std::string(what).c_str(),
                 value.status().ToString().c_str());
    std::abort();
  }
  return *std::move(value);
}

RunningProduct::RunningProduct() : log_(base::Log::ToStream(log_stream_, clock_)) {}
RunningProduct::~RunningProduct() = default;

std::unique_ptr<RunningProduct> RunningProduct::Start(const std::vector<std::string>& services) {
  // The constructor is private, so that every product runs.
  std::unique_ptr<RunningProduct> product(new RunningProduct());
  argosyd::Config& config = product->config_;
  config.environment = "test";
  config.issuer = "argosy";
  config.audience = "argosy";
  config.listen = "127.0.0.1:0";
  config.services = services;
  config.migrations_folder = ARGOSY_MIGRATIONS;
  config.token_pepper = std::string(32, 'p');
  config.signing_seal = std::string(32, 's');
  config.page_key = std::string(32, 'k');
  for (const std::string& service : services) {
    auto database = TestDatabase::Create(service);
    config.databases[service] = database->options();
    product->databases_[service] = std::move(database);
  }
  config.directory = config.databases.at("tenancy");
  product->operator_token_ = product->ValueOrDie(
      "bootstrap", argosyd::RunBootstrap(config, product->clock_, {.principal = "operator"}));
  product->Launch();
  return product;
}

void RunningProduct::Launch() {
  process_ = ValueOrDie("start", argosyd::Process::Start(config_, clock_, *log_));
}

void RunningProduct::Restart() {
  process_.reset();
  Launch();
}

absl::StatusOr<std::string> RunningProduct::Exchange(const std::string& api_token,
                                                     const std::string& tenant) {
  const auto stub = v1::AccessService::NewStub(channel());
  v1::ExchangeTokenRequest request;
  request.set_api_token(api_token);
  request.set_tenant(tenant);
  auto reply = Call(*stub, &v1::AccessService::Stub::ExchangeToken, "", request);
  if (!reply.ok()) return reply.status();
  return reply->access_token();
}

std::string RunningProduct::AccessOf(const std::string& api_token) {
  return ValueOrDie("exchange", Exchange(api_token, ""));
}

OnboardedTenant RunningProduct::Grant(OnboardedTenant tenant, const std::string& access,
                                      common::v1::AccessRole role) {
  v1::CreateMembershipRequest grant;
  grant.set_parent(tenant.name);
  grant.set_request_id(NewRequestId());
  grant.mutable_membership()->set_principal(absl::StrCat("person-", ++granted_, "@acme.example"));
  grant.mutable_membership()->set_access_role(role);
  const auto memberships = v1::MembershipService::NewStub(channel());
  tenant.owner =
      ValueOrDie("grant",
                 Call(*memberships, &v1::MembershipService::Stub::CreateMembership, access, grant))
          .name();

  v1::CreateApiTokenRequest token;
  token.set_parent(tenant.name);
  token.set_request_id(NewRequestId());
  token.mutable_api_token()->set_membership(tenant.owner);
  const auto tokens = v1::ApiTokenService::NewStub(channel());
  tenant.api_token =
      ValueOrDie("token", Call(*tokens, &v1::ApiTokenService::Stub::CreateApiToken, access, token))
          .value();
  return tenant;
}

std::string RunningProduct::MemberToken(const OnboardedTenant& tenant) {
  return Grant(tenant, AccessOf(tenant.api_token), common::v1::ACCESS_ROLE_MEMBER).api_token;
}

OnboardedTenant RunningProduct::Onboard() {
  OnboardedTenant made;
  made.id = absl::StrCat("acme-", ++onboarded_);
  made.name = absl::StrCat("tenants/", made.id);
  const std::string operator_access = AccessOf(operator_token_);
  const auto tenants = v1::TenantService::NewStub(channel());
  ValueOrDie("open", Call(*tenants, &v1::TenantService::Stub::CreateTenant, operator_access,
                          OpeningOf(made.id)));
  const std::string access = ValueOrDie("onboard", Exchange(operator_token_, made.name));

  made = Grant(made, access, common::v1::ACCESS_ROLE_OWNER);
  v1::ActivateTenantRequest activation;
  activation.set_name(made.name);
  activation.set_request_id(NewRequestId());
  ValueOrDie("activate",
             Call(*tenants, &v1::TenantService::Stub::ActivateTenant, operator_access, activation));
  return made;
}

}  // namespace argosy::testing
