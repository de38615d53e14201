#include "rpc/tenant_walk.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/status_macros.h"
#include "google/protobuf/any.pb.h"
#include "rpc/errors.h"
#include "rpc/field_path.h"

namespace argosy::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Collections that belong to no tenant.
constexpr std::array<absl::string_view, 2> kGlobalCollections = {"users/", "agencies/"};

// The type of a reference that may be a text that names nothing.
constexpr absl::string_view kAnyTypeOrText = "*";

// "acme" of "tenants/acme/teams/east"; "" when the collection is of no tenant.
absl::StatusOr<absl::string_view> TenantSegment(absl::string_view name, const FieldPath& path) {
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, "tenants/")) {
    const absl::string_view tenant = rest.substr(0, rest.find('/'));
    if (base::IsSlug(tenant)) return tenant;
  } else if (std::any_of(kGlobalCollections.begin(), kGlobalCollections.end(),
                         [&](absl::string_view c) { return absl::StartsWith(name, c); })) {
    return absl::string_view();
  }
  return base::FieldInvalid(Spell(path), absl::StrCat("'", absl::CHexEscape(name.substr(0, 64)),
                                                      "' does not begin with tenants/{tenant}"));
}

}  // namespace

struct TenantWalk::Step {
  enum class Kind { kName, kMessage, kAny };

  const FieldDescriptor* field = nullptr;
  Kind kind = Kind::kName;
  const Plan* below = nullptr;  // of kMessage
};

struct TenantWalk::Plan {
  std::vector<Step> steps;
  bool complete = false;  // false while the types below are still being read
};

class TenantWalk::Walker {
 public:
  absl::Status Walk(const Plan& plan, const Message& message, const FieldPath& above) {
    const Reflection& reflection = *message.GetReflection();
    for (const Step& step : plan.steps) {
      const FieldPath here{&above, step.field->name()};
      if (step.field->is_repeated()) {
        RETURN_IF_ERROR(TakeItems(step, message, here));
      } else if (reflection.HasField(message, step.field)) {
        RETURN_IF_ERROR(TakeSingle(step, message, here));
      }
    }
    return absl::OkStatus();
  }

  absl::string_view tenant() const { return tenant_; }

 private:
  // What was found so far must agree with what is found now.
  absl::Status Agree(absl::string_view tenant, const FieldPath& path) {
    if (tenant.empty() || tenant == tenant_) return absl::OkStatus();
    if (!tenant_.empty()) return TenantMismatch(Spell(path));
    tenant_ = tenant;
    return absl::OkStatus();
  }

  absl::Status TakeSingle(const Step& step, const Message& message, const FieldPath& path) {
    const Reflection& reflection = *message.GetReflection();
    if (step.kind == Step::Kind::kName) {
      std::string scratch;
      return TakeName(reflection.GetStringReference(message, step.field, &scratch), *step.field,
                      path);
    }
    return TakeMessage(step, reflection.GetMessage(message, step.field), path);
  }

  absl::Status TakeItems(const Step& step, const Message& message, FieldPath path) {
    const int count = message.GetReflection()->FieldSize(message, step.field);
    for (int i = 0; i < count; ++i) {
      path.index = i;
      RETURN_IF_ERROR(TakeItem(step, message, path));
    }
    return absl::OkStatus();
  }

  absl::Status TakeItem(const Step& step, const Message& message, const FieldPath& path) {
    const Reflection& reflection = *message.GetReflection();
    const int index = static_cast<int>(path.index);
    if (step.kind == Step::Kind::kName && !step.field->is_map()) {
      std::string scratch;
      return TakeName(reflection.GetRepeatedStringReference(message, step.field, index, &scratch),
                      *step.field, path);
    }
    const Message& item = reflection.GetRepeatedMessage(message, step.field, index);
    if (step.kind != Step::Kind::kName) return TakeMessage(step, item, path);
    const FieldDescriptor& value = *item.GetDescriptor()->map_value();
    std::string scratch;
    return TakeName(item.GetReflection()->GetStringReference(item, &value, &scratch), *step.field,
                    path);
  }

  absl::Status TakeName(absl::string_view name, const FieldDescriptor& field,
                        const FieldPath& path) {
    if (name.empty()) return absl::OkStatus();
    const bool may_be_text =
        field.options().GetExtension(common::v1::resource_reference).type() == kAnyTypeOrText;
    if (may_be_text && !absl::StartsWith(name, "tenants/")) return absl::OkStatus();
    ASSIGN_OR_RETURN(const absl::string_view tenant, TenantSegment(name, path));
    return Agree(tenant, path);
  }

  absl::Status TakeMessage(const Step& step, const Message& message, const FieldPath& path) {
    if (step.kind == Step::Kind::kMessage) return Walk(*step.below, message, path);
    return TakeAny(message, path);
  }

  // A type inside an Any is known only now; its plan is made for this one walk.
  absl::Status TakeAny(const Message& message, const FieldPath& path) {
    google::protobuf::Any any;
    any.CopyFrom(message);
    const size_t slash = any.type_url().rfind('/');
    const Descriptor* type =
        slash == std::string::npos
            ? nullptr
            : google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
                  any.type_url().substr(slash + 1));
    if (type == nullptr) {
      return base::FieldInvalid(Spell(path), "holds a message of unknown type");
    }
    // The tenant found may be a piece of it.
    anys_.emplace_back(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
    const Message& inner = *anys_.back();
    if (!anys_.back()->ParseFromString(any.value())) {
      return base::FieldInvalid(Spell(path), "does not hold a message of its type");
    }
    TenantWalk walk;
    RETURN_IF_ERROR(walk.Add(*type));
    return Walk(walk.PlanOf(*type), inner, path);
  }

  absl::string_view tenant_;
  std::vector<std::unique_ptr<Message>> anys_;
};

TenantWalk::TenantWalk() = default;
TenantWalk::~TenantWalk() = default;
TenantWalk::TenantWalk(TenantWalk&&) noexcept = default;
TenantWalk& TenantWalk::operator=(TenantWalk&&) noexcept = default;

absl::Status TenantWalk::Add(const Descriptor& type) {
  const auto [position, fresh] = plans_.try_emplace(&type);
  if (!fresh) return absl::OkStatus();
  position->second = std::make_unique<Plan>();
  Plan& plan = *position->second;
  for (int i = 0; i < type.field_count(); ++i) RETURN_IF_ERROR(AddStep(*type.field(i), plan));
  plan.complete = true;
  return absl::OkStatus();
}

absl::Status TenantWalk::AddStep(const FieldDescriptor& field, Plan& plan) {
  if (field.options().HasExtension(common::v1::resource_reference)) {
    const FieldDescriptor& value = field.is_map() ? *field.message_type()->map_value() : field;
    if (value.type() != FieldDescriptor::TYPE_STRING) {
      return base::Internal(
          absl::StrCat("resource_reference on ", field.full_name(), ", which is not a string"));
    }
    plan.steps.push_back({.field = &field, .kind = Step::Kind::kName});
    return absl::OkStatus();
  }
  const Descriptor* nested = field.message_type();
  if (nested == nullptr) return absl::OkStatus();
  if (nested == google::protobuf::Any::descriptor()) {
    plan.steps.push_back({.field = &field, .kind = Step::Kind::kAny});
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Add(*nested));
  const Plan& below = PlanOf(*nested);
  if (below.complete && below.steps.empty()) return absl::OkStatus();
  plan.steps.push_back({.field = &field, .kind = Step::Kind::kMessage, .below = &below});
  return absl::OkStatus();
}

const TenantWalk::Plan& TenantWalk::PlanOf(const Descriptor& type) const {
  return *plans_.at(&type);
}

absl::StatusOr<std::string> TenantWalk::TenantOf(const Message& message) const {
  const auto plan = plans_.find(message.GetDescriptor());
  if (plan == plans_.end()) {
    return base::Internal(absl::StrCat("no walk was planned for ", message.GetTypeName()));
  }
  Walker walker;
  RETURN_IF_ERROR(walker.Walk(*plan->second, message, FieldPath()));
  return std::string(walker.tenant());
}

}  // namespace argosy::rpc
