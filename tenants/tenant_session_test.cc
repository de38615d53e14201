#include "tenants/tenant_session.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/sql_error.h"
#include "storage/transaction.h"
#include "tenants/audit.h"
#include "tenants/plan_limits.h"
#include "tests/support/context_for_test.h"
#include "tests/support/schema_rules.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::tenants {
namespace {

using storage::FaultMoment;
using storage::InjectedFault;
using testing::ContextForTest;
using ::testing::ElementsAre;
using ::testing::Eq;
using testing::FreshRequestId;
using testing::FreshTenantUid;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsFault;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Pair;
using testing::TestDatabase;

constexpr Query kAdd{"test.note.add", R"sql(
    INSERT INTO note (tenant_id, id, body, version) VALUES (:tenant, ?, ?, 1))sql"};
constexpr Query kAddMany{"test.note.add_many", "INSERT INTO note (tenant_id, id, body, version)"};
constexpr Query kFind{"test.note.find", R"sql(
    SELECT n.body FROM note n WHERE n.tenant_id = :tenant AND n.id = ?)sql"};
constexpr Query kCount{"test.note.count", R"sql(
    SELECT COUNT(n.id) FROM note n WHERE n.tenant_id = :tenant)sql"};
constexpr Query kRename{"test.note.rename", R"sql(
    UPDATE note n SET n.body = ?, n.version = n.version + 1
    WHERE n.tenant_id = :tenant AND n.id = ? AND n.version = ?)sql"};
constexpr Query kLock{"test.note.lock", R"sql(
    SELECT n.id FROM note n WHERE n.tenant_id = :tenant AND n.id = ? FOR UPDATE)sql"};
constexpr Query kOpen{"test.note.open", "SELECT n.id FROM note n WHERE n.id = ?"};

// What a service's reply looks like to the session.
struct NoteReply {
  std::string text;
  std::string SerializeAsString() const { return text; }
  bool ParseFromString(const std::string& bytes) {
    text = bytes;
    return true;
  }
  friend bool operator==(const NoteReply&, const NoteReply&) = default;
};

// A reply that is a resource.
struct NamedNoteReply : NoteReply {
  std::string name() const { return "tenants/acme/notes/a"; }
};

absl::StatusOr<std::string> ReadText(const Row& row) { return row.Text(0); }
absl::StatusOr<int64_t> ReadInt(const Row& row) { return row.Int64(0); }

// Bytes that are all `byte`: with 0 every mutation forgets old requests, with 1 none does.
class ConstantEntropy final : public base::EntropySource {
 public:
  explicit ConstantEntropy(char byte) : byte_(byte) {}
  std::string Bytes(size_t count) override { return std::string(count, byte_); }

 private:
  char byte_;
};

class TenantSessionTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = TestDatabase::Create("");
    database_->ExecuteAsRoot(
        "CREATE TABLE note (tenant_id BINARY(16) NOT NULL, "
        "id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, body TEXT NOT NULL, "
        "version BIGINT UNSIGNED NOT NULL, PRIMARY KEY (tenant_id, id)) ENGINE=InnoDB");
  }
  static void TearDownTestSuite() { database_.reset(); }
  void SetUp() override { database_->faults().Reset(); }

  TenantSession& session() { return session_; }
  ContextForTest Context() { return ContextForTest(tenant_); }

  absl::StatusOr<NoteReply> AddNote(const RequestContext& ctx, const std::string& id) {
    return session().Mutate<NoteReply>(ctx, [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
      RETURN_IF_ERROR(txn.Execute(kAdd, {Text(id), Text("body")}).status());
      txn.Note("id", id);
      return NoteReply{absl::StrCat("added ", id)};
    });
  }
  int64_t CountNotes() {
    const RequestContext ctx = Context().Build();
    const auto count = session().Read<std::optional<int64_t>>(
        ctx, [](TenantReader& reader) { return reader.FindOne<int64_t>(kCount, {}, ReadInt); });
    return count.ok() ? count->value_or(-1) : -1;
  }
  absl::StatusOr<AuditHead> Verify() {
    ASSIGN_OR_RETURN(
        storage::Transaction transaction,
        storage::Transaction::Begin(database_->pool(), storage::TransactionKind::kSnapshot,
                                    base::SystemClock().Now() + absl::Seconds(10)));
    return VerifyAudit(transaction, tenant_);
  }
  std::vector<std::pair<AuditHead, AuditEntry>> Audit() {
    auto transaction =
        storage::Transaction::Begin(database_->pool(), storage::TransactionKind::kSnapshot,
                                    base::SystemClock().Now() + absl::Seconds(10));
    return *ListAudit(*transaction, tenant_, 0, 1000);
  }

  static inline std::unique_ptr<TestDatabase> database_;
  const base::TenantUid tenant_ = FreshTenantUid();
  // Every mutation of the same kind then has the same number of statements.
  ConstantEntropy never_forgets_{1};
  TenantSession session_{database_->pool(), never_forgets_};
};

TEST_F(TenantSessionTest, KernelTablesKeepTheSchemaRules) {
  EXPECT_THAT(testing::SchemaFaults(*database_, {}), IsEmpty());
}

TEST_F(TenantSessionTest, CarelessTableBreaksTheSchemaRules) {
  database_->ExecuteAsRoot(
      "CREATE TABLE careless (id VARCHAR(9) NOT NULL, tenant_id BINARY(16) NULL, rate DOUBLE, "
      "body TEXT COLLATE utf8mb4_general_ci, version BIGINT, n BIGINT NOT NULL AUTO_INCREMENT, "
      "PRIMARY KEY (id), KEY careless_n (n)) ENGINE=InnoDB");
  const auto faults = testing::SchemaFaults(*database_, {});
  database_->ExecuteAsRoot("DROP TABLE careless");
  EXPECT_THAT(faults, ::testing::UnorderedElementsAre(
                          "careless: tenant_id is not BINARY(16) NOT NULL",
                          "careless.PRIMARY: the index does not begin with tenant_id",
                          "careless.careless_n: the index does not begin with tenant_id",
                          "careless.n: AUTO_INCREMENT leaks volume",
                          "careless.body: the collation is not binary",
                          "careless.id: an identifier is not ascii_bin",
                          "careless.version: version is not BIGINT UNSIGNED NOT NULL",
                          "careless.rate: floating point, local time or a type TiDB lacks"));
}

TEST(SchemaRules, FindWhatNoTableMayHaveAndWhatTheKernelsMust) {
  const auto database = TestDatabase::Create("");
  for (const char* breach :
       {"CREATE TABLE parent (tenant_id BINARY(16) NOT NULL, n BIGINT NOT NULL, "
        "PRIMARY KEY (tenant_id, n), KEY parent_n (n)) ENGINE=InnoDB",
        "CREATE TABLE child (tenant_id BINARY(16) NOT NULL, n BIGINT NOT NULL, "
        "PRIMARY KEY (tenant_id, n), CONSTRAINT loose FOREIGN KEY (n) REFERENCES parent (n)) "
        "ENGINE=InnoDB",
        "CREATE TABLE keyless (tenant_id BINARY(16) NOT NULL) ENGINE=MyISAM",
        "CREATE VIEW seen AS SELECT c.tenant_id FROM child c",
        "CREATE TRIGGER pulled BEFORE INSERT ON child FOR EACH ROW SET NEW.n = 1",
        "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM child",
        "CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1",
        "ALTER TABLE request_log DROP PRIMARY KEY, ADD PRIMARY KEY (tenant_id, request_id)",
        "ALTER TABLE audit DROP PRIMARY KEY, ADD PRIMARY KEY (tenant_id, recorded_at_us, seq)",
        "DROP TABLE audit_head"}) {
    database->ExecuteAsRoot(breach);
  }
  EXPECT_THAT(testing::SchemaFaults(*database, {}),
              ::testing::UnorderedElementsAre(
                  "parent.parent_n: the index does not begin with tenant_id",
                  "child.loose: the index does not begin with tenant_id",
                  "child.loose: the foreign key does not begin with tenant_id on both sides",
                  "keyless: there is no primary key", "keyless: the engine is not InnoDB",
                  "seen: there is no primary key", "seen: a view runs as its maker",
                  "pulled: a trigger", "nightly: an event", "one: a stored routine",
                  "request_log: the primary key is not (tenant_id, principal, method, request_id)",
                  "audit: the primary key is not (tenant_id, seq)", "audit_head: is missing"));
}

TEST_F(TenantSessionTest, MutateStoresEffectReplyAndAudit) {
  const RequestContext ctx = Context().Resource("tenants/acme/notes/a").Build();
  EXPECT_THAT(AddNote(ctx, "a"), IsOkAndHolds(NoteReply{"added a"}));
  EXPECT_EQ(ctx.claims(), 1);
  EXPECT_EQ(CountNotes(), 1);
  const auto audit = Audit();
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_EQ(audit[0].first.seq, 1);
  EXPECT_EQ(audit[0].second.actor, ctx.tenant().actor());
  EXPECT_EQ(audit[0].second.resource, "tenants/acme/notes/a");
  EXPECT_EQ(audit[0].second.request_id, ctx.request_id());
  EXPECT_THAT(audit[0].second.notes, ElementsAre(Pair("id", "a")));
  EXPECT_THAT(Verify(), IsOk());
}

TEST_F(TenantSessionTest, RepeatReturnsStoredReplyWithoutASecondEffect) {
  const base::Uuid id = FreshRequestId();
  ASSERT_OK(AddNote(Context().RequestId(id).Build(), "a"));
  int runs = 0;
  const RequestContext again = Context().RequestId(id).Build();
  const auto reply =
      session().Mutate<NoteReply>(again, [&](TenantTxn&) -> absl::StatusOr<NoteReply> {
        ++runs;
        return NoteReply{"other"};
      });
  EXPECT_THAT(reply, IsOkAndHolds(NoteReply{"added a"}));
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(again.claims(), 1);
  EXPECT_EQ(Audit().size(), 1U);
}

TEST_F(TenantSessionTest, FoundReplyIsThatOfTheSameRequestAlone) {
  const base::Uuid id = FreshRequestId();
  const RequestContext before = Context().RequestId(id).Payload("one").Build();
  EXPECT_THAT(session().FindReply<NoteReply>(before), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_EQ(before.claims(), 0);
  ASSERT_OK(AddNote(before, "a"));
  const RequestContext again = Context().RequestId(id).Payload("one").Build();
  EXPECT_THAT(session().FindReply<NoteReply>(again), IsOkAndHolds(NoteReply{"added a"}));
  EXPECT_EQ(again.claims(), 1);
  EXPECT_THAT(session().FindReply<NoteReply>(Context().RequestId(id).Payload("two").Build()),
              IsFault(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_THAT(session().FindReply<NoteReply>(
                  ContextForTest(FreshTenantUid()).RequestId(id).Payload("one").Build()),
              IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(TenantSessionTest, OtherPayloadUnderTheSameRequestIdIsRefused) {
  const base::Uuid id = FreshRequestId();
  ASSERT_OK(AddNote(Context().RequestId(id).Payload("one").Build(), "a"));
  EXPECT_THAT(AddNote(Context().RequestId(id).Payload("two").Build(), "b"),
              IsFault(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_EQ(CountNotes(), 1);
}

TEST_F(TenantSessionTest, RequestIdIsScopedByTenantActorAndMethod) {
  const base::Uuid id = FreshRequestId();
  ASSERT_OK(AddNote(Context().RequestId(id).Build(), "a"));
  EXPECT_OK(AddNote(Context().RequestId(id).Actor("memberships/other").Build(), "b"));
  EXPECT_OK(
      AddNote(Context().RequestId(id).Method("argosy.test.v1.TestService/Other").Build(), "c"));
  EXPECT_OK(AddNote(ContextForTest(FreshTenantUid()).RequestId(id).Build(), "a"));
  EXPECT_EQ(CountNotes(), 3);
}

TEST_F(TenantSessionTest, FailedBodyLeavesNothingSoTheRequestMayBeRepeated) {
  const base::Uuid id = FreshRequestId();
  const auto refused = session().Mutate<NoteReply>(
      Context().RequestId(id).Build(), [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
        RETURN_IF_ERROR(txn.Execute(kAdd, {Text("a"), Text("body")}).status());
        return base::FieldInvalid("body", "too short");
      });
  EXPECT_THAT(refused, HasReason("FIELD_INVALID"));
  EXPECT_EQ(CountNotes(), 0);
  EXPECT_THAT(Audit(), IsEmpty());
  EXPECT_OK(AddNote(Context().RequestId(id).Build(), "a"));
}

TEST_F(TenantSessionTest, ValidateOnlyLeavesNothing) {
  const RequestContext ctx = Context().ValidateOnly().Build();
  EXPECT_THAT(AddNote(ctx, "a"), IsOkAndHolds(NoteReply{"added a"}));
  EXPECT_EQ(ctx.claims(), 1);
  EXPECT_EQ(CountNotes(), 0);
  EXPECT_THAT(Audit(), IsEmpty());
}

TEST_F(TenantSessionTest, LargeReplyIsNotKeptButTheRepeatIsKnown) {
  const base::Uuid id = FreshRequestId();
  const auto body = [](TenantTxn&) -> absl::StatusOr<NoteReply> {
    return NoteReply{std::string(kStoredReplyBytesMax + 1, 'x')};
  };
  ASSERT_OK(session().Mutate<NoteReply>(Context().RequestId(id).Build(), body));
  const auto again = session().Mutate<NoteReply>(Context().RequestId(id).Build(), body);
  EXPECT_THAT(again, IsFault(absl::StatusCode::kAlreadyExists, "REQUEST_ALREADY_DONE"));
  EXPECT_TRUE(IsReplyNotStored(again.status()));
  EXPECT_EQ(FindNameOfReplyNotStored(again.status()), std::nullopt);
}

TEST_F(TenantSessionTest, OfALargeReplyTheNameIsKept) {
  const base::Uuid id = FreshRequestId();
  const auto body = [](TenantTxn&) -> absl::StatusOr<NamedNoteReply> {
    return NamedNoteReply{{std::string(kStoredReplyBytesMax + 1, 'x')}};
  };
  ASSERT_OK(session().Mutate<NamedNoteReply>(Context().RequestId(id).Build(), body));
  const RequestContext repeating = Context().RequestId(id).Build();
  const auto again = session().Mutate<NamedNoteReply>(repeating, body);
  EXPECT_THAT(again, HasReason("REQUEST_ALREADY_DONE"));
  EXPECT_EQ(FindNameOfReplyNotStored(again.status()), "tenants/acme/notes/a");
  EXPECT_EQ(repeating.claims(), 1) << "or the call could not be answered by reading";
  const RequestContext finding = Context().RequestId(id).Build();
  const auto found = session().FindReply<NamedNoteReply>(finding);
  EXPECT_EQ(FindNameOfReplyNotStored(found.status()), "tenants/acme/notes/a");
  EXPECT_EQ(finding.claims(), 1);
}

TEST_F(TenantSessionTest, SecretsAreBlankedInTheStoredReplyAlone) {
  const base::Uuid id = FreshRequestId();
  const auto context = [&] {
    return Context()
        .RequestId(id)
        .Blanker([](absl::string_view) { return std::string("blank"); })
        .Build();
  };
  EXPECT_THAT(AddNote(context(), "a"), IsOkAndHolds(NoteReply{"added a"}));
  EXPECT_THAT(AddNote(context(), "a"), IsOkAndHolds(NoteReply{"blank"}));
}

TEST_F(TenantSessionTest, ExpiredRequestIdIsFreeAgain) {
  const base::Uuid id = FreshRequestId();
  const absl::Time start = absl::FromUnixSeconds(1'773'028'800);
  ASSERT_OK(AddNote(Context().RequestId(id).Payload("one").Now(start).Build(), "a"));
  EXPECT_THAT(AddNote(Context()
                          .RequestId(id)
                          .Payload("two")
                          .Now(start + kRequestMemory - absl::Seconds(1))
                          .Build(),
                      "b"),
              HasReason("REQUEST_ID_REUSED"));
  EXPECT_THAT(
      AddNote(Context().RequestId(id).Payload("two").Now(start + kRequestMemory).Build(), "b"),
      IsOkAndHolds(NoteReply{"added b"}));
}

TEST_F(TenantSessionTest, ExpiredRequestsAreForgottenInPassing) {
  const absl::Time start = absl::FromUnixSeconds(1'773'028'800);
  const auto mine = [&] {
    return database_->QueryAsRoot(
        absl::StrCat("SELECT COUNT(*) FROM request_log WHERE tenant_id = UNHEX(REPLACE('",
                     tenant_.ToString(), "','-',''))"));
  };
  for (const char* id : {"a", "b", "c"}) ASSERT_OK(AddNote(Context().Now(start).Build(), id));
  ASSERT_OK(AddNote(Context().Now(start + kRequestMemory).Build(), "d"));
  EXPECT_EQ(mine(), "4");
  ConstantEntropy always_forgets(0);
  TenantSession tidy(database_->pool(), always_forgets);
  ASSERT_OK(tidy.Mutate<NoteReply>(
      Context().Now(start + kRequestMemory).Build(),
      [](TenantTxn&) -> absl::StatusOr<NoteReply> { return NoteReply{"ok"}; }));
  EXPECT_EQ(mine(), "2");
}

TEST_F(TenantSessionTest, SameRequestFromManyThreadsHasOneEffect) {
  const base::Uuid id = FreshRequestId();
  constexpr int kThreads = 8;
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const auto reply = AddNote(Context().RequestId(id).Build(), "a");
      if (reply.ok() && reply->text == "added a") ++answered;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, kThreads);
  EXPECT_EQ(CountNotes(), 1);
  EXPECT_EQ(Audit().size(), 1U);
}

TEST_F(TenantSessionTest, AuditIsGaplessUnderConcurrency) {
  constexpr int kThreads = 6;
  constexpr int kEach = 15;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < kEach; ++j)
        EXPECT_OK(AddNote(Context().Build(), absl::StrCat("n", i, "-", j)));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK_AND_ASSIGN(const AuditHead head, Verify());
  EXPECT_EQ(head.seq, kThreads * kEach);
}

TEST_F(TenantSessionTest, RequestInFlightIsNotWaitedForLongerThanTheLockWait) {
  const base::Uuid id = FreshRequestId();
  std::optional<absl::StatusOr<NoteReply>> second;
  ASSERT_OK(session().Mutate<NoteReply>(Context().RequestId(id).Build(),
                                        [&](TenantTxn&) -> absl::StatusOr<NoteReply> {
                                          second = AddNote(Context().RequestId(id).Build(), "b");
                                          return NoteReply{"first"};
                                        }));
  EXPECT_THAT(*second, IsFault(absl::StatusCode::kAborted, "REQUEST_IN_PROGRESS"));
  EXPECT_TRUE(base::FindFault(second->status())->retry_after.has_value());
}

TEST_F(TenantSessionTest, LostConflictsEndInTxnConflict) {
  ASSERT_OK(AddNote(Context().Build(), "a"));
  const RequestContext ctx = Context().Build();
  int runs = 0;
  const auto result =
      session().Mutate<NoteReply>(ctx, [&](TenantTxn&) -> absl::StatusOr<NoteReply> {
        ++runs;
        return storage::SqlError(storage::kErrorDeadlock, "test", "deadlock");
      });
  EXPECT_THAT(result, IsFault(absl::StatusCode::kAborted, "TXN_CONFLICT"));
  EXPECT_TRUE(base::FindFault(result.status())->retry_after.has_value());
  EXPECT_EQ(runs, kTransactionRunsMax);
  EXPECT_FALSE(storage::IsRetryable(result.status()));
}

TEST_F(TenantSessionTest, OneDeadlockIsRetriedUnseen) {
  int runs = 0;
  EXPECT_THAT(session().Mutate<NoteReply>(
                  Context().Build(),
                  [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
                    if (++runs == 1) {
                      return storage::SqlError(storage::kErrorDeadlock, "test", "");
                    }
                    RETURN_IF_ERROR(txn.Execute(kAdd, {Text("a"), Text("b")}).status());
                    return NoteReply{"ok"};
                  }),
              IsOk());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(CountNotes(), 1);
}

TEST_F(TenantSessionTest, BusinessAbortIsNotRetried) {
  int runs = 0;
  const auto result =
      session().Mutate<NoteReply>(Context().Build(), [&](TenantTxn&) -> absl::StatusOr<NoteReply> {
        ++runs;
        return base::MakeFault(absl::StatusCode::kAborted, "etag", {.reason = "ETAG_MISMATCH"});
      });
  EXPECT_THAT(result, HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(runs, 1);
}

TEST_F(TenantSessionTest, DeadlockBetweenTwoIsResolvedByRetry) {
  ASSERT_OK(AddNote(Context().Build(), "a"));
  ASSERT_OK(AddNote(Context().Build(), "b"));
  const auto lock_both = [&](const std::string& first, const std::string& second) {
    return session().Mutate<NoteReply>(
        Context().Build(), [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
          RETURN_IF_ERROR(txn.FindOne<std::string>(kLock, {Text(first)}, ReadText).status());
          RETURN_IF_ERROR(txn.FindOne<std::string>(kLock, {Text(second)}, ReadText).status());
          return NoteReply{"ok"};
        });
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        EXPECT_OK(i % 2 == 0 ? lock_both("a", "b") : lock_both("b", "a"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Verify(), IsOk());
}

// Fails every statement of a mutation in turn with every code, at both moments: the effect, the
// stored reply and the audit entry are there together or not at all, and a repeat of the request
// brings them about exactly once.
struct FaultCase {
  int code;
  FaultMoment moment;
};
class MutateFaultTest : public TenantSessionTest,
                        public ::testing::WithParamInterface<FaultCase> {};

TEST_P(MutateFaultTest, IsAllOrNothingAtEveryStatement) {
  ASSERT_OK(AddNote(Context().Build(), "warm"));
  int64_t notes = 1;
  for (int64_t k = 1;; ++k) {
    ASSERT_LT(k, 40);
    const base::Uuid id = FreshRequestId();
    const std::string note = absl::StrCat("n", k);
    database_->faults().FailStatement(
        k, InjectedFault{.code = GetParam().code, .moment = GetParam().moment});
    const auto reply = AddNote(Context().RequestId(id).Build(), note);
    const bool struck = database_->faults().struck();
    database_->faults().Reset();
    // A connection the fault has dropped is rolled back by the server in its own time.
    const int64_t after = CountNotes();
    EXPECT_TRUE(after == notes || after == notes + 1) << "statement " << k;
    EXPECT_EQ(static_cast<int64_t>(Audit().size()), after) << "statement " << k;
    EXPECT_TRUE(!reply.ok() || after == notes + 1) << "statement " << k;
    EXPECT_THAT(AddNote(Context().RequestId(id).Build(), note), IsOk()) << "statement " << k;
    ++notes;
    EXPECT_EQ(CountNotes(), notes) << "statement " << k;
    EXPECT_EQ(static_cast<int64_t>(Audit().size()), notes) << "statement " << k;
    if (!struck) break;
  }
  EXPECT_THAT(Verify(), IsOk());
}

INSTANTIATE_TEST_SUITE_P(
    Codes, MutateFaultTest,
    ::testing::Values(FaultCase{storage::kErrorDeadlock, FaultMoment::kBeforeStatement},
                      FaultCase{storage::kErrorLockWaitTimeout, FaultMoment::kBeforeStatement},
                      FaultCase{storage::kErrorDuplicateKey, FaultMoment::kBeforeStatement},
                      FaultCase{storage::kErrorServerGone, FaultMoment::kBeforeStatement},
                      FaultCase{storage::kErrorServerLost, FaultMoment::kBeforeStatement},
                      FaultCase{storage::kErrorServerLost, FaultMoment::kAfterStatement},
                      FaultCase{storage::kErrorStatementTimeout, FaultMoment::kBeforeStatement},
                      FaultCase{1317, FaultMoment::kBeforeStatement}),
    [](const auto& tested) {
      return absl::StrCat(
          "Error", tested.param.code,
          tested.param.moment == FaultMoment::kBeforeStatement ? "Before" : "After");
    });

TEST_F(TenantSessionTest, LostCommitAnswerIsCommitUnknownBothWays) {
  ASSERT_OK(AddNote(Context().Build(), "first-of-its-chain"));
  for (const FaultMoment moment : {FaultMoment::kBeforeStatement, FaultMoment::kAfterStatement}) {
    const std::string note = moment == FaultMoment::kBeforeStatement ? "lost" : "done";
    database_->faults().Reset();
    ASSERT_OK(AddNote(Context().Build(), note + "-probe"));
    const int64_t commit = database_->faults().statements();  // the last statement of a mutation
    const base::Uuid id = FreshRequestId();
    database_->faults().FailStatement(
        commit, InjectedFault{.code = storage::kErrorServerLost, .moment = moment});
    EXPECT_THAT(AddNote(Context().RequestId(id).Build(), note),
                IsFault(absl::StatusCode::kUnavailable, "COMMIT_UNKNOWN"));
    database_->faults().Reset();
    EXPECT_THAT(AddNote(Context().RequestId(id).Build(), note),
                IsOkAndHolds(NoteReply{"added " + note}));
  }
  EXPECT_EQ(CountNotes(), 5);
  EXPECT_EQ(Audit().size(), 5U);
}

TEST_F(TenantSessionTest, ReadSeesOneStateThroughoutAndCannotWrite) {
  ASSERT_OK(AddNote(Context().Build(), "a"));
  const RequestContext ctx = Context().Build();
  EXPECT_THAT(session().Read<int64_t>(ctx,
                                      [&](TenantReader& reader) -> absl::StatusOr<int64_t> {
                                        RETURN_IF_ERROR(AddNote(Context().Build(), "b").status());
                                        ASSIGN_OR_RETURN(
                                            const auto count,
                                            reader.FindOne<int64_t>(kCount, {}, ReadInt));
                                        return count.value_or(-1);
                                      }),
              IsOkAndHolds(1));
  EXPECT_EQ(CountNotes(), 2);
}

TEST_F(TenantSessionTest, OneTenantSeesNothingOfAnother) {
  ASSERT_OK(AddNote(Context().Build(), "a"));
  const RequestContext other = ContextForTest(FreshTenantUid()).Build();
  EXPECT_THAT(
      session().Read<std::optional<std::string>>(
          other,
          [](TenantReader& r) { return r.FindOne<std::string>(kFind, {Text("a")}, ReadText); }),
      IsOkAndHolds(std::nullopt));
  const auto renamed =
      session().Mutate<NoteReply>(other, [](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
        ASSIGN_OR_RETURN(const int64_t rows, txn.Execute(kRename, {Text("mine"), Text("a"), 1}));
        return NoteReply{absl::StrCat(rows)};
      });
  EXPECT_THAT(renamed, IsOkAndHolds(NoteReply{"0"}));
}

TEST_F(TenantSessionTest, QueryWithoutTenantPredicateIsNotRun) {
  EXPECT_THAT(
      session().Read<std::vector<std::string>>(
          Context().Build(),
          [](TenantReader& r) { return r.SelectAll<std::string>(kOpen, {Text("a")}, ReadText); }),
      IsFault(absl::StatusCode::kInternal, "INTERNAL"));
}

TEST_F(TenantSessionTest, WrongNumberOfBindsIsRefused) {
  EXPECT_THAT(session().Read<std::vector<std::string>>(
                  Context().Build(),
                  [](TenantReader& r) { return r.SelectAll<std::string>(kFind, {}, ReadText); }),
              IsFault(absl::StatusCode::kInternal, "INTERNAL"));
}

TEST_F(TenantSessionTest, UpdateCountsMatchedRowsForCompareAndSet) {
  ASSERT_OK(AddNote(Context().Build(), "a"));
  const auto rename = [&](int64_t version) {
    return session().Mutate<NoteReply>(
        Context().Build(), [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
          ASSIGN_OR_RETURN(const int64_t rows,
                           txn.Execute(kRename, {Text("x"), Text("a"), version}));
          return NoteReply{absl::StrCat(rows)};
        });
  };
  EXPECT_THAT(rename(1), IsOkAndHolds(NoteReply{"1"}));
  EXPECT_THAT(rename(1), IsOkAndHolds(NoteReply{"0"}));
  EXPECT_THAT(rename(2), IsOkAndHolds(NoteReply{"1"}));
}

TEST_F(TenantSessionTest, IngestWritesManyRowsAuditedWithCountsAndClaimsNothing) {
  const RequestContext ctx = Context().Build();
  std::vector<std::vector<Value>> rows;
  for (int i = 0; i < 1'337; ++i) rows.push_back({Text(absl::StrCat("n", i)), Text("b"), 1});
  EXPECT_THAT(session().Ingest<NoteReply>(ctx,
                                          [&](TenantTxn& txn) -> absl::StatusOr<NoteReply> {
                                            RETURN_IF_ERROR(txn.InsertMany(kAddMany, rows));
                                            txn.Note("accepted", static_cast<int64_t>(rows.size()));
                                            return NoteReply{"ok"};
                                          }),
              IsOk());
  EXPECT_EQ(CountNotes(), 1'337);
  EXPECT_EQ(ctx.claims(), 0);
  const auto audit = Audit();
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_THAT(audit[0].second.notes, ElementsAre(Pair("accepted", "1337")));
}

TEST_F(TenantSessionTest, DenialIsRecordedWithItsReason) {
  ASSERT_OK(session().RecordDenial(Context().Build(), "PERMISSION_MISSING"));
  const auto audit = Audit();
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_EQ(audit[0].second.decision, AuditDecision::kDenied);
  EXPECT_EQ(audit[0].second.reason, "PERMISSION_MISSING");
  EXPECT_THAT(Verify(), IsOk());
}

TEST_F(TenantSessionTest, TamperedChainIsFound) {
  const std::string where = absl::StrCat(" WHERE tenant_id = UNHEX(REPLACE('", tenant_.ToString(),
                                         "','-','')) AND seq = ");
  for (const char* id : {"a", "b", "c"}) ASSERT_OK(AddNote(Context().Build(), id));
  ASSERT_THAT(Verify(), IsOk());
  database_->ExecuteAsRoot(absl::StrCat("UPDATE audit SET actor = 'memberships/nobody'", where, 2));
  EXPECT_THAT(Verify(), IsFault(absl::StatusCode::kDataLoss, "CHAIN_BROKEN"));
  database_->ExecuteAsRoot(
      absl::StrCat("UPDATE audit SET actor = 'memberships/test-owner'", where, 2));
  ASSERT_THAT(Verify(), IsOk());
  database_->ExecuteAsRoot(absl::StrCat("DELETE FROM audit", where, 3));
  EXPECT_THAT(Verify(), HasReason("CHAIN_BROKEN"));
}

TEST_F(TenantSessionTest, PassedDeadlineRunsNothing) {
  const RequestContext ctx = Context().Deadline(base::SystemClock().Now()).Build();
  EXPECT_THAT(AddNote(ctx, "a"), IsFault(absl::StatusCode::kDeadlineExceeded, "DEADLINE_CAPPED"));
  EXPECT_EQ(CountNotes(), 0);
}

}  // namespace
}  // namespace argosy::tenants
