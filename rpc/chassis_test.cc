// One test for each position of the chain, and for what each position must run before.
#include "rpc/chassis.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "rpc/client_call.h"
#include "rpc/denials.h"
#include "rpc/drain.h"
#include "rpc/errors.h"
#include "rpc/metrics.h"
#include "rpc/status_mapping.h"
#include "rpc/testing/note_server.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kNote[] = "tenants/acme/notes/n";
constexpr char kRequestId[] = "01890a5d-ac96-774b-bcce-b302099a8057";

std::string ReasonOf(const grpc::Status& status) { return base::ReasonOf(FromGrpcStatus(status)); }

template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  Detail detail;
  for (const auto& any : details.details()) any.UnpackTo(&detail);
  return detail;
}

class ChassisTest : public ::testing::Test {
 protected:
  grpc::Status Put(const note::PutNoteRequest& request) {
    grpc::ClientContext call;
    notes_.SignIn(call);
    return notes_.stub->PutNote(&call, request, &notes_.reply);
  }
  static note::PutNoteRequest PutRequest() {
    note::PutNoteRequest request;
    request.mutable_note()->set_name(kNote);
    request.set_request_id(kRequestId);
    return request;
  }
  void Answer(NoteHandler handler) { notes_.rpc->handler = std::move(handler); }
  // A handler that counts how often it ran.
  void CountRuns() {
    Answer([this](const auto&, auto&) {
      ++runs_;
      return note::Note();
    });
  }

  NoteServer notes_;
  std::atomic<int> runs_{0};
};

TEST_F(ChassisTest, AnswersAnAuthorisedCall) {
  Answer([](const tenants::RequestContext& ctx, auto&) -> absl::StatusOr<note::Note> {
    note::Note reply;
    reply.set_name(ctx.resource());
    reply.set_text(absl::StrCat(ctx.tenant().tenant_id().text(), " ", ctx.tenant().actor(), " ",
                                ctx.tenant().reporting_currency(), " ", ctx.method()));
    return reply;
  });
  EXPECT_TRUE(notes_.Get(kNote).ok());
  EXPECT_EQ(notes_.reply.name(), kNote);
  EXPECT_EQ(notes_.reply.text(),
            "acme memberships/m1 USD argosy.chassistest.v1.NoteService/GetNote");
}

TEST_F(ChassisTest, MasksAnExceptionAndLogsIt) {
  Answer([](const auto&, auto&) -> absl::StatusOr<note::Note> {
    throw std::runtime_error("the secret of the database");
  });
  const grpc::Status status = notes_.Get(kNote);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(status.error_message(), Not(HasSubstr("secret")));
  EXPECT_THAT(notes_.lines.str(), HasSubstr("the secret of the database"));
}

TEST_F(ChassisTest, MasksAThrownNumber) {
  Answer([](const auto&, auto&) -> absl::StatusOr<note::Note> { throw 7; });
  EXPECT_EQ(ReasonOf(notes_.Get(kNote)), "INTERNAL");
}

TEST_F(ChassisTest, TellsTheCallIdToTheClientAndToTheLog) {
  const grpc::Status status = notes_.Get("tenants/globex/notes/n");
  const std::string call_id = DetailOf<google::rpc::RequestInfo>(status).request_id();
  EXPECT_EQ(call_id.size(), 36U);
  EXPECT_THAT(notes_.lines.str(), HasSubstr(absl::StrCat("\"call_id\":\"", call_id, "\"")));
  EXPECT_THAT(notes_.lines.str(), HasSubstr("\"reason\":\"PERMISSION_MISSING\""));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).domain(), "chassistest.argosy");
}

TEST_F(ChassisTest, LogsOneLineWithoutTheToken) {
  grpc::ClientContext call;
  const std::string bearer = notes_.maker.Bearer(notes_.Owner());
  call.AddMetadata("authorization", bearer);
  call.AddMetadata("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_TRUE(notes_.Get(call, kNote).ok());
  const std::string lines = notes_.lines.str();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
  EXPECT_THAT(lines, HasSubstr("\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""));
  EXPECT_THAT(lines, HasSubstr("\"tenant\":\"acme\",\"actor\":\"memberships/m1\""));
  EXPECT_THAT(lines, Not(HasSubstr(bearer.substr(7, 20))));
}

TEST_F(ChassisTest, CountsTheCall) {
  EXPECT_TRUE(notes_.Get(kNote).ok());
  EXPECT_THAT(MetricsText({&notes_.chassis->metrics()}),
              HasSubstr("grpc_server_handled_total{grpc_method=\"GetNote\",grpc_service=\"argosy."
                        "chassistest.v1.NoteService\",grpc_type=\"unary\",grpc_code=\"OK\"} 1"));
}

TEST_F(ChassisTest, GivesADefaultDeadlineAndCapsALongOne) {
  absl::Duration left;
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    left = ctx.deadline() - ctx.now();
    return note::Note();
  });
  EXPECT_TRUE(notes_.Get(kNote).ok());
  EXPECT_EQ(left, absl::Seconds(5));
  grpc::ClientContext call;
  notes_.SignIn(call);
  call.set_deadline(absl::ToChronoTime(notes_.clock.Now() + absl::Hours(1)));
  EXPECT_TRUE(notes_.Get(call, kNote).ok());
  EXPECT_EQ(left, absl::Seconds(30));
}

TEST_F(ChassisTest, KeepsAShortDeadline) {
  absl::Duration left;
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    left = ctx.deadline() - ctx.now();
    return note::Note();
  });
  grpc::ClientContext call;
  notes_.SignIn(call);
  call.set_deadline(absl::ToChronoTime(notes_.clock.Now() + absl::Seconds(2)));
  EXPECT_TRUE(notes_.Get(call, kNote).ok());
  // The wire carries what is left, rounded up a little.
  EXPECT_LE(left, absl::Milliseconds(2100));
  EXPECT_GT(left, absl::ZeroDuration());
}

TEST_F(ChassisTest, ShowsTheHandlerThatTheClientHasGone) {
  std::atomic<bool> started{false};
  std::atomic<bool> seen{false};
  Answer([&](const auto&, grpc::ServerContext& server_call) {
    started = true;
    for (int i = 0; i < 100'000'000 && !server_call.IsCancelled(); ++i) std::this_thread::yield();
    seen = server_call.IsCancelled();
    return note::Note();
  });
  grpc::ClientContext call;
  notes_.SignIn(call);
  std::thread canceller([&] {
    while (!started) std::this_thread::yield();
    call.TryCancel();
  });
  EXPECT_EQ(notes_.Get(call, kNote).error_code(), grpc::StatusCode::CANCELLED);
  canceller.join();
  EXPECT_TRUE(notes_.chassis->drain().WaitIdle(absl::Seconds(10)) || seen);
  notes_.server->Stop({.notice = absl::ZeroDuration(), .grace = absl::Seconds(10)});
  EXPECT_TRUE(seen);
}

TEST_F(ChassisTest, RefusesWithoutACredentialBeforeLookingAtTheRequest) {
  CountRuns();
  grpc::ClientContext call;
  const grpc::Status status = notes_.Get(call, "nonsense");
  EXPECT_EQ(ReasonOf(status), "CREDENTIAL_MISSING");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(runs_, 0);
}

TEST_F(ChassisTest, WalksBeforeItAuthorises) {
  note::IngestNotesRequest request;
  request.set_parent("tenants/globex");
  request.add_teams("tenants/acme/teams/t");
  grpc::ClientContext call;
  notes_.SignIn(call);
  EXPECT_EQ(ReasonOf(notes_.stub->IngestNotes(&call, request, &notes_.reply)), "TENANT_MISMATCH");
}

TEST_F(ChassisTest, AuthorisesBeforeItValidates) {
  CountRuns();
  note::GetNoteRequest request;
  request.set_name("tenants/globex/notes/n");
  request.set_etag("far too long");
  grpc::ClientContext call;
  notes_.SignIn(call);
  EXPECT_EQ(ReasonOf(notes_.stub->GetNote(&call, request, &notes_.reply)), "PERMISSION_MISSING");
  EXPECT_EQ(runs_, 0);
}

// A larger status would end the connection, and with it every other call on it.
TEST_F(ChassisTest, SendsAnEndlessRefusalWithinFourKibibytes) {
  Answer([](const auto&, auto&) {
    return base::FieldInvalid("note.text", std::string(100'000, 'x'));
  });
  const grpc::Status status = notes_.Get(kNote);
  EXPECT_EQ(ReasonOf(status), "FIELD_INVALID");
  EXPECT_LE(status.error_details().size(), kStatusBytesMax);
  EXPECT_LE(status.error_message().size(), kStatusBytesMax);
  Answer(nullptr);
  EXPECT_TRUE(notes_.Get(kNote).ok());
}

TEST_F(ChassisTest, ValidatesBeforeTheHandler) {
  CountRuns();
  note::GetNoteRequest request;
  request.set_name(kNote);
  request.set_etag("far too long");
  grpc::ClientContext call;
  notes_.SignIn(call);
  const grpc::Status status = notes_.stub->GetNote(&call, request, &notes_.reply);
  EXPECT_EQ(ReasonOf(status), "FIELD_INVALID");
  EXPECT_EQ(DetailOf<google::rpc::BadRequest>(status).field_violations(0).field(), "etag");
  EXPECT_EQ(runs_, 0);
}

TEST_F(ChassisTest, GivesAMutationItsRequestIdAndHash) {
  std::string first_hash;
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    EXPECT_EQ(ctx.request_id().ToString(), kRequestId);
    EXPECT_EQ(ctx.payload_hash().size(), 32U);
    first_hash = ctx.payload_hash();
    return note::Note();
  });
  note::PutNoteRequest request = PutRequest();
  for (const char* key : {"a", "b", "c", "d"}) (*request.mutable_labels())[key] = key;
  EXPECT_TRUE(Put(request).ok());
  const std::string before = first_hash;
  note::PutNoteRequest same = PutRequest();
  for (const char* key : {"d", "c", "b", "a"}) (*same.mutable_labels())[key] = key;
  EXPECT_TRUE(Put(same).ok());
  EXPECT_EQ(first_hash, before);
  same.mutable_note()->set_text("other");
  EXPECT_TRUE(Put(same).ok());
  EXPECT_NE(first_hash, before);
}

TEST_F(ChassisTest, ReadsARequestIdOfEitherCaseAsOne) {
  std::vector<std::string> hashes;
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    EXPECT_EQ(ctx.request_id().ToString(), kRequestId);
    hashes.push_back(ctx.payload_hash());
    return note::Note();
  });
  note::PutNoteRequest request = PutRequest();
  EXPECT_TRUE(Put(request).ok());
  request.set_request_id("01890A5D-AC96-774B-BCCE-B302099A8057");
  EXPECT_TRUE(Put(request).ok());
  ASSERT_EQ(hashes.size(), 2U);
  EXPECT_EQ(hashes[0], hashes[1]) << "or the repetition would be a reuse";
}

TEST_F(ChassisTest, RefusesARequestIdOfZeros) {
  note::PutNoteRequest request = PutRequest();
  request.set_request_id("00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(ReasonOf(Put(request)), "FIELD_INVALID");
}

TEST_F(ChassisTest, RefusesAMutationWithoutARequestId) {
  note::PutNoteRequest request = PutRequest();
  request.clear_request_id();
  EXPECT_EQ(ReasonOf(Put(request)), "FIELD_INVALID");
}

TEST_F(ChassisTest, BlanksSecretsInWhatIsStored) {
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    note::Note reply;
    reply.set_password("hunter2");
    EXPECT_THAT(ctx.StorableReply(reply.SerializeAsString()), Not(HasSubstr("hunter2")));
    return reply;
  });
  EXPECT_TRUE(Put(PutRequest()).ok());
  EXPECT_EQ(notes_.reply.password(), "hunter2");
}

TEST_F(ChassisTest, PassesOnThatACallIsADryRun) {
  Answer([&](const tenants::RequestContext& ctx, auto&) {
    EXPECT_TRUE(ctx.validate_only());
    return note::Note();
  });
  note::PutNoteRequest request = PutRequest();
  request.set_validate_only(true);
  EXPECT_TRUE(Put(request).ok());
}

TEST_F(ChassisTest, AnswersInternalToAMutationThatClaimedNothing) {
  notes_.rpc->claims = 0;
  EXPECT_EQ(ReasonOf(Put(PutRequest())), "INTERNAL");
  EXPECT_THAT(notes_.lines.str(), HasSubstr("claimed its request_id 0 times"));
}

TEST_F(ChassisTest, AnswersInternalToAMutationThatClaimedTwice) {
  notes_.rpc->claims = 2;
  EXPECT_EQ(ReasonOf(Put(PutRequest())), "INTERNAL");
}

TEST_F(ChassisTest, DoesNotAskARefusedMutationForAClaim) {
  notes_.rpc->claims = 0;
  Answer([](const auto&, auto&) { return base::FieldInvalid("note.text", "not today"); });
  EXPECT_EQ(ReasonOf(Put(PutRequest())), "FIELD_INVALID");
}

TEST_F(ChassisTest, AnswersInternalToAReadThatClaims) {
  Answer([](const tenants::RequestContext& ctx, auto&) {
    ctx.CountClaim();
    return note::Note();
  });
  EXPECT_EQ(ReasonOf(notes_.Get(kNote)), "INTERNAL");
}

TEST_F(ChassisTest, LetsAnyoneCallAPublicMethodWithoutATenant) {
  Answer([](const tenants::RequestContext& ctx, auto&) {
    EXPECT_FALSE(ctx.has_tenant());
    EXPECT_LT(ctx.deadline(), absl::InfiniteFuture());
    return note::Note();
  });
  grpc::ClientContext call;
  EXPECT_TRUE(notes_.stub->Ping(&call, note::PingRequest(), &notes_.reply).ok());
}

TEST_F(ChassisTest, ConfinesAPlatformMethodToThePlatformsTenant) {
  Answer([](const tenants::RequestContext& ctx, auto&) {
    EXPECT_EQ(ctx.tenant().tenant_id().text(), "platform");
    EXPECT_EQ(ctx.resource(), "tenants/globex/notes/n");
    return note::Note();
  });
  base::AccessClaims claims = notes_.Owner();
  claims.tenant_id = *base::TenantId::Parse("platform");
  claims.tenant_uid = testing::TenantUidForTest("platform");
  claims.access_role = "platform-operator";
  note::LookupNoteRequest request;
  request.set_name("tenants/globex/notes/n");
  grpc::ClientContext call;
  call.AddMetadata("authorization", notes_.maker.Bearer(claims));
  EXPECT_TRUE(notes_.stub->LookupNote(&call, request, &notes_.reply).ok());
}

TEST_F(ChassisTest, RecordsADenialInTheCallersOwnChain) {
  CountRuns();
  EXPECT_EQ(ReasonOf(notes_.Get("tenants/globex/notes/n")), "PERMISSION_MISSING");
  note::IngestNotesRequest mixed;
  mixed.set_parent("tenants/acme");
  mixed.add_teams("tenants/globex/teams/t");
  grpc::ClientContext call;
  notes_.SignIn(call);
  EXPECT_EQ(ReasonOf(notes_.stub->IngestNotes(&call, mixed, &notes_.reply)), "TENANT_MISMATCH");
  EXPECT_EQ(runs_, 0);
  ASSERT_EQ(notes_.denials.entries.size(), 2U);
  const FakeDenials::Entry& denied = notes_.denials.entries[0];
  EXPECT_EQ(denied.tenant, "acme");
  EXPECT_EQ(denied.actor, "memberships/m1");
  EXPECT_EQ(denied.method, "argosy.chassistest.v1.NoteService/GetNote");
  EXPECT_EQ(denied.resource, "tenants/globex/notes/n");
  EXPECT_EQ(denied.reason, "PERMISSION_MISSING");
  EXPECT_EQ(notes_.denials.entries[1].reason, "TENANT_MISMATCH");
  EXPECT_EQ(notes_.denials.entries[1].tenant, "acme");
}

TEST_F(ChassisTest, RecordsWhatAServiceDeniesAndNothingElse) {
  EXPECT_TRUE(notes_.Get(kNote).ok());
  Answer([](const auto&, auto&) { return base::FieldInvalid("name", "not today"); });
  EXPECT_FALSE(notes_.Get(kNote).ok());
  grpc::ClientContext anonymous;
  EXPECT_EQ(ReasonOf(notes_.Get(anonymous, kNote)), "CREDENTIAL_MISSING");
  EXPECT_TRUE(notes_.denials.entries.empty());
  Answer([](const auto&, auto&) { return PermissionMissing("teams.read", kNote); });
  EXPECT_EQ(ReasonOf(notes_.Get(kNote)), "PERMISSION_MISSING");
  EXPECT_EQ(notes_.denials.entries.size(), 1U);
}

TEST_F(ChassisTest, KeepsOfADeniedNameWhatAnEntryHolds) {
  const std::string endless(100'000, '\n');
  EXPECT_EQ(ReasonOf(notes_.Get(absl::StrCat("tenants/globex/notes/", endless))),
            "PERMISSION_MISSING");
  ASSERT_EQ(notes_.denials.entries.size(), 1U);
  EXPECT_EQ(notes_.denials.entries[0].resource.size(), 512U);
  EXPECT_THAT(notes_.denials.entries[0].resource, Not(HasSubstr("\n")));
}

TEST_F(ChassisTest, RecordsNoDenialForATenantThatDoesNotExist) {
  base::AccessClaims claims = notes_.Owner();
  claims.tenant_id = *base::TenantId::Parse("vanished");
  grpc::ClientContext gone;
  gone.AddMetadata("authorization", notes_.maker.Bearer(claims));
  EXPECT_EQ(ReasonOf(notes_.Get(gone, kNote)), "PERMISSION_MISSING");
  // The id was given to another tenant since.
  claims = notes_.Owner();
  claims.tenant_uid = testing::TenantUidForTest("the acme before");
  grpc::ClientContext earlier;
  earlier.AddMetadata("authorization", notes_.maker.Bearer(claims));
  EXPECT_EQ(ReasonOf(notes_.Get(earlier, kNote)), "PERMISSION_MISSING");
  EXPECT_TRUE(notes_.denials.entries.empty());
}

TEST_F(ChassisTest, AnswersADenialThatCannotBeRecordedAllTheSame) {
  const grpc::Status recorded = notes_.Get("tenants/globex/notes/n");
  notes_.denials.failure = absl::UnavailableError("the database is away");
  const grpc::Status unrecorded = notes_.Get("tenants/globex/notes/n");
  EXPECT_EQ(ReasonOf(unrecorded), "PERMISSION_MISSING");
  EXPECT_EQ(unrecorded.error_message(), recorded.error_message());
  EXPECT_THAT(notes_.lines.str(), HasSubstr("a denied call could not be recorded"));
  EXPECT_THAT(MetricsText({&notes_.chassis->metrics()}),
              HasSubstr("argosy_denials_unrecorded_total 1"));
}

TEST_F(ChassisTest, LimitsTheDenialsItRecords) {
  for (int i = 0; i < DenialLimit::kPerMinuteMax + 3; ++i) {
    EXPECT_EQ(ReasonOf(notes_.Get("tenants/globex/notes/n")), "PERMISSION_MISSING");
  }
  EXPECT_EQ(notes_.denials.entries.size(), size_t{DenialLimit::kPerMinuteMax});
  EXPECT_THAT(MetricsText({&notes_.chassis->metrics()}),
              HasSubstr("argosy_denials_unrecorded_total 3"));
}

TEST_F(ChassisTest, RefusesNewCallsWhileDraining) {
  CountRuns();
  notes_.chassis->drain().Begin();
  grpc::ClientContext call;
  notes_.SignIn(call);
  const grpc::Status status = notes_.Get(call, kNote);
  EXPECT_EQ(ReasonOf(status), "DRAINING");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(call.GetServerTrailingMetadata().count("grpc-retry-pushback-ms"), 1U);
  EXPECT_EQ(runs_, 0);
}

TEST(ChassisLimits, RefuseTheCallTooManyWithItsScope) {
  struct Case {
    ChassisOptions options;
    std::string scope;
    std::string subject;
  };
  for (const Case& limited :
       {Case{{.admitted_max = 1}, "system", ""},
        Case{{.per_tenant_max = 1}, "tenant", "tenants/acme"},
        Case{{.per_principal_max = 1}, "principal", "tenants/acme/memberships/m1"}}) {
    NoteServer notes(limited.options);
    grpc::Status inner;
    notes.rpc->handler = [&](const auto&, auto&) {
      // Another client, while this call is being answered.
      notes.rpc->handler = nullptr;
      inner = notes.Get(kNote);
      return note::Note();
    };
    EXPECT_TRUE(notes.Get(kNote).ok());
    EXPECT_EQ(ReasonOf(inner), "CONCURRENCY_LIMITED");
    EXPECT_EQ(inner.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(inner).metadata().at("scope"), limited.scope);
    EXPECT_EQ(DetailOf<google::rpc::QuotaFailure>(inner).violations(0).subject(), limited.subject);
    EXPECT_GT(DetailOf<google::rpc::RetryInfo>(inner).retry_delay().nanos(), 0);
    EXPECT_TRUE(notes.Get(kNote).ok());
  }
}

TEST(ChassisLimits, LeaveTheColleaguesOfABusyPrincipalTheirShare) {
  NoteServer notes({.per_principal_max = 1});
  grpc::Status colleague;
  notes.rpc->handler = [&](const auto&, auto&) {
    notes.rpc->handler = nullptr;
    base::AccessClaims claims = notes.Owner();
    claims.actor = "memberships/m2";
    grpc::ClientContext call;
    call.AddMetadata("authorization", notes.maker.Bearer(claims));
    colleague = notes.Get(call, kNote);
    return note::Note();
  };
  EXPECT_TRUE(notes.Get(kNote).ok());
  EXPECT_TRUE(colleague.ok()) << colleague.error_message();
}

// A handler of this process calling another service of it.
class InnerCallTest : public ChassisTest {
 protected:
  // What the inner handler saw, from an outer call that passes limits of one.
  absl::StatusOr<note::Note> CallInside(const tenants::RequestContext& ctx) {
    const auto stub = note::NoteService::NewStub(notes_.server->InternalChannel());
    note::GetNoteRequest request;
    request.set_name(kNote);
    return InnerCall<note::Note>(ctx, [&](grpc::ClientContext& call, note::Note& reply) {
      return stub->GetNote(&call, request, &reply);
    });
  }
};

TEST_F(InnerCallTest, ForwardsTheActorTheTraceAndTheTimeLeft) {
  absl::Time outer_deadline;
  std::string outer_trace;
  Answer([&](const tenants::RequestContext& outer, auto&) {
    outer_deadline = outer.deadline();
    outer_trace = outer.trace_id();
    notes_.rpc->handler = [&](const tenants::RequestContext& inner, auto&) {
      EXPECT_EQ(inner.tenant().actor(), "memberships/m1");
      EXPECT_EQ(inner.trace_id(), outer_trace);
      EXPECT_LE(inner.deadline(), outer_deadline + absl::Milliseconds(50));
      note::Note reply;
      reply.set_text("inside");
      return reply;
    };
    return CallInside(outer);
  });
  EXPECT_TRUE(notes_.Get(kNote).ok());
  EXPECT_EQ(notes_.reply.text(), "inside");
}

TEST_F(InnerCallTest, IsAdmittedWithTheCallItBelongsToEvenWhileDraining) {
  Answer([&](const tenants::RequestContext& outer, auto&) {
    notes_.rpc->handler = nullptr;
    notes_.chassis->drain().Begin();
    return CallInside(outer);
  });
  EXPECT_TRUE(notes_.Get(kNote).ok());
}

TEST_F(InnerCallTest, KeepsTheRefusalOfTheOtherService) {
  Answer([&](const tenants::RequestContext& outer, auto&) {
    notes_.rpc->handler = [](const auto&, auto&) { return base::FieldInvalid("text", "no"); };
    return CallInside(outer);
  });
  EXPECT_EQ(ReasonOf(notes_.Get(kNote)), "FIELD_INVALID");
}

TEST_F(InnerCallTest, IsRefusedOutsideItsOwnCall) {
  const tenants::RequestContext ctx =
      testing::ContextForTest(testing::TenantUidForTest("acme")).Build();
  EXPECT_THAT(CallInside(ctx), HasReason("INTERNAL"));
}

TEST_F(InnerCallTest, IsNotBelievedFromOutside) {
  notes_.chassis->drain().Begin();
  grpc::ClientContext call;
  notes_.SignIn(call);
  call.AddMetadata(kInnerMarkHeader, "00000000000000000000000000000000");
  EXPECT_EQ(ReasonOf(notes_.Get(call, kNote)), "DRAINING");
}

TEST_F(InnerCallTest, MustCarryADeadline) {
  Answer([&](const tenants::RequestContext& outer, auto&) -> absl::StatusOr<note::Note> {
    grpc::ClientContext prepared;
    EXPECT_TRUE(PrepareInnerCall(outer, prepared).ok());
    notes_.rpc->handler = nullptr;
    const auto stub = note::NoteService::NewStub(notes_.server->InternalChannel());
    prepared.set_deadline(std::chrono::system_clock::time_point::max());
    note::Note reply;
    note::GetNoteRequest request;
    request.set_name(kNote);
    const absl::Status status = FromGrpcStatus(stub->GetNote(&prepared, request, &reply));
    EXPECT_THAT(status, HasReason("DEADLINE_MISSING"));
    return reply;
  });
  EXPECT_TRUE(notes_.Get(kNote).ok());
}

TEST(ChassisCreate, RefusesAServiceItCannotServe) {
  NoteServer notes;
  const ChassisParts parts{.clock = notes.clock,
                           .entropy = notes.entropy,
                           .tenants = notes.tenants,
                           .keys = notes.keys,
                           .denials = notes.denials,
                           .log = *notes.log,
                           .options = {.issuer = kIssuer, .audience = kAudience}};
  EXPECT_THAT(Chassis::Create(parts, {"nobody.knows.This"}).status(), HasReason("INTERNAL"));
  EXPECT_THAT(Chassis::Create(parts, {"argosy.chassistest.v1.UnruledService"}).status(),
              HasReason("INTERNAL"));
}

TEST(ChassisCreate, RefusesToStartWithoutAnAudience) {
  NoteServer notes;
  const ChassisParts parts{.clock = notes.clock,
                           .entropy = notes.entropy,
                           .tenants = notes.tenants,
                           .keys = notes.keys,
                           .denials = notes.denials,
                           .log = *notes.log,
                           .options = {.issuer = kIssuer}};
  EXPECT_FALSE(Chassis::Create(parts, {}).ok());
}

}  // namespace
}  // namespace argosy::rpc
