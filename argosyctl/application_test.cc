#include "argosyctl/application.h"

#include <grpcpp/grpcpp.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "argosy/incentives/v1/run.grpc.pb.h"
#include "argosy/metrics/v1/channel_service.grpc.pb.h"
#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "argosy/metrics/v1/import_service.grpc.pb.h"
#include "argosy/tenancy/v1/access.grpc.pb.h"
#include "argosy/tenancy/v1/tenant.grpc.pb.h"
#include "argosyctl/environment.h"
#include "base/clock.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kImport[] = "018f3a2e-0000-7000-8000-000000000008";

// A server in the test's own process: it hands out tokens, remembers what channels it was asked
// for, and has one import whose findings did not all fit, and one run.
class FakeServer final : public tenancy::v1::AccessService::Service,
                         public tenancy::v1::TenantService::Service,
                         public metrics::v1::ChannelService::Service,
                         public metrics::v1::FactService::Service,
                         public metrics::v1::ImportService::Service,
                         public incentives::v1::RunService::Service {
 public:
  FakeServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(static_cast<tenancy::v1::AccessService::Service*>(this));
    builder.RegisterService(static_cast<tenancy::v1::TenantService::Service*>(this));
    builder.RegisterService(static_cast<metrics::v1::ChannelService::Service*>(this));
    builder.RegisterService(static_cast<metrics::v1::FactService::Service*>(this));
    builder.RegisterService(static_cast<metrics::v1::ImportService::Service*>(this));
    builder.RegisterService(static_cast<incentives::v1::RunService::Service*>(this));
    server_ = builder.BuildAndStart();
  }
  ~FakeServer() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  grpc::Status ExchangeToken(grpc::ServerContext*, const tenancy::v1::ExchangeTokenRequest* request,
                             tenancy::v1::ExchangeTokenResponse* response) override {
    ++exchanges;
    if (request->api_token() != "good") return {grpc::StatusCode::UNAUTHENTICATED, "no"};
    response->set_access_token("access");
    response->set_tenant("tenants/acme");
    response->mutable_expire_time()->set_seconds(4'000'000'000);
    return grpc::Status::OK;
  }

  grpc::Status GetTenant(grpc::ServerContext*, const tenancy::v1::GetTenantRequest*,
                         tenancy::v1::Tenant* response) override {
    response->set_reporting_time_zone(time_zone);
    return grpc::Status::OK;
  }

  grpc::Status CreateChannel(grpc::ServerContext* context,
                             const metrics::v1::CreateChannelRequest* request,
                             metrics::v1::Channel* response) override {
    created.push_back(*request);
    const auto header = context->client_metadata().find("authorization");
    authorization = header == context->client_metadata().end()
                        ? ""
                        : std::string(header->second.data(), header->second.size());
    if (unavailable > 0) {
      --unavailable;
      return {grpc::StatusCode::UNAVAILABLE, "draining"};
    }
    if (!refusal.ok()) return refusal;
    *response = request->channel();
    response->set_name(request->parent() + "/channels/" + request->channel_id());
    return grpc::Status::OK;
  }

  grpc::Status ListChannels(grpc::ServerContext*, const metrics::v1::ListChannelsRequest* request,
                            metrics::v1::ListChannelsResponse* response) override {
    if (empty) return grpc::Status::OK;
    const bool first = request->page_token().empty();
    if (!first && std::exchange(access_ended, false)) {
      return {grpc::StatusCode::UNAUTHENTICATED, "the tenant's tokens have ended"};
    }
    metrics::v1::Channel& channel = *response->add_channels();
    channel.set_name(first ? "tenants/acme/channels/google-ads" : "tenants/acme/channels/seo");
    channel.set_display_name(first ? "谷歌广告" : "SEO");
    channel.set_kind(first ? metrics::v1::CHANNEL_KIND_SEARCH : metrics::v1::CHANNEL_KIND_SEO);
    if (first) response->set_next_page_token("more");
    return grpc::Status::OK;
  }

  grpc::Status GetImport(grpc::ServerContext*, const metrics::v1::GetImportRequest* request,
                         metrics::v1::Import* response) override {
    response->set_name(request->name());
    response->set_state(import_state);
    response->mutable_validated()->set_invalid_rows(1);
    response->mutable_committed()->set_invalid_rows(invalid_rows);
    response->mutable_undone();
    return grpc::Status::OK;
  }

  grpc::Status BatchIngestFacts(grpc::ServerContext*,
                                const metrics::v1::BatchIngestFactsRequest* request,
                                metrics::v1::BatchIngestFactsResponse* response) override {
    completeness = {request->completeness().begin(), request->completeness().end()};
    for (const metrics::v1::Fact& fact : request->facts()) {
      facts.push_back(fact);
      response->add_verdicts()->set_verdict(metrics::v1::VERDICT_ACCEPTED);
    }
    return grpc::Status::OK;
  }

  grpc::Status CreateImport(grpc::ServerContext*, const metrics::v1::CreateImportRequest*,
                            metrics::v1::Import* response) override {
    response->set_name(kImport);
    return grpc::Status::OK;
  }

  grpc::Status UploadImportPart(grpc::ServerContext*,
                                const metrics::v1::UploadImportPartRequest* request,
                                metrics::v1::UploadImportPartResponse* response) override {
    response->set_next_offset(request->offset() + static_cast<int64_t>(request->content().size()));
    return grpc::Status::OK;
  }

  grpc::Status ValidateImport(grpc::ServerContext*, const metrics::v1::ValidateImportRequest*,
                              metrics::v1::ValidateImportResponse* response) override {
    response->set_complete(true);
    return grpc::Status::OK;
  }

  grpc::Status CommitImport(grpc::ServerContext*, const metrics::v1::CommitImportRequest*,
                            metrics::v1::CommitImportResponse* response) override {
    import_state = metrics::v1::IMPORT_STATE_COMMITTED;
    response->set_complete(true);
    return grpc::Status::OK;
  }

  grpc::Status UndoImport(grpc::ServerContext*, const metrics::v1::UndoImportRequest*,
                          metrics::v1::UndoImportResponse* response) override {
    response->set_complete(true);
    return grpc::Status::OK;
  }

  grpc::Status ListImportErrors(grpc::ServerContext*,
                                const metrics::v1::ListImportErrorsRequest* request,
                                metrics::v1::ListImportErrorsResponse* response) override {
    const bool first = request->page_token().empty();
    errors_page_size = request->page_size();
    metrics::v1::ImportError& error = *response->add_errors();
    error.set_line(first ? 2 : 3);
    error.set_column("no");
    error.set_value("1");
    error.set_reason("DATE_MALFORMED");
    error.set_message("is no date");
    if (first) response->set_next_page_token("more");
    response->set_errors_left_out(errors_left_out);
    return grpc::Status::OK;
  }

  grpc::Status GetRun(grpc::ServerContext*, const incentives::v1::GetRunRequest*,
                      incentives::v1::Run* response) override {
    *response = run;
    return grpc::Status::OK;
  }

  grpc::Status ApproveRun(grpc::ServerContext*, const incentives::v1::ApproveRunRequest*,
                          incentives::v1::Run* response) override {
    *response = run;
    return grpc::Status::OK;
  }

  grpc::Status CalculateRun(grpc::ServerContext*,
                            const incentives::v1::CalculateRunRequest* request,
                            incentives::v1::Run* response) override {
    calculations.push_back(*request);
    if (!refusal.ok()) return refusal;
    *response = calculated_now;
    return grpc::Status::OK;
  }

  incentives::v1::Run run;
  incentives::v1::Run calculated_now;
  std::vector<incentives::v1::CalculateRunRequest> calculations;
  std::string time_zone;
  int exchanges = 0;
  int64_t errors_left_out = 0;
  int32_t errors_page_size = 0;
  int64_t invalid_rows = 1;
  metrics::v1::ImportState import_state = metrics::v1::IMPORT_STATE_UNSPECIFIED;
  std::vector<metrics::v1::Fact> facts;
  std::vector<metrics::v1::SourceCompleteness> completeness;
  int unavailable = 0;
  bool empty = false;
  bool access_ended = false;  // for the next second page
  grpc::Status refusal;
  std::string authorization;
  std::vector<metrics::v1::CreateChannelRequest> created;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class ApplicationTest : public testing::Test {
 protected:
  ApplicationTest() : entropy_(1) {
    std::string path = (std::filesystem::temp_directory_path() / "argosyctl-XXXXXX").string();
    home_ = ::mkdtemp(path.data());
    variables_ = {{"HOME", home_}, {"ARGOSY_TOKEN", "good"}, {"ARGOSY_ADDRESS", server_.address()}};
  }
  ~ApplicationTest() override { std::filesystem::remove_all(home_); }

  // The exit code of one run; `out_` and `err_` hold what it printed.
  int Run(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    Application application(environment_);
    try {
      return static_cast<int>(application.Run(std::move(arguments)));
    } catch (const CLI::ParseError& error) {
      return static_cast<int>(application.ReportParse(error));
    }
  }

  FakeServer server_;
  base::SystemClock clock_;  // deadlines of real calls to the server beside us
  base::SeededEntropy entropy_;
  std::string home_;
  std::map<std::string, std::string> variables_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::vector<absl::Duration> waits_;
  const Environment environment_{
      .in = in_,
      .out = out_,
      .err = err_,
      .clock = clock_,
      .entropy = entropy_,
      .variable = [this](const std::string& name) -> std::optional<std::string> {
        const auto value = variables_.find(name);
        if (value == variables_.end()) return std::nullopt;
        return value->second;
      },
      .wait = [this](absl::Duration time) { waits_.push_back(time); }};
};

const std::vector<std::string> kCreate = {"channel",        "create",   "google-ads",
                                          "--display-name", "谷歌广告", "--kind",
                                          "search",         "--paid",   "true"};

// Those whose request a server can check without doing it. Every other verb refuses --dry-run.
const std::set<std::string> kHaveADryRun = {
    "assignment create", "assignment end", "campaign create",   "channel create", "fact ingest",
    "import run",        "member create",  "membership create", "plan assign",    "plan create",
    "plan publish",      "plan version",   "run approve",       "run calculate",  "run lock",
    "stage evaluate",    "team create",    "tenant update"};

struct Verb {
  std::string line;  // "channel create"
  CLI::App* app = nullptr;
};

std::vector<Verb> VerbsOf(Application& application) {
  std::vector<Verb> verbs;
  for (CLI::App* noun : application.command_line().get_subcommands(nullptr)) {
    const auto inner = noun->get_subcommands(nullptr);
    if (inner.empty()) verbs.push_back({noun->get_name(), noun});
    for (CLI::App* verb : inner) {
      verbs.push_back({absl::StrCat(noun->get_name(), " ", verb->get_name()), verb});
    }
  }
  return verbs;
}

// The shortest command line of `verb`: "x" for whatever it requires.
std::vector<std::string> ShortestLine(const Verb& verb) {
  std::vector<std::string> words = absl::StrSplit(verb.line, ' ');
  for (const CLI::Option* option : verb.app->get_options()) {
    if (!option->get_required()) continue;
    if (!option->get_positional()) words.push_back(option->get_name());
    words.emplace_back("x");
  }
  return words;
}

TEST_F(ApplicationTest, EveryVerbHasAHelpWithAnExampleOfItself) {
  Application application(environment_);
  const std::vector<Verb> verbs = VerbsOf(application);
  EXPECT_GE(verbs.size(), 60U);
  for (const Verb& verb : verbs) {
    EXPECT_THAT(verb.app->help(), HasSubstr("Example:")) << verb.line;
    EXPECT_THAT(verb.app->get_footer(), HasSubstr("argosyctl " + verb.line));
    EXPECT_FALSE(verb.app->get_description().empty()) << verb.line;
  }
}

TEST_F(ApplicationTest, HelpCallsTheArgumentByWhatItNames) {
  Application application(environment_);
  CLI::App& root = application.command_line();
  const auto usage = [&](const char* noun, const char* verb) {
    return root.get_subcommand(noun)->get_subcommand(verb)->help();
  };
  EXPECT_THAT(usage("run", "approve"), HasSubstr("[OPTIONS] run\n"));
  EXPECT_THAT(usage("statement", "explain"), HasSubstr("[OPTIONS] statement-line\n"));
  EXPECT_THAT(usage("run", "calculate"), HasSubstr("[OPTIONS] period\n"));
}

TEST_F(ApplicationTest, ANounsHelpHasAnExampleOfEachOfItsVerbsAndOfNoOther) {
  Application application(environment_);
  for (CLI::App* noun : application.command_line().get_subcommands(nullptr)) {
    EXPECT_FALSE(noun->get_description().empty()) << noun->get_name();
    std::vector<std::string> want;
    for (const CLI::App* verb : noun->get_subcommands(nullptr)) {
      want.push_back(absl::StrCat("argosyctl ", noun->get_name(), " ", verb->get_name()));
    }
    if (want.empty()) continue;
    std::vector<std::string> lines = absl::StrSplit(noun->get_footer(), '\n', absl::SkipEmpty());
    ASSERT_THAT(lines, SizeIs(want.size() + 1)) << noun->get_name();
    for (size_t i = 0; i < want.size(); ++i) EXPECT_THAT(lines[i + 1], HasSubstr(want[i]));
  }
}

TEST_F(ApplicationTest, NoVerbWithoutADryRunTakesTheFlagForNothing) {
  Application application(environment_);
  std::set<std::string> have;
  for (const Verb& verb : VerbsOf(application)) {
    std::vector<std::string> words = ShortestLine(verb);
    words.emplace_back("--dry-run");
    const int exit_code = Run(words);
    const bool refused = absl::StrContains(err_.str(), "there is no dry run of this command");
    if (!refused) have.insert(verb.line);
    EXPECT_TRUE(exit_code == 2 || !refused) << verb.line;
  }
  EXPECT_EQ(have, kHaveADryRun);
}

TEST_F(ApplicationTest, ARefusedDryRunHasDoneNothing) {
  EXPECT_EQ(Run({"import", "undo", kImport, "--dry-run"}), 2);
  EXPECT_EQ(Run({"config", "set", "tenant", "acme", "--dry-run"}), 2);
  EXPECT_EQ(server_.exchanges, 0);
  EXPECT_EQ(Run({"config", "get", "tenant"}), 6);
}

TEST_F(ApplicationTest, HelpShowsADryRunWhereThereIsOne) {
  Application application(environment_);
  for (const Verb& verb : VerbsOf(application)) {
    const bool shown = verb.app->help().find("--dry-run") != std::string::npos;
    EXPECT_EQ(shown, kHaveADryRun.contains(verb.line)) << verb.line;
  }
}

TEST_F(ApplicationTest, RefusesNamesOfAnAnswerThatHasNone) {
  for (const std::vector<std::string>& verb :
       {std::vector<std::string>{"metric", "query", "--metric", "revenue", "--period", "2026-03"},
        {"metric", "funnel", "--period", "2026-03"},
        {"metric", "explain", "revenue", "--period", "2026-03"},
        {"fact", "ingest", "--file", "-"},
        {"config", "list"},
        {"import", "errors", kImport}}) {
    std::vector<std::string> words = verb;
    words.insert(words.end(), {"-o", "name"});
    EXPECT_EQ(Run(words), 2) << verb[0] << " " << verb[1];
    EXPECT_THAT(err_.str(), HasSubstr("this command's answer has no names")) << verb[1];
    EXPECT_THAT(out_.str(), IsEmpty());
  }
}

TEST_F(ApplicationTest, AFilesFirstFindingsAreSaidWithWhereTheOthersAre) {
  server_.import_state = metrics::v1::IMPORT_STATE_VALIDATED;
  const std::string mapping = home_ + "/mapping.yaml";
  const std::string file = home_ + "/orders.csv";
  std::ofstream(mapping) << "source: crm\n";
  std::ofstream(file) << "no\n1\n";
  EXPECT_EQ(Run({"import", "run", "--mapping", mapping, "--file", file}), 10);
  EXPECT_EQ(server_.errors_page_size, 5);
  EXPECT_THAT(err_.str(), HasSubstr("line 2: no \"1\": DATE_MALFORMED, is no date\n"));
  EXPECT_THAT(err_.str(), HasSubstr("every finding: argosyctl import errors "));
  EXPECT_THAT(out_.str(), Not(HasSubstr("undone")));
  EXPECT_THAT(err_.str(), Not(HasSubstr("--revise"))) << "nothing was edited";
  server_.import_state = metrics::v1::IMPORT_STATE_VALIDATED;
  const std::string errors = home_ + "/errors.csv";
  EXPECT_EQ(Run({"import", "run", "--mapping", mapping, "--file", file, "--errors", errors}), 10);
  EXPECT_THAT(err_.str(), HasSubstr("every finding: " + errors));
  // Nothing found, nothing asked.
  server_.import_state = metrics::v1::IMPORT_STATE_VALIDATED;
  server_.invalid_rows = 0;
  server_.errors_page_size = 0;
  EXPECT_EQ(Run({"import", "run", "--mapping", mapping, "--file", file}), 0);
  EXPECT_EQ(server_.errors_page_size, 0);
  EXPECT_THAT(err_.str(), Not(HasSubstr("every finding")));
  server_.import_state = metrics::v1::IMPORT_STATE_UNDONE;
  EXPECT_EQ(Run({"import", "undo", kImport}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("undone: 0 facts retracted"));
}

TEST_F(ApplicationTest, TheFactInTheHelpOfIngestCanBeSent) {
  Application application(environment_);
  const std::string help =
      application.command_line().get_subcommand("fact")->get_subcommand("ingest")->get_footer();
  const std::string facts = home_ + "/facts.jsonl";
  std::ofstream(facts) << help.substr(help.find('{'));
  EXPECT_EQ(Run({"fact", "ingest", "--file", facts}), 0) << err_.str();
  ASSERT_EQ(server_.facts.size(), 1U);
  EXPECT_EQ(server_.facts[0].order().value().amount_minor(), 1'860'000);
  EXPECT_EQ(server_.facts[0].attribution().acting_role(), common::v1::BUSINESS_ROLE_SALES);
}

TEST_F(ApplicationTest, AnApprovalSaysWhetherTheFactsHaveChanged) {
  server_.run.set_period("2026-03");
  server_.run.set_digest("as it was");
  server_.run.set_payee_count(1);
  server_.calculated_now = server_.run;
  const std::vector<std::string> approve = {"run", "approve", kImport, "--request-id",
                                            "018f3a2e-0000-4000-8000-000000000001"};
  EXPECT_EQ(Run(approve), 0);
  EXPECT_THAT(err_.str(), IsEmpty());
  ASSERT_THAT(server_.calculations, SizeIs(1));
  EXPECT_EQ(server_.calculations[0].parent(), "tenants/acme");
  EXPECT_EQ(server_.calculations[0].period(), "2026-03");
  EXPECT_TRUE(server_.calculations[0].validate_only());
  EXPECT_NE(server_.calculations[0].request_id(), approve.back());
  server_.calculated_now.set_digest("as it is");
  common::v1::Money& total = *server_.calculated_now.add_totals();
  total.set_amount_minor(12'345);
  total.set_currency_code("USD");
  EXPECT_EQ(Run(approve), 0);
  EXPECT_THAT(err_.str(), HasSubstr("it would post 123.45 USD instead of nothing"));
  server_.refusal = {grpc::StatusCode::PERMISSION_DENIED, "not for you"};
  EXPECT_EQ(Run(approve), 0) << "what is approved is approved";
  EXPECT_THAT(err_.str(), HasSubstr("is not known: not for you"));
}

TEST_F(ApplicationTest, SaysThatARunPaysNobody) {
  EXPECT_EQ(Run({"run", "calculate", "2026-03"}), 0);
  EXPECT_THAT(err_.str(), HasSubstr("pays nobody"));
  server_.calculated_now.set_payee_count(1);
  EXPECT_EQ(Run({"run", "calculate", "2026-03"}), 0);
  EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(ApplicationTest, DeclaresHowFarASourceHasReported) {
  const std::string facts = home_ + "/facts.jsonl";
  std::ofstream(facts) << R"({"source": "crm", "source_event_id": "1"})";
  const std::vector<std::string> ingest = {"fact", "ingest", "--file", facts, "--complete"};
  std::vector<std::string> words = ingest;
  words.push_back("crm=2026-05-01T00:00:00+08:00");
  EXPECT_EQ(Run(words), 0) << err_.str();
  ASSERT_THAT(server_.completeness, SizeIs(1));
  EXPECT_EQ(server_.completeness[0].source(), "crm");
  EXPECT_EQ(server_.completeness[0].complete_through().seconds(), 1'777'564'800);
  words.back() = "crm";
  EXPECT_EQ(Run(words), 3);
  EXPECT_THAT(err_.str(), HasSubstr("complete_through"));
}

TEST_F(ApplicationTest, ATableShowsInstantsInTheTenantsZoneAndJsonInUtc) {
  server_.run.mutable_as_of()->set_seconds(1'777'564'800);
  server_.time_zone = "Asia/Shanghai";
  const std::vector<std::string> get = {"run", "get", kImport};
  EXPECT_EQ(Run(get), 0);
  EXPECT_THAT(out_.str(), HasSubstr("2026-05-01T00:00:00+08:00"));
  EXPECT_EQ(Run({"run", "get", kImport, "-o", "json"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("2026-04-30T16:00:00Z"));
  server_.time_zone = "";
  EXPECT_EQ(Run(get), 0);
  EXPECT_THAT(out_.str(), HasSubstr("2026-04-30T16:00:00Z")) << "where nobody tells";
}

TEST_F(ApplicationTest, SaysHowManyFindingsAnImportDidNotKeep) {
  const std::string errors = home_ + "/errors.csv";
  EXPECT_EQ(Run({"import", "undo", kImport, "--errors", errors}), 0);
  EXPECT_THAT(err_.str(), Not(HasSubstr("left out")));
  server_.errors_left_out = 7;
  EXPECT_EQ(Run({"import", "undo", kImport, "--errors", errors}), 0);
  EXPECT_THAT(err_.str(), HasSubstr("7 more are left out"));
  EXPECT_EQ(Run({"import", "errors", kImport}), 0);
  EXPECT_THAT(err_.str(), HasSubstr("7 more are left out"));
}

TEST_F(ApplicationTest, NamesTheFlagThatAnImportLacks) {
  EXPECT_EQ(Run({"import", "run", "--mapping", "mapping.yaml"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--mapping requires --file"));
  EXPECT_EQ(Run({"import", "run", "--preset", "presets/facebook-ads"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--preset requires --data"));
  EXPECT_EQ(Run({"import", "run", "--preset", "p", "--data", "d", "--mapping", "m", "--file", "f"}),
            2);
  EXPECT_THAT(err_.str(), HasSubstr("--preset excludes --mapping"));
  EXPECT_EQ(Run({"import", "run", "--file", "orders.csv"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("give either --preset with --data or --mapping with --file"));
  EXPECT_EQ(server_.exchanges, 0);
}

TEST_F(ApplicationTest, NamesFileLineAndReasonOfAFactItCannotReadOnce) {
  const std::string path = home_ + "/facts.jsonl";
  std::ofstream(path) << "\n{\"source\": \"crm\"}\n{\"source\": \"crm\", \"colour\": 1}\n";
  EXPECT_EQ(Run({"fact", "ingest", "--file", path}), 3);
  EXPECT_EQ(err_.str(), "error: " + path +
                            ": line 3: colour: Cannot find field.\n"
                            "  code: INVALID_ARGUMENT / FIELD_INVALID\n");
  in_.str("{\"source\"\n");
  EXPECT_EQ(Run({"fact", "ingest", "--file", "-"}), 3);
  EXPECT_THAT(err_.str(), HasSubstr("error: standard input: line 1: Unexpected end of string"));
  EXPECT_EQ(Run({"fact", "ingest", "--file", home_}), 3);
  EXPECT_THAT(err_.str(), HasSubstr(home_ + ": is a folder"));
  EXPECT_EQ(Run({"fact", "ingest", "--file", home_ + "/none"}), 6);
  EXPECT_THAT(err_.str(), HasSubstr("there is no file '" + home_ + "/none'"));
}

TEST_F(ApplicationTest, SendsOneCallWithTenantTokenAndRequestId) {
  EXPECT_EQ(Run(kCreate), 0) << err_.str();
  ASSERT_THAT(server_.created, SizeIs(1));
  EXPECT_EQ(server_.created[0].parent(), "tenants/acme");
  EXPECT_EQ(server_.created[0].channel_id(), "google-ads");
  EXPECT_THAT(server_.created[0].request_id(), SizeIs(36));
  EXPECT_FALSE(server_.created[0].validate_only());
  EXPECT_EQ(server_.authorization, "Bearer access");
  EXPECT_THAT(out_.str(), HasSubstr("谷歌广告"));
}

TEST_F(ApplicationTest, TriesAgainWithTheSameRequestIdWhenUnavailable) {
  server_.unavailable = 2;
  EXPECT_EQ(Run(kCreate), 0);
  ASSERT_THAT(server_.created, SizeIs(3));
  EXPECT_EQ(server_.created[0].request_id(), server_.created[2].request_id());
  EXPECT_THAT(waits_, SizeIs(2));
  EXPECT_EQ(server_.exchanges, 1);
}

TEST_F(ApplicationTest, GivesUpWithItsOwnExitCode) {
  server_.unavailable = 100;
  EXPECT_EQ(Run(kCreate), 9);
  EXPECT_THAT(server_.created, SizeIs(6));
  EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ApplicationTest, DryRunAsksTheServerToValidateOnly) {
  std::vector<std::string> arguments = kCreate;
  arguments.push_back("--dry-run");
  EXPECT_EQ(Run(arguments), 0);
  EXPECT_TRUE(server_.created.at(0).validate_only());
}

TEST_F(ApplicationTest, SaysWhyOnStandardErrorAsJson) {
  server_.refusal = {grpc::StatusCode::ALREADY_EXISTS, "taken"};
  std::vector<std::string> arguments = kCreate;
  arguments.insert(arguments.end(), {"-o", "json"});
  EXPECT_EQ(Run(arguments), 7);
  EXPECT_THAT(out_.str(), IsEmpty());
  EXPECT_THAT(err_.str(), HasSubstr("{\"code\": \"ALREADY_EXISTS\""));
}

TEST_F(ApplicationTest, ReadsAListToItsEnd) {
  EXPECT_EQ(Run({"channel", "list"}), 0);
  EXPECT_EQ(out_.str(),
            "NAME        DISPLAY NAME  KIND    PAID\n"
            "google-ads  谷歌广告      SEARCH  no\n"
            "seo         SEO           SEO     no\n");
  EXPECT_EQ(Run({"channel", "list", "-o", "name"}), 0);
  EXPECT_EQ(out_.str(), "tenants/acme/channels/google-ads\ntenants/acme/channels/seo\n");
}

// Whoever changes anybody's access ends every access token of the tenant.
TEST_F(ApplicationTest, GoesOnWithANewTokenWhenTheOldOneHasEnded) {
  server_.access_ended = true;
  EXPECT_EQ(Run({"channel", "list"}), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("google-ads"));
  EXPECT_THAT(out_.str(), HasSubstr("SEO"));
  EXPECT_EQ(server_.exchanges, 2);
}

TEST_F(ApplicationTest, AnEmptyListIsHeadersOrAnEmptyArray) {
  server_.empty = true;
  EXPECT_EQ(Run({"channel", "list"}), 0);
  EXPECT_EQ(out_.str(), "NAME  DISPLAY NAME  KIND  PAID\n");
  EXPECT_EQ(Run({"channel", "list", "-o", "json"}), 0);
  EXPECT_EQ(out_.str(), "[]\n");
}

TEST_F(ApplicationTest, IsNotSignedInWithoutOrWithABadToken) {
  variables_["ARGOSY_TOKEN"] = "bad";
  EXPECT_EQ(Run({"channel", "list"}), 4);
  variables_.erase("ARGOSY_TOKEN");
  EXPECT_EQ(Run({"channel", "list"}), 4);
  EXPECT_THAT(err_.str(), HasSubstr("CREDENTIAL_MISSING"));
}

TEST_F(ApplicationTest, TellsUsageFromFailure) {
  EXPECT_EQ(Run({"channel", "paint"}), 2);
  EXPECT_EQ(Run({"channel", "create", "x"}), 2);
  EXPECT_EQ(Run({"channel", "list", "-o", "xml"}), 2);
  EXPECT_EQ(Run({}), 2);
  EXPECT_EQ(Run({"--help"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("Exit codes"));
}

TEST_F(ApplicationTest, NamesTheWordItDoesNotKnowAndTheNearestOne) {
  const auto error_of = [this](std::vector<std::string> line) {
    EXPECT_EQ(Run(std::move(line)), 2);
    return err_.str();
  };
  EXPECT_THAT(error_of({"chanel", "list"}),
              HasSubstr("'argosyctl' has no command 'chanel'; did you mean 'channel'?"));
  EXPECT_THAT(error_of({"--output", "json", "channel", "lst"}),
              HasSubstr("'argosyctl channel' has no command 'lst'; did you mean 'list'?"));
  EXPECT_THAT(error_of({"channel", "paint"}),
              HasSubstr("'argosyctl channel' has no command 'paint'; it has "));
  EXPECT_THAT(
      error_of({"channel", "create", "x", "--display-nam=y", "--kind", "seo", "--paid", "true"}),
      HasSubstr("'argosyctl channel create' has no flag '--display-nam'; did you mean "
                "'--display-name'?"));
  EXPECT_THAT(error_of({"channel", "list", "--tennant", "acme"}),
              HasSubstr("has no flag '--tennant'; did you mean '--tenant'?"));
  EXPECT_THAT(error_of({"channel", "list", "seo"}),
              HasSubstr("'argosyctl channel list' has no further argument 'seo'\n"));
  EXPECT_EQ(server_.exchanges, 0);
}

TEST_F(ApplicationTest, TakesTheTokenFromStandardInputAloneAndNeverShowsIt) {
  EXPECT_EQ(Run({"config", "set", "token", "argosy_secret"}), 3);
  in_.str("argosy_secret\n");
  EXPECT_EQ(Run({"config", "set", "token", "--profile", "acme"}), 0);
  variables_.erase("ARGOSY_TOKEN");
  EXPECT_EQ(Run({"config", "list", "--profile", "acme"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("token    set"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("argosy_secret")));
}

TEST_F(ApplicationTest, AProfileGivenByHandGoesBeforeTheTokenOfTheEnvironment) {
  in_.str("good\n");
  EXPECT_EQ(Run({"config", "set", "token", "--profile", "acme"}), 0);
  variables_["ARGOSY_TOKEN"] = "bad";
  EXPECT_EQ(Run({"channel", "list"}), 4);
  EXPECT_EQ(Run({"--profile", "acme", "channel", "list"}), 0) << err_.str();
  variables_["ARGOSY_PROFILE"] = "acme";
  EXPECT_EQ(Run({"channel", "list"}), 4);
}

TEST_F(ApplicationTest, SaysThatAProfileIsNotThereAndWhichOnesAre) {
  variables_.erase("ARGOSY_TOKEN");
  EXPECT_EQ(Run({"--profile", "nope", "channel", "list"}), 6);
  EXPECT_THAT(err_.str(), HasSubstr("there is no profile 'nope' in " + home_ + "/.config/argosy"));
  EXPECT_THAT(err_.str(), HasSubstr("there are none yet"));
  EXPECT_EQ(Run({"config", "set", "tenant", "acme", "--profile", "acme"}), 0);
  EXPECT_EQ(Run({"config", "set", "tenant", "basil", "--profile", "basil"}), 0);
  variables_["ARGOSY_PROFILE"] = "nope";
  EXPECT_EQ(Run({"channel", "list"}), 6);
  EXPECT_THAT(err_.str(), HasSubstr("there are: acme, basil"));
  // A token beside it does not make up for a name that is wrong.
  variables_["ARGOSY_TOKEN"] = "good";
  EXPECT_EQ(Run({"channel", "list", "--tenant", "acme"}), 6);
  // Who makes the profile need not have it; that this server makes no tenants is another matter.
  EXPECT_NE(Run({"tenant", "create", "nope", "--display-name", "Nope", "--blueprint",
                 "tenants/blueprints/trading-startup.yaml"}),
            6);
  EXPECT_THAT(err_.str(), Not(HasSubstr("there is no profile")));
}

TEST_F(ApplicationTest, UsesTheProfileOfTheEnvironment) {
  EXPECT_EQ(Run({"config", "set", "tenant", "from-profile", "--profile", "acme"}), 0);
  variables_["ARGOSY_PROFILE"] = "acme";
  EXPECT_EQ(Run(kCreate), 0);
  EXPECT_EQ(server_.created.at(0).parent(), "tenants/from-profile");
}

}  // namespace
}  // namespace argosy::ctl
