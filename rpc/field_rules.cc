#include "rpc/field_rules.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "google/protobuf/unknown_field_set.h"

namespace argosy::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Rules = buf::validate::FieldRules;

absl::Status Refuse(const std::string& where, absl::string_view why) {
  return base::Internal(absl::StrCat("validation rule of ", where, ": ", why));
}

// An option this program has no definition for stays among the unknown fields; there it would be
// passed over in silence.
bool HasUnknown(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return true;
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      if (HasUnknown(reflection.GetMessage(message, field))) return true;
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      if (HasUnknown(reflection.GetRepeatedMessage(message, field, i))) return true;
    }
  }
  return false;
}

template <typename IntRules>
absl::Status CompileInt(const IntRules& rules, const std::string& where, ValueRules& out) {
  using Limits = std::numeric_limits<decltype(rules.gte())>;
  if (rules.has_gt() && rules.gt() == Limits::max()) return Refuse(where, "gt excludes everything");
  if (rules.has_lt() && rules.lt() == Limits::min()) return Refuse(where, "lt excludes everything");
  if (rules.has_gte()) out.at_least = rules.gte();
  if (rules.has_gt()) out.at_least = int64_t{rules.gt()} + 1;
  if (rules.has_lte()) out.at_most = rules.lte();
  if (rules.has_lt()) out.at_most = int64_t{rules.lt()} - 1;
  if (out.at_least && out.at_most && *out.at_least > *out.at_most) {
    return Refuse(where, "lower bound above the upper");
  }
  return absl::OkStatus();
}

absl::Status CompileString(const buf::validate::StringRules& rules, const std::string& where,
                           ValueRules& out) {
  if (rules.has_min_len()) out.length_min = rules.min_len();
  if (rules.has_max_len()) out.length_max = rules.max_len();
  if (rules.has_max_bytes()) out.bytes_max = rules.max_bytes();
  out.uuid = rules.uuid();
  if (rules.has_pattern()) {
    out.pattern = std::make_unique<RE2>(rules.pattern(), RE2::Quiet);
    if (!out.pattern->ok()) return Refuse(where, absl::StrCat("pattern: ", out.pattern->error()));
  }
  return absl::OkStatus();
}

// `type` is the type the rules are for: that of the field, of its items, of a map's key or value.
absl::Status CompileValue(const Rules& rules, const FieldDescriptor& type, const std::string& where,
                          ValueRules& out) {
  out.ignore_zero = rules.ignore() == buf::validate::IGNORE_IF_ZERO_VALUE;
  const auto mismatch = [&](bool fits) {
    return fits ? absl::OkStatus() : Refuse(where, "is for another type than the field's");
  };
  switch (rules.type_case()) {
    case Rules::TYPE_NOT_SET:
      return absl::OkStatus();
    case Rules::kInt32:
      RETURN_IF_ERROR(mismatch(type.type() == FieldDescriptor::TYPE_INT32));
      return CompileInt(rules.int32(), where, out);
    case Rules::kInt64:
      RETURN_IF_ERROR(mismatch(type.type() == FieldDescriptor::TYPE_INT64));
      return CompileInt(rules.int64(), where, out);
    case Rules::kString:
      RETURN_IF_ERROR(mismatch(type.type() == FieldDescriptor::TYPE_STRING));
      return CompileString(rules.string(), where, out);
    case Rules::kBytes:
      RETURN_IF_ERROR(mismatch(type.type() == FieldDescriptor::TYPE_BYTES));
      if (rules.bytes().has_min_len()) out.length_min = rules.bytes().min_len();
      if (rules.bytes().has_max_len()) out.length_max = rules.bytes().max_len();
      return absl::OkStatus();
    case Rules::kEnum:
      RETURN_IF_ERROR(mismatch(type.type() == FieldDescriptor::TYPE_ENUM));
      out.defined_only = rules.enum_().defined_only();
      out.not_in.assign(rules.enum_().not_in().begin(), rules.enum_().not_in().end());
      return absl::OkStatus();
    case Rules::kRepeated:
    case Rules::kMap:
      return Refuse(where, "stands inside another collection");
  }
  return Refuse(where, "is unknown");
}

// Rules of an item, key or value: presence has no meaning there.
absl::Status CompileElement(const Rules& rules, const FieldDescriptor& type,
                            const std::string& where, ValueRules& out) {
  if (rules.has_required() || rules.ignore() == buf::validate::IGNORE_ALWAYS) {
    return Refuse(where, "required and IGNORE_ALWAYS have no meaning inside a collection");
  }
  return CompileValue(rules, type, where, out);
}

absl::Status CompileRepeated(const buf::validate::RepeatedRules& rules,
                             const FieldDescriptor& field, FieldRules& out) {
  if (rules.has_min_items()) out.count_min = rules.min_items();
  if (rules.has_max_items()) out.count_max = rules.max_items();
  out.unique = rules.unique();
  if (out.unique && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return Refuse(field.full_name(), "unique is for scalars and enums");
  }
  return CompileElement(rules.items(), field, field.full_name(), out.value);
}

absl::Status CompileMap(const buf::validate::MapRules& rules, const FieldDescriptor& field,
                        FieldRules& out) {
  if (rules.has_min_pairs()) out.count_min = rules.min_pairs();
  if (rules.has_max_pairs()) out.count_max = rules.max_pairs();
  const auto& entry = *field.message_type();
  RETURN_IF_ERROR(CompileElement(rules.keys(), *entry.map_key(), field.full_name(), out.key));
  return CompileElement(rules.values(), *entry.map_value(), field.full_name(), out.value);
}

}  // namespace

absl::StatusOr<std::optional<FieldRules>> CompileField(const FieldDescriptor& field) {
  const std::string& where = field.full_name();
  if (HasUnknown(field.options()))
    return Refuse(where, "is outside the subset (an unknown option)");
  const Rules& rules = field.options().GetExtension(buf::validate::field);
  if (rules.ignore() == buf::validate::IGNORE_ALWAYS) return std::optional<FieldRules>();
  FieldRules out;
  out.field = &field;
  out.required = rules.required();
  out.ignore_if_zero = rules.ignore() == buf::validate::IGNORE_IF_ZERO_VALUE;
  if (field.is_map()) {
    if (rules.type_case() != Rules::TYPE_NOT_SET && !rules.has_map()) {
      return Refuse(where, "is not for a map");
    }
    RETURN_IF_ERROR(CompileMap(rules.map(), field, out));
  } else if (field.is_repeated()) {
    if (rules.type_case() != Rules::TYPE_NOT_SET && !rules.has_repeated()) {
      return Refuse(where, "is not for a repeated field");
    }
    RETURN_IF_ERROR(CompileRepeated(rules.repeated(), field, out));
  } else {
    RETURN_IF_ERROR(CompileValue(rules, field, where, out.value));
  }
  if (out.count_min && out.count_max && *out.count_min > *out.count_max) {
    return Refuse(where, "lower bound above the upper");
  }
  return std::optional<FieldRules>(std::move(out));
}

absl::StatusOr<std::vector<const google::protobuf::OneofDescriptor*>> CompileOneofs(
    const google::protobuf::Descriptor& type) {
  if (HasUnknown(type.options())) {
    return Refuse(type.full_name(), "is outside the subset (an unknown message option)");
  }
  std::vector<const google::protobuf::OneofDescriptor*> required;
  for (int i = 0; i < type.oneof_decl_count(); ++i) {
    const auto& oneof = *type.oneof_decl(i);
    if (HasUnknown(oneof.options())) {
      return Refuse(oneof.full_name(), "is outside the subset (an unknown oneof option)");
    }
    if (oneof.options().GetExtension(buf::validate::oneof).required()) required.push_back(&oneof);
  }
  return required;
}

}  // namespace argosy::rpc
