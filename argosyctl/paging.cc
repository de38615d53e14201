#include "argosyctl/paging.h"

#include <google/protobuf/descriptor.h>

#include <string>
#include <utility>

#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* ItemsOf(const google::protobuf::Descriptor* page) {
  if (page->FindFieldByName("next_page_token") == nullptr) return nullptr;
  for (int i = 0; i < page->field_count(); ++i) {
    if (page->field(i)->is_repeated() && page->field(i)->message_type() != nullptr) {
      return page->field(i);
    }
  }
  return nullptr;
}

absl::StatusOr<std::vector<std::unique_ptr<Message>>> ReadPages(ClientSession& session,
                                                                Message& request, int64_t limit) {
  const auto* method = ClientSession::MethodOf(request.GetDescriptor());
  const FieldDescriptor* token = request.GetDescriptor()->FindFieldByName("page_token");
  if (method == nullptr || token == nullptr) return base::Internal("not a list");
  const FieldDescriptor* items = ItemsOf(method->output_type());
  const FieldDescriptor* next = method->output_type()->FindFieldByName("next_page_token");
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(method->output_type());
  std::vector<std::unique_ptr<Message>> pages;
  for (int64_t count = 0; count < limit;) {
    std::unique_ptr<Message> page(prototype->New());
    RETURN_IF_ERROR(session.Call(request, *page));
    count += page->GetReflection()->FieldSize(*page, items);
    std::string next_token = page->GetReflection()->GetString(*page, next);
    pages.push_back(std::move(page));
    if (next_token.empty()) break;
    request.GetReflection()->SetString(&request, token, std::move(next_token));
  }
  return pages;
}

void SayLeftOut(const Environment& environment, int64_t count) {
  if (count > 0) environment.err << count << " more are left out: the server did not keep them\n";
}

}  // namespace argosy::ctl
