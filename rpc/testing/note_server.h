// The NoteService behind a chassis on an in-process server, for tests.
#ifndef ARGOSY_RPC_TESTING_NOTE_SERVER_H_
#define ARGOSY_RPC_TESTING_NOTE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "rpc/chassis.h"
#include "rpc/denials.h"
#include "rpc/server.h"
#include "rpc/testing/note.grpc.pb.h"
#include "rpc/testing/token_maker.h"

namespace argosy::rpc {

namespace note = chassistest::v1;
using NoteHandler =
    std::function<absl::StatusOr<note::Note>(const tenants::RequestContext&, grpc::ServerContext&)>;

// Every method runs `handler`, when there is one, and answers an empty note otherwise. A claiming
// method claims once before it.
class NoteRpc final : public note::NoteService::Service {
 public:
  explicit NoteRpc(Chassis& chassis) : chassis_(chassis) {}

  NoteHandler handler;
  int claims = 1;  // of PutNote

  grpc::Status GetNote(grpc::ServerContext* call, const note::GetNoteRequest* request,
                       note::Note* reply) override {
    return Serve(call, *request, *reply);
  }
  grpc::Status PutNote(grpc::ServerContext* call, const note::PutNoteRequest* request,
                       note::Note* reply) override {
    return chassis_.Unary(*call, *request, *reply, [&](const tenants::RequestContext& ctx) {
      for (int i = 0; i < claims; ++i) ctx.CountClaim();
      return Answer(ctx, *call);
    });
  }
  grpc::Status IngestNotes(grpc::ServerContext* call, const note::IngestNotesRequest* request,
                           note::Note* reply) override {
    return Serve(call, *request, *reply);
  }
  grpc::Status LookupNote(grpc::ServerContext* call, const note::LookupNoteRequest* request,
                          note::Note* reply) override {
    return Serve(call, *request, *reply);
  }
  grpc::Status Ping(grpc::ServerContext* call, const note::PingRequest* request,
                    note::Note* reply) override {
    return Serve(call, *request, *reply);
  }

 private:
  absl::StatusOr<note::Note> Answer(const tenants::RequestContext& ctx, grpc::ServerContext& call) {
    // A copy, because a handler may put another in its place for the calls it makes.
    const NoteHandler running = handler;
    return running ? running(ctx, call) : note::Note();
  }
  template <typename Request>
  grpc::Status Serve(grpc::ServerContext* call, const Request& request, note::Note& reply) {
    return chassis_.Unary(*call, request, reply,
                          [&](const tenants::RequestContext& ctx) { return Answer(ctx, *call); });
  }

  Chassis& chassis_;
};

// Remembers what it is given, until it is told to fail.
class FakeDenials final : public DenialSink {
 public:
  struct Entry {
    std::string tenant;
    std::string actor;
    std::string method;
    std::string resource;
    std::string reason;
  };

  absl::Status Record(absl::string_view proto_service, const tenants::RequestContext& ctx,
                      absl::string_view reason) override {
    if (!failure.ok()) return failure;
    EXPECT_EQ(proto_service, note::NoteService::service_full_name());
    entries.push_back({.tenant = ctx.tenant().tenant_id().text(),
                       .actor = ctx.tenant().actor(),
                       .method = ctx.method(),
                       .resource = ctx.resource(),
                       .reason = std::string(reason)});
    return absl::OkStatus();
  }

  absl::Status failure;
  std::vector<Entry> entries;
};

// A whole process in miniature: tenants acme, globex and platform, one signing key, two servers.
class NoteServer {
 public:
  explicit NoteServer(ChassisOptions options = {}, const std::string& address = "") {
    tenants.Add("acme", tenants::TenantKind::kCompany);
    tenants.Add("globex", tenants::TenantKind::kCompany);
    tenants.Add("platform", tenants::TenantKind::kPlatform);
    options.issuer = kIssuer;
    options.audience = kAudience;
    const std::vector<std::string> names = ServiceNames<note::NoteService>();
    chassis = *Chassis::Create(ChassisParts{.clock = clock,
                                            .entropy = entropy,
                                            .tenants = tenants,
                                            .keys = keys,
                                            .denials = denials,
                                            .log = *log,
                                            .options = options},
                               names);
    rpc = std::make_unique<NoteRpc>(*chassis);
    server = *Server::Start({.services = {rpc.get()}, .service_names = names, .address = address},
                            chassis->drain());
    stub = note::NoteService::NewStub(server->PublicChannel());
  }

  base::AccessClaims Owner() const { return TokenMaker::OwnerOfAcme(clock.Now()); }
  // Puts the owner's token into a call.
  void SignIn(grpc::ClientContext& call) const {
    call.AddMetadata("authorization", maker.Bearer(Owner()));
  }
  grpc::Status Get(const std::string& name) {
    grpc::ClientContext call;
    SignIn(call);
    return Get(call, name);
  }
  grpc::Status Get(grpc::ClientContext& call, const std::string& name) {
    note::GetNoteRequest request;
    request.set_name(name);
    return stub->GetNote(&call, request, &reply);
  }

  base::SystemClock clock;
  base::SeededEntropy entropy{7};
  std::ostringstream lines;
  std::unique_ptr<base::Log> log = base::Log::ToStream(lines, clock);
  AcceptedKeys keys{clock};
  TokenMaker maker{keys};
  FakeTenants tenants;
  FakeDenials denials;
  std::unique_ptr<Chassis> chassis;
  std::unique_ptr<NoteRpc> rpc;
  std::unique_ptr<Server> server;
  std::unique_ptr<note::NoteService::Stub> stub;
  note::Note reply;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_TESTING_NOTE_SERVER_H_
