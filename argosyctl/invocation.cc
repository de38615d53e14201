#include "argosyctl/invocation.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/time/time.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "argosyctl/request_id.h"
#include "argosyctl/resource_name.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

OutputFormat Invocation::format() const {
  if (flags_.output == "json") return OutputFormat::kJson;
  return flags_.output == "name" ? OutputFormat::kName : OutputFormat::kTable;
}

Printer Invocation::printer() {
  const bool table = format() == OutputFormat::kTable;
  return Printer(environment_.out, format(), table ? FindZone() : absl::UTCTimeZone());
}

absl::TimeZone Invocation::FindZone() {
  absl::TimeZone zone = absl::UTCTimeZone();
  if (session_ == nullptr) return zone;
  const absl::StatusOr<std::string> tenant = Tenant();
  if (!tenant.ok()) return zone;
  tenancy::v1::GetTenantRequest get;
  get.set_name(*tenant);
  const auto answer = session_->Call<tenancy::v1::Tenant>(get);
  if (answer.ok() && !absl::LoadTimeZone(answer->reporting_time_zone(), &zone)) {
    return absl::UTCTimeZone();
  }
  return zone;
}

std::string Invocation::ProfileName() const {
  if (!flags_.profile.empty()) return flags_.profile;
  return environment_.variable("ARGOSY_PROFILE").value_or("default");
}

absl::StatusOr<ProfileStore> Invocation::Profiles() const {
  ASSIGN_OR_RETURN(std::string directory, ConfigDirectory(environment_.variable));
  return ProfileStore(std::move(directory));
}

absl::StatusOr<std::map<std::string, Setting>> Invocation::Settings() const {
  FlagSettings given;
  if (!flags_.address.empty()) given["address"] = flags_.address;
  if (!flags_.tenant.empty()) given["tenant"] = flags_.tenant;
  if (!flags_.timeout.empty()) given["timeout"] = flags_.timeout;
  if (!flags_.tls_ca.empty()) given["tls-ca"] = flags_.tls_ca;
  ProfileSettings profile;
  if (!flags_.profile.empty()) profile.origin = ProfileOrigin::kFlag;
  const bool named = !flags_.profile.empty() || environment_.variable("ARGOSY_PROFILE").has_value();
  const absl::StatusOr<ProfileStore> profiles = Profiles();
  if (named && ProfileName() != profile_made_) {
    RETURN_IF_ERROR(profiles.status());
    RETURN_IF_ERROR(profiles->CheckExists(ProfileName()));
  }
  // Without a home there are no files; flags and environment may do.
  if (profiles.ok()) {
    ASSIGN_OR_RETURN(profile.values, profiles->Read(ProfileName()));
  }
  return ResolveSettings(given, environment_.variable, profile);
}

absl::StatusOr<ClientSession*> Invocation::Session() {
  if (session_ != nullptr) return session_.get();
  ASSIGN_OR_RETURN(const auto settings, Settings());
  const auto value = [&](const std::string& key) {
    const auto setting = settings.find(key);
    return setting == settings.end() ? std::string() : setting->second.value;
  };
  SessionOptions options{.address = value("address"),
                         .tls_ca = value("tls-ca"),
                         .api_token = value("token"),
                         .verbosity = flags_.verbose ? Verbosity::kCalls : Verbosity::kQuiet};
  if (!absl::ParseDuration(value("timeout"), &options.timeout) ||
      options.timeout <= absl::ZeroDuration()) {
    return base::FieldInvalid("timeout", "must be a duration above 0, like 30s");
  }
  ASSIGN_OR_RETURN(session_, ClientSession::Open(options, environment_));
  return session_.get();
}

absl::StatusOr<std::string> Invocation::Tenant() {
  ASSIGN_OR_RETURN(const auto settings, Settings());
  if (const auto named = settings.find("tenant"); named != settings.end()) {
    return ExpandName("argosy.dev/Tenant", named->second.value, "");
  }
  ASSIGN_OR_RETURN(ClientSession * session, Session());
  return session->Tenant();
}

absl::Status Invocation::Complete(Message& request) {
  const google::protobuf::Descriptor* type = request.GetDescriptor();
  const google::protobuf::Reflection* reflection = request.GetReflection();
  const FieldDescriptor* parent = type->FindFieldByName("parent");
  if (parent != nullptr && reflection->GetString(request, parent).empty() &&
      parent->options().GetExtension(common::v1::resource_reference).type() ==
          "argosy.dev/Tenant") {
    ASSIGN_OR_RETURN(std::string tenant, Tenant());
    reflection->SetString(&request, parent, std::move(tenant));
  }
  const FieldDescriptor* request_id = type->FindFieldByName("request_id");
  if (request_id != nullptr && reflection->GetString(request, request_id).empty()) {
    reflection->SetString(
        &request, request_id,
        flags_.request_id.empty() ? NewRequestId(environment_.entropy) : flags_.request_id);
  }
  if (!flags_.dry_run) return absl::OkStatus();
  const FieldDescriptor* validate_only = type->FindFieldByName("validate_only");
  if (validate_only == nullptr) {
    return base::Internal("a dry run is offered that the request does not have");
  }
  reflection->SetBool(&request, validate_only, true);
  return absl::OkStatus();
}

}  // namespace argosy::ctl
