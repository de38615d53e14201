#include "argosyctl/verb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosyctl/field_text.h"
#include "argosyctl/paging.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

// More than a person reads; a script asks for what it wants.
constexpr int64_t kListLimit = 1'000;

std::unique_ptr<Message> NewReply(const Message& request) {
  const auto* method = ClientSession::MethodOf(request.GetDescriptor());
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()
                                      ->GetPrototype(method->output_type())
                                      ->New());
}

std::string StringField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

bool Has(const std::vector<Offer>& offers, Offer offer) {
  return std::find(offers.begin(), offers.end(), offer) != offers.end();
}

// What help calls the positional argument that fills the field at `path`: the kind of resource that
// it names ("channel", "plan-version"), else the field itself ("period").
std::string PositionalLabel(const google::protobuf::Descriptor& request, absl::string_view path) {
  const FieldDescriptor* field = FindField(&request, path);
  absl::string_view type = field->options().GetExtension(common::v1::resource_reference).type();
  if (!absl::ConsumePrefix(&type, "argosy.dev/")) return field->name();
  std::string label;
  for (const char letter : type) {
    if (absl::ascii_isupper(static_cast<unsigned char>(letter)) && !label.empty()) label += '-';
    label += absl::ascii_tolower(static_cast<unsigned char>(letter));
  }
  return label;
}

// What the one call of a verb lets it offer.
std::vector<Offer> OffersOf(const google::protobuf::MethodDescriptor& method) {
  std::vector<Offer> offers;
  if (method.input_type()->FindFieldByName("validate_only") != nullptr) {
    offers.push_back(Offer::kDryRun);
  }
  const FieldDescriptor* items = ItemsOf(method.output_type());
  const auto* resource = items != nullptr ? items->message_type() : method.output_type();
  if (resource->FindFieldByName("name") != nullptr) offers.push_back(Offer::kNames);
  return offers;
}

}  // namespace

CLI::App& AddNoun(CLI::App& root, const std::string& name, const std::string& about) {
  CLI::App* noun = root.add_subcommand(name, about);
  noun->require_subcommand(1);
  noun->footer("Examples:");  // AddBody adds one of each verb
  return *noun;
}

CLI::App& VerbTable::AddBody(CLI::App& noun, const BodySpec& spec,
                             std::function<absl::Status()> body) {
  CLI::App* verb = noun.add_subcommand(spec.verb, spec.about);
  const bool dry = Has(spec.offers, Offer::kDryRun);
  verb->footer(absl::StrCat(dry ? "With --dry-run it checks, and nothing is recorded.\n" : "",
                            "Example:\n  ", spec.example, "\n"));
  // A verb of the root itself has no noun whose help it stands in.
  if (noun.get_parent() != nullptr) {
    const std::pair<absl::string_view, absl::string_view> lines =
        absl::StrSplit(spec.example, absl::MaxSplits('\n', 1));
    noun.footer(absl::StrCat(noun.get_footer(), "\n  ", lines.first));
  }
  verb->callback([this, offers = spec.offers, body = std::move(body)] {
    result_ = CheckOffered(offers);
    if (result_.ok()) result_ = body();
  });
  return *verb;
}

absl::Status VerbTable::CheckOffered(const std::vector<Offer>& offers) const {
  if (invocation_.flags().dry_run && !Has(offers, Offer::kDryRun)) {
    return UsageRefused("dry-run", "there is no dry run of this command");
  }
  if (invocation_.format() == OutputFormat::kName && !Has(offers, Offer::kNames)) {
    return UsageRefused("output", "this command's answer has no names; table or json");
  }
  return absl::OkStatus();
}

void VerbTable::Add(CLI::App& noun, const VerbSpec& spec) {
  entries_.push_back(std::make_unique<Entry>());
  Entry& entry = *entries_.back();
  entry.spec = spec;
  entry.values.resize(spec.flags.size());
  const auto& method = *ClientSession::MethodOf(spec.request->GetDescriptor());
  CLI::App& verb = AddBody(noun, {spec.verb, spec.about, spec.example, OffersOf(method)},
                           [this, &entry] { return Run(entry); });
  if (!spec.positional.empty()) {
    const std::string label = PositionalLabel(*spec.request->GetDescriptor(), spec.positional);
    verb.add_option(label, entry.positional, absl::StrCat("Fills ", spec.positional))
        ->required(spec.positional_need == Need::kRequired);
  }
  for (size_t i = 0; i < spec.flags.size(); ++i) {
    const FlagSpec& flag = spec.flags[i];
    CLI::Option* option = verb.add_option(flag.flag, entry.values[i], flag.about);
    option->required(flag.need == Need::kRequired);
    const FieldDescriptor* field = FindField(spec.request->GetDescriptor(), flag.field);
    option->expected(1, field != nullptr && field->is_repeated() ? 1'000 : 1);
    option->type_name(field != nullptr && field->enum_type() != nullptr ? "NAME" : "TEXT");
  }
  if (ItemsOf(method.output_type()) != nullptr) {
    entry.limit = kListLimit;
    verb.add_option("--limit", entry.limit, "Show at most this many")->capture_default_str();
  }
}

absl::Status VerbTable::Fill(const Entry& entry, Message& request) {
  const VerbSpec& spec = entry.spec;
  ASSIGN_OR_RETURN(const std::string tenant, invocation_.Tenant());
  if (!entry.positional.empty()) {
    RETURN_IF_ERROR(SetField(request, spec.positional, entry.positional, tenant));
  }
  google::protobuf::FieldMask mask;
  for (size_t i = 0; i < spec.flags.size(); ++i) {
    for (const std::string& value : entry.values[i]) {
      RETURN_IF_ERROR(SetField(request, spec.flags[i].field, value, tenant));
    }
    absl::string_view path = spec.flags[i].field;
    if (!spec.mask_prefix.empty() && !entry.values[i].empty() &&
        absl::ConsumePrefix(&path, spec.mask_prefix) && path != "etag") {
      mask.add_paths(std::string(path));
    }
  }
  const FieldDescriptor* mask_field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (mask_field != nullptr && !spec.mask_prefix.empty()) {
    if (mask.paths().empty())
      return base::FieldInvalid("update_mask", "nothing to change is given");
    request.GetReflection()->MutableMessage(&request, mask_field)->CopyFrom(mask);
  }
  RETURN_IF_ERROR(FillEtag(entry, request));
  return invocation_.Complete(request);
}

absl::Status VerbTable::FillEtag(const Entry& entry, Message& request) {
  if (entry.spec.etag_source == nullptr) return absl::OkStatus();
  const std::string holder = entry.spec.mask_prefix.empty()
                                 ? ""
                                 : std::string(absl::StripSuffix(entry.spec.mask_prefix, "."));
  Message* target = &request;
  if (!holder.empty()) {
    target = request.GetReflection()->MutableMessage(
        &request, request.GetDescriptor()->FindFieldByName(holder));
  }
  const FieldDescriptor* etag = target->GetDescriptor()->FindFieldByName("etag");
  if (!target->GetReflection()->GetString(*target, etag).empty()) return absl::OkStatus();
  std::unique_ptr<Message> read(entry.spec.etag_source->New());
  RETURN_IF_ERROR(SetField(*read, "name", StringField(*target, "name"), ""));
  ASSIGN_OR_RETURN(ClientSession * session, invocation_.Session());
  const std::unique_ptr<Message> resource = NewReply(*read);
  RETURN_IF_ERROR(session->Call(*read, *resource));
  target->GetReflection()->SetString(target, etag, StringField(*resource, "etag"));
  return absl::OkStatus();
}

absl::Status VerbTable::RunList(const Entry& entry, Message& request) {
  ASSIGN_OR_RETURN(ClientSession * session, invocation_.Session());
  ASSIGN_OR_RETURN(const auto pages, ReadPages(*session, request, entry.limit));
  std::vector<const Message*> items;
  for (const std::unique_ptr<Message>& page : pages) {
    const FieldDescriptor* field = ItemsOf(page->GetDescriptor());
    const google::protobuf::Reflection* reflection = page->GetReflection();
    for (int i = 0; i < reflection->FieldSize(*page, field); ++i) {
      items.push_back(&reflection->GetRepeatedMessage(*page, field, i));
    }
  }
  if (entry.spec.view != nullptr && invocation_.format() == OutputFormat::kTable) {
    std::vector<const Message*> replies;
    replies.reserve(pages.size());
    for (const std::unique_ptr<Message>& page : pages) replies.push_back(page.get());
    Printer printer = invocation_.printer();
    printer.out() << entry.spec.view(replies, printer.zone());
    return absl::OkStatus();
  }
  if (!entry.spec.left_out.empty()) {
    const Message& last = *pages.back();
    SayLeftOut(invocation_.environment(),
               last.GetReflection()->GetInt64(
                   last, last.GetDescriptor()->FindFieldByName(entry.spec.left_out)));
  }
  if (items.size() > static_cast<size_t>(entry.limit)) {
    items.resize(static_cast<size_t>(entry.limit));
    invocation_.environment().err << "more than " << entry.limit << ": give --limit\n";
  }
  invocation_.printer().ShowAll(items, entry.spec.columns);
  return absl::OkStatus();
}

absl::Status VerbTable::Run(const Entry& entry) {
  std::unique_ptr<Message> request(entry.spec.request->New());
  RETURN_IF_ERROR(Fill(entry, *request));
  if (entry.limit > 0) return RunList(entry, *request);
  ASSIGN_OR_RETURN(ClientSession * session, invocation_.Session());
  const std::unique_ptr<Message> reply = NewReply(*request);
  RETURN_IF_ERROR(session->Call(*request, *reply));
  if (invocation_.flags().dry_run)
    invocation_.environment().err << "dry run: nothing was changed\n";
  Print(entry, *reply);
  return entry.spec.remark == nullptr ? absl::OkStatus() : entry.spec.remark(invocation_, *reply);
}

void VerbTable::Print(const Entry& entry, const Message& reply) {
  Printer printer = invocation_.printer();
  if (entry.spec.view != nullptr && printer.format() == OutputFormat::kTable) {
    printer.out() << entry.spec.view({&reply}, printer.zone());
    return;
  }
  if (entry.spec.rows.empty() || printer.format() != OutputFormat::kTable) {
    printer.Show(reply);
    return;
  }
  const FieldDescriptor* rows = reply.GetDescriptor()->FindFieldByName(entry.spec.rows);
  std::vector<const Message*> items;
  const int size = reply.GetReflection()->FieldSize(reply, rows);
  items.reserve(static_cast<size_t>(size));
  for (int i = 0; i < size; ++i) {
    items.push_back(&reply.GetReflection()->GetRepeatedMessage(reply, rows, i));
  }
  printer.ShowAll(items, entry.spec.columns);
}

}  // namespace argosy::ctl
