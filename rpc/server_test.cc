// What only shows on a port: limits of the transport, health, and going down.
#include "rpc/server.h"

#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/admin_http.h"
#include "rpc/chassis_parts.h"
#include "rpc/client_call.h"
#include "rpc/service_channels.h"
#include "rpc/status_mapping.h"
#include "rpc/testing/note_server.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kNote[] = "tenants/acme/notes/n";

class ServerTest : public ::testing::Test {
 protected:
  explicit ServerTest(const ChassisOptions& options = {})
      : notes_(options, "127.0.0.1:0"),
        channel_(grpc::CreateChannel(absl::StrCat("127.0.0.1:", notes_.server->port()),
                                     grpc::InsecureChannelCredentials())) {
    notes_.stub = note::NoteService::NewStub(channel_);
  }

  // A connection that no other channel shares, for calls that may break it.
  std::shared_ptr<grpc::Channel> ConnectAlone() {
    grpc::ChannelArguments alone;
    alone.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", notes_.server->port()),
                                     grpc::InsecureChannelCredentials(), alone);
  }

  // grpc.health.v1.HealthCheckResponse.status of `service`: 1 SERVING, 2 NOT_SERVING.
  grpc::Status Check(const std::string& service, int& state) {
    grpc::ClientContext call;
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(channel_);
    // HealthCheckRequest{service = 1}, by hand: the package has no C++ stubs.
    std::string bytes;
    if (!service.empty())
      bytes = absl::StrCat("\x0a", std::string(1, static_cast<char>(service.size())), service);
    const grpc::Slice slice(bytes);
    const auto reader = stub.PrepareUnaryCall(&call, "/grpc.health.v1.Health/Check",
                                              grpc::ByteBuffer(&slice, 1), &queue);
    reader->StartCall();
    grpc::ByteBuffer reply;
    grpc::Status status;
    int tag = 0;
    reader->Finish(&reply, &status, &tag);
    void* done = nullptr;
    bool ok = false;
    queue.Next(&done, &ok);
    grpc::Slice answer;
    state = reply.Valid() && reply.DumpToSingleSlice(&answer).ok() && answer.size() == 2
                ? answer.begin()[1]
                : 0;
    return status;
  }

  NoteServer notes_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ServerTest, AnswersOverThePort) { EXPECT_TRUE(notes_.Get(kNote).ok()); }

TEST_F(ServerTest, IsNotServingUntilReadyAndAgainBeforeItGoes) {
  int state = 0;
  EXPECT_TRUE(Check("", state).ok());
  EXPECT_EQ(state, 2);
  notes_.server->SetReady();
  EXPECT_TRUE(Check("argosy.chassistest.v1.NoteService", state).ok());
  EXPECT_EQ(state, 1);
  notes_.server->health().SetDependency("argosy.database", Health::State::kNotServing);
  EXPECT_TRUE(Check("argosy.database", state).ok());
  EXPECT_EQ(state, 2);
  EXPECT_TRUE(Check("", state).ok());
  EXPECT_EQ(state, 1);
}

TEST_F(ServerTest, RefusesAMessageOverOneMebibyteWithTheTransportsOwnError) {
  const grpc::Status status = notes_.Get(std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(status.error_details(), "");
}

// gRPC answers metadata over the limit by itself and the handler never runs; the connection may go
// with it, so that the call ends as RESOURCE_EXHAUSTED, UNAVAILABLE or INTERNAL.
TEST_F(ServerTest, NeverHandsMetadataOverEightKibibytesToAHandler) {
  int runs = 0;
  notes_.rpc->handler = [&](const auto&, auto&) {
    ++runs;
    return note::Note();
  };
  grpc::ClientContext call;
  notes_.SignIn(call);
  call.AddMetadata("x-large", std::string(16 * 1024, 'x'));
  note::GetNoteRequest request;
  request.set_name(kNote);
  note::Note reply;
  EXPECT_FALSE(note::NoteService::NewStub(ConnectAlone())->GetNote(&call, request, &reply).ok());
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(notes_.Get(kNote).ok());
}

TEST_F(ServerTest, EndsTheCallInFlightBeforeItGoesDown) {
  std::thread stopper;
  notes_.rpc->handler = [&](const auto&, auto&) {
    stopper = std::thread(
        [&] { notes_.server->Stop({.notice = absl::ZeroDuration(), .grace = absl::Seconds(20)}); });
    while (!notes_.chassis->drain().draining()) std::this_thread::yield();
    note::Note reply;
    reply.set_text("done");
    return reply;
  };
  EXPECT_TRUE(notes_.Get(kNote).ok());
  EXPECT_EQ(notes_.reply.text(), "done");
  stopper.join();
  EXPECT_FALSE(notes_.Get(kNote).ok());
}

TEST_F(ServerTest, CountsConnectionsOfOneAddressAsOnePeer) {
  NoteServer limited(ChassisOptions{.per_peer_max = 1}, "127.0.0.1:0");
  limited.stub = note::NoteService::NewStub(grpc::CreateChannel(
      absl::StrCat("127.0.0.1:", limited.server->port()), grpc::InsecureChannelCredentials()));
  grpc::Status second;
  limited.rpc->handler = [&](const auto&, auto&) {
    limited.rpc->handler = nullptr;
    second = limited.Get(kNote);
    return note::Note();
  };
  EXPECT_TRUE(limited.Get(kNote).ok());
  EXPECT_THAT(FromGrpcStatus(second), HasReason("CONCURRENCY_LIMITED"));
}

TEST_F(ServerTest, LeavesRoomForCallersWithATokenWhateverTheOthersAsk) {
  NoteServer limited(ChassisOptions{.public_max = 1}, "127.0.0.1:0");
  limited.stub = note::NoteService::NewStub(grpc::CreateChannel(
      absl::StrCat("127.0.0.1:", limited.server->port()), grpc::InsecureChannelCredentials()));
  const auto ping = [&] {
    grpc::ClientContext call;
    note::Note reply;
    return limited.stub->Ping(&call, note::PingRequest(), &reply);
  };
  grpc::Status second;
  grpc::Status known;
  limited.rpc->handler = [&](const auto&, auto&) {
    limited.rpc->handler = nullptr;
    second = ping();
    known = limited.Get(kNote);
    return note::Note();
  };
  EXPECT_TRUE(ping().ok());
  EXPECT_THAT(FromGrpcStatus(second), HasReason("CONCURRENCY_LIMITED"));
  EXPECT_TRUE(known.ok()) << known.error_message();
  EXPECT_TRUE(ping().ok()) << "its place is free again";
}

// Stops whoever arrives until it is opened. Thread-safe.
class Gate {
 public:
  static constexpr absl::Duration kPatience = absl::Seconds(20);

  void Arrive() {
    base::MutexLock lock(mutex_);
    ++arrived_;
    changed_.NotifyAll();
    while (!open_) changed_.WaitFor(mutex_, absl::Seconds(1));
  }
  // Whether `count` have arrived within kPatience.
  bool WaitFor(int count) {
    const absl::Time end = clock_.Now() + kPatience;
    base::MutexLock lock(mutex_);
    while (arrived_ < count && clock_.Now() < end) changed_.WaitFor(mutex_, absl::Seconds(1));
    return arrived_ == count;
  }
  void Open() {
    base::MutexLock lock(mutex_);
    open_ = true;
    changed_.NotifyAll();
  }

 private:
  const base::SystemClock clock_{};
  base::Mutex mutex_;
  base::CondVar changed_;
  int arrived_ ABSL_GUARDED_BY(mutex_) = 0;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
};

// As many calls as the public server admits, each of which makes one of another service of the
// process and waits in it.
class FullServerTest : public ServerTest {
 protected:
  static constexpr int kAdmitted = kPublicThreads - kPublicThreadsReserved;

  FullServerTest() : ServerTest({.per_tenant_max = kAdmitted, .per_principal_max = kAdmitted}) {
    notes_.server->SetReady();
    notes_.rpc->handler = [this](const tenants::RequestContext& ctx, auto&) {
      return ctx.resource() == kNote ? CallInside(ctx) : Inside();
    };
    for (int i = 0; i < kAdmitted; ++i) {
      clients_.emplace_back([this] { answered_ += Ask().ok() ? 1 : 0; });
    }
  }
  ~FullServerTest() override { AllAnswered(); }

  // One call of a client that waits longer than the gate does.
  grpc::Status Ask() {
    grpc::ClientContext call;
    notes_.SignIn(call);
    call.set_deadline(absl::ToChronoTime(notes_.clock.Now() + Gate::kPatience + absl::Seconds(5)));
    note::GetNoteRequest request;
    request.set_name(kNote);
    note::Note reply;
    return notes_.stub->GetNote(&call, request, &reply);
  }
  // Lets everybody go on; how many got their answer.
  int AllAnswered() {
    gate_.Open();
    for (std::thread& client : clients_) client.join();
    clients_.clear();
    return answered_;
  }

  Gate gate_;

 private:
  absl::StatusOr<note::Note> CallInside(const tenants::RequestContext& ctx) {
    const auto stub = note::NoteService::NewStub(notes_.server->InternalChannel());
    note::GetNoteRequest request;
    request.set_name("tenants/acme/notes/inside");
    return InnerCall<note::Note>(ctx, [&](grpc::ClientContext& call, note::Note& reply) {
      return stub->GetNote(&call, request, &reply);
    });
  }
  note::Note Inside() {
    gate_.Arrive();
    return note::Note();
  }

  std::vector<std::thread> clients_;
  std::atomic<int> answered_{0};
};

TEST_F(FullServerTest, HasRoomForANestedCallOfEveryCallItAdmits) {
  EXPECT_TRUE(gate_.WaitFor(kAdmitted));
  EXPECT_EQ(AllAnswered(), kAdmitted);
  EXPECT_TRUE(Ask().ok());
}

TEST_F(FullServerTest, RefusesTheNextCallWithDetailsAndStaysHealthy) {
  ASSERT_TRUE(gate_.WaitFor(kAdmitted));
  const grpc::Status refused = Ask();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto fault = base::FindFault(FromGrpcStatus(refused));
  ASSERT_TRUE(fault.has_value()) << refused.error_message();
  EXPECT_EQ(fault->reason, "CONCURRENCY_LIMITED");
  EXPECT_THAT(fault->metadata, ::testing::Contains(::testing::Pair("scope", "system")));
  EXPECT_GT(fault->retry_after.value_or(absl::ZeroDuration()), absl::ZeroDuration());
  int state = 0;
  EXPECT_TRUE(Check("", state).ok());
  EXPECT_EQ(state, 1);
  EXPECT_EQ(AllAnswered(), kAdmitted);
}

TEST(ServerStart, RefusesPlaintextBeyondLoopback) {
  Drain drain;
  EXPECT_THAT(Server::Start({.address = "0.0.0.0:0"}, drain).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ServerStart, SaysThatThePortIsTaken) {
  const NoteServer first(ChassisOptions{}, "127.0.0.1:0");
  Drain drain;
  NoteRpc second(*first.chassis);
  const ServerSpec spec{.services = {&second},
                        .address = absl::StrCat("127.0.0.1:", first.server->port())};
  const absl::Status status = Server::Start(spec, drain).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(std::string(status.message()), HasSubstr(spec.address));
}

TEST(ServiceChannels, HandsOutWhatItWasTold) {
  ServiceChannels channels;
  EXPECT_THAT(channels.ChannelTo("teams").status(), HasReason("DEPENDENCY_DOWN"));
  channels.Set("teams", grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials()));
  EXPECT_THAT(channels.ChannelTo("teams"), IsOk());
}

namespace http = boost::beast::http;

http::response<http::string_body> Fetch(uint16_t port, http::verb verb, const std::string& target) {
  boost::asio::io_context io;
  boost::beast::tcp_stream stream(io);
  stream.connect({boost::asio::ip::address_v4::loopback(), port});
  http::request<http::empty_body> request(verb, target, 11);
  http::write(stream, request);
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(stream, buffer, response);
  return response;
}

TEST(AdminHttp, ShowsMetricsHealthAndReadiness) {
  bool ready = false;
  auto admin = AdminHttp::Start(
      0, {.metrics = [] { return std::string("up 1\n"); }, .ready = [&] { return ready; }});
  ASSERT_THAT(admin, IsOk());
  const uint16_t port = (*admin)->port();
  EXPECT_EQ(Fetch(port, http::verb::get, "/metrics").body(), "up 1\n");
  EXPECT_EQ(Fetch(port, http::verb::get, "/healthz").result(), http::status::ok);
  EXPECT_EQ(Fetch(port, http::verb::get, "/readyz").result(), http::status::service_unavailable);
  ready = true;
  EXPECT_EQ(Fetch(port, http::verb::get, "/readyz").result(), http::status::ok);
  EXPECT_EQ(Fetch(port, http::verb::get, "/").result(), http::status::not_found);
  EXPECT_EQ(Fetch(port, http::verb::post, "/metrics").result(), http::status::method_not_allowed);
  EXPECT_THAT(AdminHttp::Start(port, {}).status(), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace argosy::rpc
