#include "argosyctl/output/printer.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/json.h"
#include "argosyctl/output/table.h"

namespace argosy::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string NameOf(const Message& resource) {
  const FieldDescriptor* name = resource.GetDescriptor()->FindFieldByName("name");
  return resource.GetReflection()->GetString(resource, name);
}

bool IsNumber(const FieldDescriptor* field) {
  if (field == nullptr || field->is_repeated()) return false;
  if (field->message_type() != nullptr) {
    return field->message_type()->full_name() == "argosy.common.v1.Money";
  }
  return field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
         field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
}

// Messages that FieldText writes as one value.
bool IsValue(const FieldDescriptor& field) {
  const std::string& type = field.message_type()->full_name();
  return type == "argosy.common.v1.Money" || type == "argosy.common.v1.CivilPeriod" ||
         type == "google.protobuf.Timestamp" || type == "argosy.metrics.v1.FactReference" ||
         type == "argosy.incentives.v1.FactRef";
}

void AddFields(const Message& message, const std::string& prefix, const absl::TimeZone& zone,
               Table& table) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = absl::StrCat(prefix, field->name());
    if (field->message_type() == nullptr || IsValue(*field)) {
      table.Add({path, FieldText(message, field->name(), zone)});
    } else if (!field->is_repeated()) {
      AddFields(message.GetReflection()->GetMessage(message, field), absl::StrCat(path, "."), zone,
                table);
    } else {
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        AddFields(message.GetReflection()->GetRepeatedMessage(message, field, i),
                  absl::StrCat(path, "[", i, "]."), zone, table);
      }
    }
  }
}

// "display_name" as DISPLAY NAME.
std::string HeaderOf(const std::string& path) {
  return absl::AsciiStrToUpper(absl::StrReplaceAll(path, {{"_", " "}, {".", " "}}));
}

}  // namespace

void Printer::Show(const Message& resource) {
  if (format_ == OutputFormat::kJson) {
    out_ << MessageJson(resource);
  } else if (format_ == OutputFormat::kName) {
    out_ << NameOf(resource) << "\n";
  } else {
    Table table({{.header = "FIELD"}, {.header = "VALUE"}});
    AddFields(resource, "", zone_, table);
    out_ << table.Render();
  }
}

void Printer::ShowAll(const std::vector<const Message*>& resources,
                      const std::vector<std::string>& columns) {
  if (format_ == OutputFormat::kJson) {
    out_ << MessagesJson(resources);
    return;
  }
  if (format_ == OutputFormat::kName) {
    for (const Message* resource : resources) out_ << NameOf(*resource) << "\n";
    return;
  }
  std::vector<Column> headers;
  for (const std::string& column : columns) {
    const bool right =
        !resources.empty() && IsNumber(FindField(resources.front()->GetDescriptor(), column));
    headers.push_back({.header = HeaderOf(column), .align = right ? Align::kRight : Align::kLeft});
  }
  Table table(std::move(headers));
  for (const Message* resource : resources) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const std::string& column : columns) cells.push_back(FieldText(*resource, column, zone_));
    table.Add(std::move(cells));
  }
  out_ << table.Render();
}

}  // namespace argosy::ctl
