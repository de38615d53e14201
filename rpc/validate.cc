#include "rpc/validate.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "rpc/field_path.h"
#include "rpc/field_rules.h"

namespace argosy::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// One value read by reflection, whatever its type.
struct Value {
  int64_t number = 0;
  const std::string* text = nullptr;
  const Message* message = nullptr;
  bool zero = false;
};

size_t CodePoints(absl::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

// Either case, as RFC 9562 asks of a reader.
bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const auto c = static_cast<unsigned char>(text[i]);
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(c)) return false;
  }
  return true;
}

// `index` < 0 reads a singular field. `scratch` holds a string that has no other home.
Value Read(const Message& message, const FieldDescriptor& field, int index, std::string& scratch) {
  const Reflection& reflection = *message.GetReflection();
  const bool single = index < 0;
  Value value;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      value.number = single ? reflection.GetInt32(message, &field)
                            : reflection.GetRepeatedInt32(message, &field, index);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      value.number = single ? reflection.GetInt64(message, &field)
                            : reflection.GetRepeatedInt64(message, &field, index);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      value.number = single ? reflection.GetEnumValue(message, &field)
                            : reflection.GetRepeatedEnumValue(message, &field, index);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      value.text = single
                       ? &reflection.GetStringReference(message, &field, &scratch)
                       : &reflection.GetRepeatedStringReference(message, &field, index, &scratch);
      value.zero = value.text->empty();
      return value;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      value.message = single ? &reflection.GetMessage(message, &field)
                             : &reflection.GetRepeatedMessage(message, &field, index);
      return value;
    default:
      // No rule of the subset reads the other types.
      return value;
  }
  value.zero = value.number == 0;
  return value;
}

class Evaluation {
 public:
  void CheckMessage(const MessageRules& rules, const Message& message, const FieldPath& path) {
    const Reflection& reflection = *message.GetReflection();
    for (const auto* oneof : rules.oneofs_required) {
      if (!reflection.HasOneof(message, oneof)) {
        Report({&path, oneof->name()}, "one of its members must be set");
      }
    }
    for (const FieldRules& field : rules.fields) {
      const FieldPath here{&path, field.field->name()};
      if (field.field->is_repeated()) {
        CheckCollection(field, message, here);
      } else {
        CheckSingular(field, message, here);
      }
    }
  }

  absl::Status Finish() && {
    if (violations_.empty()) return absl::OkStatus();
    absl::Status status = base::FieldsInvalid(std::move(violations_));
    if (left_out_ == 0) return status;
    base::Fault fault = *base::FindFault(status);
    fault.field_violations_left_out = left_out_;
    return base::MakeFault(status.code(), status.message(), std::move(fault));
  }

 private:
  void Report(const FieldPath& path, std::string description) {
    // A hostile request may break a rule half a million times; only the count grows then.
    if (violations_.size() == base::Fault::kFieldViolationsMax) {
      ++left_out_;
      return;
    }
    violations_.push_back({.field = Spell(path), .description = std::move(description)});
  }

  void CheckSingular(const FieldRules& rules, const Message& message, const FieldPath& path) {
    const bool set = message.GetReflection()->HasField(message, rules.field);
    if (!set) {
      if (rules.required) return Report(path, "is required");
      if (rules.ignore_if_zero || rules.field->has_presence()) return;
    }
    std::string scratch;
    CheckValue(rules.value, *rules.field, Read(message, *rules.field, -1, scratch), path);
  }

  void CheckCollection(const FieldRules& rules, const Message& message, const FieldPath& path) {
    const auto count =
        static_cast<uint64_t>(message.GetReflection()->FieldSize(message, rules.field));
    if (count == 0 && rules.required) return Report(path, "is required");
    if (count == 0 && rules.ignore_if_zero) return;
    if (rules.count_min && count < *rules.count_min) {
      Report(path, absl::StrCat("must have at least ", *rules.count_min, " entries"));
    }
    if (rules.count_max && count > *rules.count_max) {
      // What is over the limit is not looked at: the limit is there to bound this work.
      return Report(path, absl::StrCat("must have at most ", *rules.count_max, " entries"));
    }
    for (int i = 0; i < static_cast<int>(count); ++i) {
      if (rules.field->is_map()) {
        CheckEntry(rules, message, i, path);
      } else {
        std::string scratch;
        CheckValue(rules.value, *rules.field, Read(message, *rules.field, i, scratch),
                   {path.above, path.name, i});
      }
    }
    if (rules.unique) CheckUnique(rules, message, path);
  }

  void CheckEntry(const FieldRules& rules, const Message& message, int index,
                  const FieldPath& path) {
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, rules.field, index);
    const Descriptor& type = *entry.GetDescriptor();
    std::string key_scratch;
    std::string value_scratch;
    const Value key = Read(entry, *type.map_key(), -1, key_scratch);
    const std::string shown = key.text != nullptr ? *key.text : absl::StrCat(key.number);
    const FieldPath here{path.above, path.name, -1, &shown};
    CheckValue(rules.key, *type.map_key(), key, here);
    CheckValue(rules.value, *type.map_value(), Read(entry, *type.map_value(), -1, value_scratch),
               here);
  }

  void CheckUnique(const FieldRules& rules, const Message& message, const FieldPath& path) {
    absl::flat_hash_set<std::string> seen;
    for (int i = 0; i < message.GetReflection()->FieldSize(message, rules.field); ++i) {
      std::string scratch;
      const Value value = Read(message, *rules.field, i, scratch);
      if (!seen.insert(value.text != nullptr ? *value.text : absl::StrCat(value.number)).second) {
        Report({path.above, path.name, i}, "repeats an earlier item");
      }
    }
  }

  void CheckValue(const ValueRules& rules, const FieldDescriptor& type, const Value& value,
                  const FieldPath& path) {
    if (value.message != nullptr) {
      if (rules.nested != nullptr) CheckMessage(*rules.nested, *value.message, path);
      return;
    }
    if (value.zero && rules.ignore_zero) return;
    if (value.text != nullptr) {
      const bool is_bytes = type.type() == FieldDescriptor::TYPE_BYTES;
      CheckText(rules, *value.text, is_bytes ? Unit::kBytes : Unit::kCodePoints, path);
    } else {
      CheckNumber(rules, type, value.number, path);
    }
  }

  enum class Unit { kCodePoints, kBytes };

  void CheckLength(const ValueRules& rules, const std::string& text, Unit unit,
                   const FieldPath& path) {
    if (!rules.length_min && !rules.length_max) return;
    const char* const unit_name = unit == Unit::kBytes ? " bytes" : " characters";
    const uint64_t length = unit == Unit::kBytes ? text.size() : CodePoints(text);
    if (rules.length_min && length < *rules.length_min) {
      Report(path, absl::StrCat("must have at least ", *rules.length_min, unit_name));
    }
    if (rules.length_max && length > *rules.length_max) {
      Report(path, absl::StrCat("must have at most ", *rules.length_max, unit_name));
    }
  }

  void CheckText(const ValueRules& rules, const std::string& text, Unit unit,
                 const FieldPath& path) {
    CheckLength(rules, text, unit, path);
    if (rules.bytes_max && text.size() > *rules.bytes_max) {
      Report(path, absl::StrCat("must have at most ", *rules.bytes_max, " bytes"));
    }
    if (rules.uuid && !IsUuid(text)) Report(path, "must be a UUID");
    if (rules.pattern != nullptr && !RE2::PartialMatch(text, *rules.pattern)) {
      Report(path, absl::StrCat("must match ", rules.pattern->pattern()));
    }
  }

  void CheckNumber(const ValueRules& rules, const FieldDescriptor& type, int64_t number,
                   const FieldPath& path) {
    if (rules.at_least && number < *rules.at_least) {
      Report(path, absl::StrCat("must be at least ", *rules.at_least));
    }
    if (rules.at_most && number > *rules.at_most) {
      Report(path, absl::StrCat("must be at most ", *rules.at_most));
    }
    if (type.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return;
    if (rules.defined_only &&
        type.enum_type()->FindValueByNumber(static_cast<int>(number)) == nullptr) {
      Report(path, absl::StrCat(number, " is not a value of ", type.enum_type()->full_name()));
    }
    if (std::find(rules.not_in.begin(), rules.not_in.end(), number) != rules.not_in.end()) {
      Report(path, absl::StrCat("must not be ", number));
    }
  }

  std::vector<base::FieldViolation> violations_;
  int64_t left_out_ = 0;
};

const Descriptor* NestedType(const FieldDescriptor& field) {
  const FieldDescriptor* value = field.is_map() ? field.message_type()->map_value() : &field;
  return value->message_type();
}

bool IsEmpty(const MessageRules& rules) {
  return rules.fields.empty() && rules.oneofs_required.empty();
}

bool IsEmpty(const ValueRules& rules) {
  return !rules.at_least && !rules.at_most && !rules.length_min && !rules.length_max &&
         !rules.bytes_max && rules.pattern == nullptr && !rules.uuid && !rules.defined_only &&
         rules.not_in.empty() && rules.nested == nullptr;
}

bool IsEmpty(const FieldRules& rules) {
  return !rules.required && !rules.count_min && !rules.count_max && !rules.unique &&
         IsEmpty(rules.key) && IsEmpty(rules.value);
}

}  // namespace

Validator::Validator() = default;
Validator::~Validator() = default;
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;

absl::Status Validator::Add(const Descriptor& type) {
  const auto [position, fresh] = types_.try_emplace(&type);
  if (!fresh) return absl::OkStatus();
  position->second = std::make_unique<MessageRules>();
  // A type that holds itself finds its own rules here, still being filled.
  MessageRules& rules = *position->second;
  ASSIGN_OR_RETURN(rules.oneofs_required, CompileOneofs(type));
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    ASSIGN_OR_RETURN(std::optional<FieldRules> compiled, CompileField(field));
    if (!compiled.has_value()) continue;
    if (const Descriptor* nested = NestedType(field)) {
      RETURN_IF_ERROR(Add(*nested));
      const MessageRules& below = *types_.at(nested);
      if (!below.complete || !IsEmpty(below)) compiled->value.nested = &below;
    }
    if (!IsEmpty(*compiled)) rules.fields.push_back(*std::move(compiled));
  }
  rules.complete = true;
  return absl::OkStatus();
}

absl::Status Validator::Check(const Message& message) const {
  const auto found = types_.find(message.GetDescriptor());
  if (found == types_.end()) {
    return base::Internal(absl::StrCat("no rules were compiled for ", message.GetTypeName()));
  }
  Evaluation evaluation;
  evaluation.CheckMessage(*found->second, message, FieldPath{});
  return std::move(evaluation).Finish();
}

}  // namespace argosy::rpc
