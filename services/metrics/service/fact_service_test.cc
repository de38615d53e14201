#include "services/metrics/service/fact_service.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/page_token.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/people_for_test.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/store/queries.h"
#include "storage/fault_injector.h"
#include "tenants/tenant_sql.h"
#include "tests/support/context_for_test.h"
#include "tests/support/schema_rules.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::metrics {
namespace {

using argosy::testing::ContextForTest;
using argosy::testing::FreshTenantUid;
using argosy::testing::IsFault;
using argosy::testing::IsOk;
using argosy::testing::SchemaFaults;
using argosy::testing::StatusIs;
using argosy::testing::TestDatabase;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// CR_SERVER_LOST: the connection drops, and the server rolls back what is open.
constexpr int kServerGone = 2013;
constexpr int kDeadlock = 1213;

v1::Fact FactOf(absl::string_view text) {
  v1::Fact fact;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &fact)) << text;
  return fact;
}

v1::Fact InquiryNamed(absl::string_view id) {
  // 2026-03-01 10:00 in Shanghai.
  return FactOf(absl::StrCat("source: 'crm' source_event_id: '", id,
                             "' occurred_at { seconds: 1772330400 } inquiry { grade: GRADE_A }"));
}

v1::Fact OrderNamed(absl::string_view id, int64_t minor, int64_t revision) {
  return FactOf(absl::StrCat("source: 'crm' source_event_id: '", id, "' revision: ", revision,
                             " occurred_at { seconds: 1772416800 } order { value { amount_minor: ",
                             minor, " currency_code: 'USD' } }"));
}

v1::Fact TombstoneOf(absl::string_view id, int64_t revision) {
  return FactOf(absl::StrCat("source: 'crm' source_event_id: '", id, "' revision: ", revision,
                             " tombstone: true"));
}

class FactServiceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = TestDatabase::Create("metrics"); }
  static void TearDownTestSuite() { database_.reset(); }
  void TearDown() override { database_->faults().Reset(); }

  tenants::RequestContext Context() { return ContextForTest(tenant_).Build(); }
  tenants::RequestContext MemberContext(absl::string_view member) {
    return ContextForTest(tenant_).Role(tenants::AccessRole::kMember).Member(member).Build();
  }
  static v1::Fact Credited(v1::Fact fact, absl::string_view member) {
    fact.mutable_attribution()->set_member(absl::StrCat("tenants/acme/members/", member));
    fact.mutable_attribution()->set_acting_role(common::v1::BUSINESS_ROLE_SALES);
    return fact;
  }

  absl::StatusOr<v1::BatchIngestFactsResponse> Ingest(const std::vector<v1::Fact>& facts) {
    v1::BatchIngestFactsRequest request;
    request.set_parent("tenants/acme");
    for (const v1::Fact& fact : facts) *request.add_facts() = fact;
    return facts_.BatchIngestFacts(Context(), request);
  }

  std::vector<v1::Verdict> VerdictsOf(const std::vector<v1::Fact>& facts) {
    const auto reply = Ingest(facts);
    EXPECT_THAT(reply, IsOk());
    std::vector<v1::Verdict> verdicts;
    if (!reply.ok()) return verdicts;
    for (const v1::FactVerdict& verdict : reply->verdicts()) verdicts.push_back(verdict.verdict());
    return verdicts;
  }

  static v1::QueryScope March() {
    v1::QueryScope scope;
    scope.mutable_period()->set_start_date("2026-03-01");
    scope.mutable_period()->set_end_date("2026-04-01");
    return scope;
  }

  absl::StatusOr<v1::QueryMetricsResponse> Query(const v1::QueryScope& scope,
                                                 absl::string_view metric) {
    v1::QueryMetricsRequest request;
    request.set_parent("tenants/acme");
    request.add_metrics(std::string(metric));
    *request.mutable_scope() = scope;
    return query_.QueryMetrics(Context(), request);
  }

  int64_t Numerator(const v1::QueryScope& scope, absl::string_view metric) {
    const auto reply = Query(scope, metric);
    EXPECT_THAT(reply, IsOk());
    return reply.ok() && reply->rows_size() == 1 ? reply->rows(0).numerator() : -1;
  }

  std::vector<std::string> ListedIds(v1::ListFactsRequest request) {
    std::vector<std::string> ids;
    request.set_parent("tenants/acme");
    request.mutable_occurred()->set_start_date("2026-03-01");
    request.mutable_occurred()->set_end_date("2026-04-01");
    for (int page = 0; page < 20; ++page) {
      const auto reply = facts_.ListFacts(Context(), request);
      EXPECT_THAT(reply, IsOk());
      if (!reply.ok()) break;
      for (const v1::Fact& fact : reply->facts()) {
        ids.push_back(absl::StrCat(fact.source_event_id(), "@", fact.revision()));
      }
      if (reply->next_page_token().empty()) break;
      request.set_page_token(reply->next_page_token());
    }
    return ids;
  }

  static inline std::unique_ptr<TestDatabase> database_;
  const base::TenantUid tenant_ = FreshTenantUid();
  base::IdSource ids_{database_->entropy()};
  base::PageTokens pages_{base::SealingKey::FromBytes(std::string(32, 'k')).value(),
                          database_->entropy(), database_->clock()};
  PeopleForTest people_;
  Collaborators with_{.db = database_->session(),
                      .clock = database_->clock(),
                      .ids = ids_,
                      .pages = pages_,
                      .people = people_};
  FactService facts_{with_};
  QueryService query_{with_};
  ChannelService channels_{with_};
};

TEST_F(FactServiceTest, SchemaKeepsTheRules) {
  EXPECT_THAT(SchemaFaults(*database_, {}), IsEmpty());
}

TEST_F(FactServiceTest, EveryStatementIsConfinedToItsTenant) {
  EXPECT_THAT(tenants::CheckTenantPredicates({kFactQueries.begin(), kFactQueries.end()}), IsOk());
}

TEST_F(FactServiceTest, JudgesEachFactByItself) {
  EXPECT_THAT(VerdictsOf({OrderNamed("o1", 100, 1), OrderNamed("o1", 100, 1),
                          OrderNamed("o1", 101, 1), OrderNamed("o1", 101, 2),
                          FactOf("source: 'crm' source_event_id: 'x'"), TombstoneOf("later", 5)}),
              ElementsAre(v1::VERDICT_ACCEPTED, v1::VERDICT_DUPLICATE, v1::VERDICT_CONFLICT,
                          v1::VERDICT_ACCEPTED, v1::VERDICT_INVALID, v1::VERDICT_ACCEPTED));
  EXPECT_THAT(VerdictsOf({OrderNamed("o1", 100, 1), OrderNamed("o1", 101, 2)}),
              ElementsAre(v1::VERDICT_DUPLICATE, v1::VERDICT_DUPLICATE));
}

TEST_F(FactServiceTest, NamesTheFieldOfEachBadFact) {
  struct Bad {
    std::string text;
    std::string reason;
    std::string field;
  };
  const std::string at = "occurred_at { seconds: 1772330400 } ";
  const std::string id = "source: 'crm' source_event_id: 'b' ";
  const std::vector<Bad> bad = {
      {id + at + "order { value { amount_minor: 1 currency_code: 'XQX' } }", "CURRENCY_UNKNOWN",
       "order.value.currency_code"},
      {id + at + "order { value { amount_minor: 1 currency_code: 'CNY' } }", "CURRENCY_UNSUPPORTED",
       "order.value.currency_code"},
      {id + at + "order { value { amount_minor: 10000000000000001 currency_code: 'USD' } }",
       "AMOUNT_OVERFLOW", "order.value.amount_minor"},
      {id + at + "inquiry {} attribution { member: 'tenants/acme/members/li-wei' }",
       "ACTING_ROLE_MISSING", "attribution.acting_role"},
      {id + at + "inquiry {} attribution { channel: 'tenants/acme/channels/nowhere' }",
       "CHANNEL_UNKNOWN", "attribution.channel"},
      {id + at + "inquiry {} attribution { channel: 'google' }", "FIELD_INVALID",
       "attribution.channel"},
      {id + "occurred_at { seconds: -99999999999999 } inquiry {}", "DATE_OUT_OF_RANGE",
       "occurred_at"},
      {id + "occurred_date: '2026-13-01' traffic {}", "DATE_MALFORMED", "occurred_date"},
      {id + "occurred_date: '1999-12-31' traffic {}", "DATE_OUT_OF_RANGE", "occurred_date"},
      {id + at + "traffic {}", "FIELD_INVALID", "occurred_at"},
      {id + "inquiry {}", "FIELD_INVALID", "occurred_at"},
      {id + at, "FIELD_INVALID", "payload"},
      {id + "tombstone: true inquiry {}", "TOMBSTONE_NOT_EMPTY", "tombstone"},
      {id +
           "occurred_date: '2026-03-01' spend { kind: SPEND_KIND_MEDIA account_time_zone: 'Mars/X' "
           "amount { currency_code: 'USD' } }",
       "TIME_ZONE_UNKNOWN", "spend.account_time_zone"},
      {id + at + "inquiry { grade: 77 }", "FIELD_INVALID", "inquiry.grade"},
  };
  std::vector<v1::Fact> facts;
  for (const Bad& one : bad) facts.push_back(FactOf(one.text));
  facts.push_back(InquiryNamed("good"));
  const auto reply = Ingest(facts);
  ASSERT_THAT(reply, IsOk());
  for (size_t i = 0; i < bad.size(); ++i) {
    const v1::FactVerdict& verdict = reply->verdicts(static_cast<int>(i));
    EXPECT_EQ(verdict.verdict(), v1::VERDICT_INVALID) << bad[i].text;
    EXPECT_EQ(verdict.reason(), bad[i].reason) << bad[i].text;
    EXPECT_EQ(verdict.field(), bad[i].field) << bad[i].text;
  }
  EXPECT_EQ(reply->accepted_count(), 1);
  EXPECT_EQ(reply->invalid_count(), static_cast<int32_t>(bad.size()));
}

TEST_F(FactServiceTest, TakesAThousandAndNoMore) {
  std::vector<v1::Fact> facts;
  for (int i = 0; i < 1000; ++i) facts.push_back(InquiryNamed(absl::StrCat("i", i)));
  const auto reply = Ingest(facts);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->accepted_count(), 1000);
  facts.push_back(InquiryNamed("one-too-many"));
  EXPECT_THAT(Ingest(facts), IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  EXPECT_THAT(Ingest({}), IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

// Every statement of a batch fails once, before and after the server did it, COMMIT included; then
// the sender, who got no answer, sends the batch again.
TEST_F(FactServiceTest, ALostAnswerLosesAndDoublesNothing) {
  int64_t statements = 0;
  for (const auto moment :
       {storage::FaultMoment::kBeforeStatement, storage::FaultMoment::kAfterStatement}) {
    for (int64_t k = 1; k <= std::max<int64_t>(statements, 1); ++k) {
      SCOPED_TRACE(absl::StrCat("statement ", k, " moment ", static_cast<int>(moment)));
      const std::string tag = absl::StrCat("k", static_cast<int>(moment), "-", k, "-");
      const std::vector<v1::Fact> batch = {InquiryNamed(tag + "a"), OrderNamed(tag + "b", 5, 1)};
      if (statements == 0) {
        // A tenant's first batch also makes its heads: the second is like all that follow.
        ASSERT_THAT(Ingest({InquiryNamed("first")}), IsOk());
        database_->faults().Reset();
        ASSERT_THAT(Ingest({InquiryNamed("warm-a"), OrderNamed("warm-b", 5, 1)}), IsOk());
        statements = database_->faults().statements();
      }
      const int64_t before = Numerator(March(), "inquiry_count");
      database_->faults().FailStatement(k, {.code = kServerGone, .moment = moment});
      const auto lost = Ingest(batch);
      EXPECT_TRUE(database_->faults().struck());
      database_->faults().Reset();
      const auto again = Ingest(batch);
      ASSERT_THAT(again, IsOk());
      EXPECT_EQ(again->accepted_count() + again->duplicate_count(), 2);
      if (lost.ok()) {
        EXPECT_EQ(again->duplicate_count(), 2);
      }
      EXPECT_EQ(Numerator(March(), "inquiry_count"), before + 1);
    }
  }
  EXPECT_GT(statements, 5);
}

TEST_F(FactServiceTest, ADeadlockIsRetriedUnseen) {
  database_->faults().FailStatement(3, {.code = kDeadlock});
  EXPECT_THAT(VerdictsOf({InquiryNamed("i1")}), ElementsAre(v1::VERDICT_ACCEPTED));
  EXPECT_TRUE(database_->faults().struck());
}

// Many at once, some sending the same facts: each fact is accepted once, sequences have no gap, and
// recorded_at grows with them.
TEST_F(FactServiceTest, ConcurrentBatchesKeepTheOrderOfKnowledge) {
  constexpr int kThreads = 4;
  constexpr int kBatches = 6;
  std::vector<std::vector<v1::BatchIngestFactsResponse>> replies(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int b = 0; b < kBatches; ++b) {
        auto reply = Ingest({InquiryNamed(absl::StrCat("shared", b)),
                             InquiryNamed(absl::StrCat("own", t, "-", b))});
        if (reply.ok()) replies[static_cast<size_t>(t)].push_back(*std::move(reply));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  int accepted = 0;
  std::set<std::pair<int64_t, std::pair<int64_t, int32_t>>> places;
  for (const auto& of_thread : replies) {
    ASSERT_EQ(of_thread.size(), static_cast<size_t>(kBatches));
    for (const auto& reply : of_thread) {
      accepted += reply.accepted_count();
      places.insert(
          {reply.knowledge_seq(), {reply.recorded_at().seconds(), reply.recorded_at().nanos()}});
    }
  }
  EXPECT_EQ(accepted, kBatches + kThreads * kBatches);
  ASSERT_EQ(places.size(), static_cast<size_t>(kThreads * kBatches));
  EXPECT_EQ(places.begin()->first, 1);
  EXPECT_EQ(places.rbegin()->first, kThreads * kBatches);
  for (auto at = std::next(places.begin()); at != places.end(); ++at) {
    EXPECT_GT(at->second, std::prev(at)->second);
  }
}

// Asks what is known now whenever a batch reads its clock, and gives the question time to be
// answered before the batch goes on: a question that waits for the batch is answered after it.
class AskingClock final : public base::Clock {
 public:
  using Answer = absl::StatusOr<v1::QueryMetricsResponse>;
  explicit AskingClock(std::function<Answer()> ask) : ask_(std::move(ask)) {}

  absl::Time Now() const override {
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(base::SystemClock().Now()));
    answers_.push_back(std::async(std::launch::async, ask_));
    answers_.back().wait_for(std::chrono::milliseconds(500));
    return now;
  }
  std::vector<std::future<Answer>>& answers() const { return answers_; }

 private:
  std::function<Answer()> ask_;
  mutable std::vector<std::future<Answer>> answers_;
};

// Also before the tenant has a head to lock.
TEST_F(FactServiceTest, NowWaitsForTheVeryFirstBatch) {
  const AskingClock clock([&] { return Query(March(), "inquiry_count"); });
  FactService facts({.db = database_->session(),
                     .clock = clock,
                     .ids = ids_,
                     .pages = pages_,
                     .people = people_});
  v1::BatchIngestFactsRequest request;
  request.set_parent("tenants/acme");
  *request.add_facts() = InquiryNamed("i1");
  const auto batch = facts.BatchIngestFacts(Context(), request);
  ASSERT_THAT(batch, IsOk());
  ASSERT_FALSE(clock.answers().empty());
  const auto micros = [](const google::protobuf::Timestamp& at) {
    return at.seconds() * 1'000'000 + at.nanos() / 1'000;
  };
  for (std::future<AskingClock::Answer>& asked : clock.answers()) {
    const AskingClock::Answer answer = asked.get();
    ASSERT_THAT(answer, IsOk());
    if (micros(answer->as_of()) >= micros(batch->recorded_at())) {
      EXPECT_EQ(answer->knowledge_seq(), 1);
    }
  }
}

// An answered past never changes, whatever is learnt later.
TEST_F(FactServiceTest, AsOfReplaysTheSameAnswer) {
  ASSERT_THAT(Ingest({OrderNamed("o1", 100, 1), OrderNamed("o2", 50, 1)}), IsOk());
  const auto first = Query(March(), "revenue");
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->rows(0).numerator(), 150);
  ASSERT_THAT(Ingest({OrderNamed("o1", 70, 2)}), IsOk());
  ASSERT_THAT(Ingest({TombstoneOf("o2", 2)}), IsOk());
  EXPECT_EQ(Numerator(March(), "revenue"), 70);
  v1::QueryScope past = March();
  *past.mutable_as_of() = first->as_of();
  const auto replay = Query(past, "revenue");
  ASSERT_THAT(replay, IsOk());
  EXPECT_EQ(replay->SerializeAsString(), first->SerializeAsString());
  v1::QueryScope by_sequence = March();
  by_sequence.set_knowledge_seq(2);
  EXPECT_EQ(Numerator(by_sequence, "revenue"), 120);
}

// Nor does one asked by its sequence: not even the day that it was recorded on becomes a whole one.
TEST_F(FactServiceTest, ASequenceAnswersTheSameAsTimePasses) {
  const absl::Time now = database_->clock().Now();
  v1::Fact order = OrderNamed("o1", 100, 1);
  order.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(now));
  v1::BatchIngestFactsRequest batch;
  batch.set_parent("tenants/acme");
  *batch.add_facts() = order;
  const auto taken_in = facts_.BatchIngestFacts(ContextForTest(tenant_).Now(now).Build(), batch);
  ASSERT_THAT(taken_in, IsOk());
  ASSERT_EQ(taken_in->accepted_count(), 1);
  const absl::CivilDay day = base::LocalDay(now, base::ParseTimeZone("Asia/Shanghai").value());
  v1::QueryMetricsRequest request;
  request.set_parent("tenants/acme");
  request.add_metrics("revenue");
  request.mutable_scope()->mutable_period()->set_start_date(base::FormatCivilDay(day));
  request.mutable_scope()->mutable_period()->set_end_date(base::FormatCivilDay(day + 1));
  request.mutable_scope()->set_knowledge_seq(1);
  std::vector<std::string> answers;
  for (const absl::Duration later : {absl::ZeroDuration(), absl::Hours(48)}) {
    const base::FakeClock clock(now + later);
    QueryService query({.db = database_->session(),
                        .clock = clock,
                        .ids = ids_,
                        .pages = pages_,
                        .people = people_});
    const auto reply = query.QueryMetrics(Context(), request);
    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->rows(0).numerator(), 100);
    answers.push_back(reply->SerializeAsString());
  }
  EXPECT_EQ(answers[0], answers[1]);
}

TEST_F(FactServiceTest, AsOfMustBePastAndAlone) {
  ASSERT_THAT(Ingest({InquiryNamed("i1")}), IsOk());
  v1::QueryScope scope = March();
  scope.mutable_as_of()->set_seconds(4'000'000'000);
  EXPECT_THAT(Query(scope, "revenue"),
              IsFault(absl::StatusCode::kInvalidArgument, "AS_OF_IN_FUTURE"));
  scope.set_knowledge_seq(1);
  EXPECT_THAT(Query(scope, "revenue"),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  scope.clear_as_of();
  scope.set_knowledge_seq(99);
  EXPECT_THAT(Query(scope, "revenue"),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

// A cut after what is known would call cohorts mature whose orders nobody can know yet.
TEST_F(FactServiceTest, TheCutIsNotLaterThanTheKnowledge) {
  ASSERT_THAT(Ingest({InquiryNamed("i1")}), IsOk());
  v1::QueryScope scope = March();
  scope.mutable_cut()->set_seconds(4'000'000'000);
  const auto refusal = IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  EXPECT_THAT(Query(scope, "inquiry_count"), refusal);
  scope.set_knowledge_seq(1);
  EXPECT_THAT(Query(scope, "inquiry_count"), refusal);
  // 20 March 10:00 in Shanghai: any instant of that day will do, and none of the next.
  scope.clear_knowledge_seq();
  scope.mutable_as_of()->set_seconds(1'773'972'000);
  scope.mutable_cut()->set_seconds(1'773'972'000 + 13 * 3600);
  EXPECT_THAT(Query(scope, "inquiry_count"), IsOk());
  scope.mutable_cut()->set_seconds(1'773'972'000 + 14 * 3600);
  EXPECT_THAT(Query(scope, "inquiry_count"), refusal);
}

// The cut says what is mature, and not how much of the period had been reported.
TEST_F(FactServiceTest, HowFarSourcesHaveReportedIsJudgedByTheKnowledge) {
  ASSERT_THAT(Ingest({InquiryNamed("i1")}), IsOk());  // 1 March 10:00 in Shanghai
  v1::QueryScope scope = March();
  scope.mutable_period()->set_end_date("2026-03-02");
  scope.mutable_cut()->set_seconds(1'772'334'000);  // an hour later
  const auto reply = Query(scope, "inquiry_count");
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->rows(0).status(), v1::METRIC_STATUS_OK);
}

TEST_F(FactServiceTest, RefusesUnknownMetricsAndPeriods) {
  EXPECT_THAT(Query(March(), "vibes"),
              IsFault(absl::StatusCode::kInvalidArgument, "METRIC_UNKNOWN"));
  v1::QueryScope scope = March();
  scope.mutable_period()->set_end_date("2031-01-01");
  EXPECT_THAT(Query(scope, "revenue"),
              IsFault(absl::StatusCode::kInvalidArgument, "PERIOD_TOO_LONG"));
  scope.mutable_period()->set_end_date("soon");
  EXPECT_THAT(Query(scope, "revenue"),
              IsFault(absl::StatusCode::kInvalidArgument, "DATE_MALFORMED"));
}

// The survivor is the highest revision, though a lower one arrives later and a tombstone came
// first.
TEST_F(FactServiceTest, HighestRevisionSurvivesInAnyOrder) {
  ASSERT_THAT(Ingest({OrderNamed("late", 9, 2)}), IsOk());
  ASSERT_THAT(Ingest({OrderNamed("late", 1, 1), TombstoneOf("gone", 2)}), IsOk());
  ASSERT_THAT(Ingest({OrderNamed("gone", 4, 1), OrderNamed("back", 1, 1)}), IsOk());
  ASSERT_THAT(Ingest({TombstoneOf("back", 2)}), IsOk());
  ASSERT_THAT(Ingest({OrderNamed("back", 2, 3)}), IsOk());
  std::vector<std::string> ids = ListedIds({});
  std::sort(ids.begin(), ids.end());
  EXPECT_THAT(ids, ElementsAre("back@3", "late@2"));
  v1::GetFactHistoryRequest request;
  request.set_parent("tenants/acme");
  request.mutable_identity()->set_source("crm");
  request.mutable_identity()->set_source_event_id("back");
  const auto history = facts_.GetFactHistory(Context(), request);
  ASSERT_THAT(history, IsOk());
  ASSERT_EQ(history->revisions_size(), 3);
  EXPECT_TRUE(history->revisions(1).tombstone());
  request.mutable_identity()->set_source_event_id("never");
  EXPECT_THAT(facts_.GetFactHistory(Context(), request),
              IsFault(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND"));
}

TEST_F(FactServiceTest, AHistoryIsShownWhole) {
  std::vector<v1::Fact> revisions;
  for (int64_t revision = 1; revision <= 1'003; ++revision) {
    revisions.push_back(OrderNamed("o1", revision, revision));
    if (revisions.size() < 1'000 && revision < 1'003) continue;
    ASSERT_THAT(Ingest(revisions), IsOk());
    revisions.clear();
  }
  v1::GetFactHistoryRequest request;
  request.mutable_identity()->set_source("crm");
  request.mutable_identity()->set_source_event_id("o1");
  request.set_page_size(1'000);
  const auto first = facts_.GetFactHistory(Context(), request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->revisions_size(), 1'000);
  request.set_page_token(first->next_page_token());
  const auto second = facts_.GetFactHistory(Context(), request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->revisions_size(), 3);
  EXPECT_EQ(second->revisions(0).revision(), 1'001);
  EXPECT_TRUE(second->next_page_token().empty());
}

// However many sources there are, the one that is behind is seen.
TEST_F(FactServiceTest, EverySourceIsLookedAt) {
  ASSERT_THAT(Ingest({InquiryNamed("i1")}), IsOk());
  database_->ExecuteAsRoot(absl::StrCat(
      "INSERT INTO source_progress (tenant_id, source, kind, batch_id, reached) SELECT "
      "b.tenant_id, "
      "CONCAT('source-', LPAD(s.seq, 5, '0')), 3, b.id, 1 FROM fact_batches b JOIN seq_1_to_5100 s "
      "WHERE b.tenant_id = UNHEX('",
      absl::BytesToHexString(tenant_.ToBytes()), "')"));
  v1::GetWatermarkRequest request;
  std::set<std::string> sources;
  for (int page = 0; page < 10; ++page) {
    const auto watermark = facts_.GetWatermark(Context(), request);
    ASSERT_THAT(watermark, IsOk());
    for (const v1::SourceWatermark& source : watermark->sources()) sources.insert(source.source());
    request.set_page_token(watermark->next_page_token());
    if (request.page_token().empty()) break;
    EXPECT_EQ(watermark->sources_size(), 1'000);
  }
  EXPECT_EQ(sources.size(), 5'101u);
}

// Pages answer from the knowledge of the first one, and none repeats or loses a fact.
TEST_F(FactServiceTest, ListsByPages) {
  std::vector<v1::Fact> facts;
  for (int i = 0; i < 7; ++i) facts.push_back(InquiryNamed(absl::StrCat("i", i)));
  for (int i = 0; i < 4; ++i) facts.push_back(OrderNamed(absl::StrCat("o", i), 5, 1));
  ASSERT_THAT(Ingest(facts), IsOk());
  const std::vector<std::string> whole = ListedIds({});
  v1::ListFactsRequest by_three;
  by_three.set_page_size(3);
  EXPECT_EQ(ListedIds(by_three), whole);
  EXPECT_EQ(whole.size(), 11u);
  v1::ListFactsRequest orders;
  orders.add_kinds(v1::FACT_KIND_ORDER);
  EXPECT_EQ(ListedIds(orders).size(), 4u);
}

TEST_F(FactServiceTest, AMemberSeesTheirOwnFactsAlone) {
  v1::Fact own = OrderNamed("own", 7, 1);
  own.mutable_attribution()->set_member("tenants/acme/members/li-wei");
  own.mutable_attribution()->set_acting_role(common::v1::BUSINESS_ROLE_SALES);
  ASSERT_THAT(Ingest({own, OrderNamed("others", 90, 1)}), IsOk());
  v1::QueryMetricsRequest request;
  request.set_parent("tenants/acme");
  request.add_metrics("revenue");
  *request.mutable_scope() = March();
  const auto reply = query_.QueryMetrics(
      ContextForTest(tenant_).Role(tenants::AccessRole::kMember).Member("li-wei").Build(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->rows(0).numerator(), 7);
  EXPECT_THAT(query_.QueryMetrics(
                  ContextForTest(tenant_).Role(tenants::AccessRole::kMember).Build(), request),
              IsFault(absl::StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(FactServiceTest, WhoMayAskNothingLearnsNoRule) {
  const auto nobody = ContextForTest(tenant_).Role(tenants::AccessRole::kMember).Build();
  const auto refusal = IsFault(absl::StatusCode::kPermissionDenied, "PERMISSION_MISSING");
  v1::QueryMetricsRequest query;
  query.add_metrics("vibes");
  EXPECT_THAT(query_.QueryMetrics(nobody, query), refusal);
  EXPECT_THAT(query_.QueryFunnel(nobody, v1::QueryFunnelRequest()), refusal);
  v1::ExplainMetricRequest explain;
  explain.set_metric("vibes");
  EXPECT_THAT(query_.ExplainMetric(nobody, explain), refusal);
  v1::ListCohortUnitsRequest units;
  units.set_page_token("no token");
  EXPECT_THAT(query_.ListCohortUnits(nobody, units), refusal);
  EXPECT_THAT(facts_.ListFacts(nobody, v1::ListFactsRequest()), refusal);
  EXPECT_THAT(facts_.GetFactHistory(nobody, v1::GetFactHistoryRequest()), refusal);
}

TEST_F(FactServiceTest, ALeaderSeesTheFactsOfTheirTeams) {
  v1::Fact of_team = OrderNamed("nobodys", 500, 1);
  of_team.mutable_attribution()->set_team("tenants/acme/teams/east");
  ASSERT_THAT(Ingest({Credited(OrderNamed("own", 7, 1), "li-wei"),
                      Credited(OrderNamed("led", 90, 1), "wang-fang"), of_team,
                      Credited(OrderNamed("others", 4000, 1), "zhao-min")}),
              IsOk());
  people_.leaders[base::MemberId::Parse("li-wei").value()] = {
      .members = {base::MemberId::Parse("li-wei").value(),
                  base::MemberId::Parse("wang-fang").value()},
      .teams = {base::TeamId::Parse("east").value()}};
  v1::QueryMetricsRequest request;
  request.set_parent("tenants/acme");
  request.add_metrics("revenue");
  *request.mutable_scope() = March();
  const auto reply = query_.QueryMetrics(MemberContext("li-wei"), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->rows(0).numerator(), 597);
  v1::ListFactsRequest list;
  list.set_parent("tenants/acme");
  *list.mutable_occurred() = request.scope().period();
  list.set_member("tenants/acme/members/wang-fang");
  const auto listed = facts_.ListFacts(MemberContext("li-wei"), list);
  ASSERT_THAT(listed, IsOk());
  EXPECT_EQ(listed->facts_size(), 1);
  EXPECT_THAT(facts_.ListFacts(MemberContext("wang-fang"), list), IsOk());
  EXPECT_THAT(facts_.ListFacts(MemberContext("zhao-min"), list),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

TEST_F(FactServiceTest, AMemberSeesNothingWhileNobodySaysWhomTheyLead) {
  ASSERT_THAT(Ingest({Credited(OrderNamed("own", 7, 1), "li-wei")}), IsOk());
  v1::QueryMetricsRequest request;
  request.set_parent("tenants/acme");
  request.add_metrics("revenue");
  *request.mutable_scope() = March();
  people_.failure = absl::UnavailableError("teams is away");
  EXPECT_THAT(query_.QueryMetrics(MemberContext("li-wei"), request),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(query_.QueryMetrics(Context(), request), IsOk());
  // An account may be linked before its member is made.
  people_.failure = absl::NotFoundError("no such member");
  EXPECT_THAT(query_.QueryMetrics(MemberContext("li-wei"), request),
              IsFault(absl::StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(FactServiceTest, AQuestionAboutAChannelThatNobodyHasMadeSaysSo) {
  v1::QueryMetricsRequest query;
  query.set_parent("tenants/acme");
  query.add_metrics("inquiry_count");
  *query.mutable_scope() = March();
  query.mutable_scope()->add_channels("tenants/acme/channels/typo");
  const auto unknown = IsFault(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND");
  EXPECT_THAT(query_.QueryMetrics(Context(), query), unknown);
  v1::QueryFunnelRequest funnel;
  funnel.set_parent("tenants/acme");
  *funnel.mutable_scope() = query.scope();
  EXPECT_THAT(query_.QueryFunnel(Context(), funnel), unknown);
}

// An empty list would read as: nothing happened there.
TEST_F(FactServiceTest, ExplainingACellOfNobodySaysWhoIsUnknown) {
  ASSERT_THAT(Ingest({Credited(InquiryNamed("i1"), "ghost")}), IsOk());
  people_.nobody = {base::MemberId::Parse("ghost").value(), base::MemberId::Parse("typo").value()};
  v1::ExplainMetricRequest explain;
  explain.set_parent("tenants/acme");
  explain.set_metric("inquiry_count");
  *explain.mutable_scope() = March();
  v1::DimensionValue& cell = *explain.add_cell();
  const auto explained = [&](v1::Dimension dimension, const char* value) {
    cell.set_dimension(dimension);
    cell.set_value(value);
    return query_.ExplainMetric(Context(), explain);
  };
  const auto unknown = IsFault(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND");
  EXPECT_THAT(explained(v1::DIMENSION_CHANNEL, "tenants/acme/channels/typo"), unknown);
  EXPECT_THAT(explained(v1::DIMENSION_CAMPAIGN, "tenants/acme/campaigns/typo"), unknown);
  EXPECT_THAT(explained(v1::DIMENSION_MEMBER, "tenants/acme/members/typo"), unknown);
  // Known, and nothing happened; not attributed; unknown to teams, with facts all the same.
  EXPECT_THAT(explained(v1::DIMENSION_MEMBER, "tenants/acme/members/idle"), IsOk());
  EXPECT_THAT(explained(v1::DIMENSION_MEMBER, ""), IsOk());
  const auto ghost = explained(v1::DIMENSION_MEMBER, "tenants/acme/members/ghost");
  ASSERT_THAT(ghost, IsOk());
  EXPECT_EQ(ghost->facts_size(), 1);
  cell.set_value("tenants/acme/members/typo");
  people_.failure = absl::UnavailableError("teams is not there");
  EXPECT_THAT(query_.ExplainMetric(Context(), explain), IsOk());
  people_.failure = absl::OkStatus();
  // Who sees their own alone is not told who else there is.
  EXPECT_THAT(query_.ExplainMetric(MemberContext("li-wei"), explain), IsOk());
}

// An inquiry that a colleague turned into an order counts as converted; the order is the
// colleague's.
TEST_F(FactServiceTest, AMembersOrderRateNamesNoOrderOfAnother) {
  v1::Fact order = Credited(OrderNamed("theirs", 900, 1), "wang-fang");
  order.mutable_order()->mutable_inquiry()->set_source("crm");
  order.mutable_order()->mutable_inquiry()->set_source_event_id("i1");
  ASSERT_THAT(Ingest({Credited(InquiryNamed("i1"), "li-wei"), order}), IsOk());
  v1::ExplainMetricRequest explain;
  explain.set_parent("tenants/acme");
  explain.set_metric("inquiry_order_rate");
  *explain.mutable_scope() = March();
  explain.mutable_scope()->mutable_cut()->set_seconds(1'785'000'000);  // late July 2026
  v1::ListCohortUnitsRequest cohort;
  cohort.set_parent("tenants/acme");
  *cohort.mutable_scope() = explain.scope();
  const auto whole = query_.ExplainMetric(Context(), explain);
  ASSERT_THAT(whole, IsOk());
  const auto whole_cohort = query_.ListCohortUnits(Context(), cohort);
  ASSERT_THAT(whole_cohort, IsOk());
  EXPECT_EQ(whole_cohort->units(0).order().source_event_id(), "theirs");
  const auto own = query_.ExplainMetric(MemberContext("li-wei"), explain);
  ASSERT_THAT(own, IsOk());
  EXPECT_EQ(own->row().denominator(), whole->row().denominator());
  EXPECT_GT(own->facts_size(), 0);
  for (const v1::ExplainedFact& fact : own->facts()) {
    EXPECT_EQ(fact.identity().source_event_id(), "i1");
  }
  EXPECT_LT(own->facts_size(), whole->facts_size());
  const auto own_cohort = query_.ListCohortUnits(MemberContext("li-wei"), cohort);
  ASSERT_THAT(own_cohort, IsOk());
  ASSERT_EQ(own_cohort->units_size(), 1);
  EXPECT_TRUE(own_cohort->units(0).converted());
  EXPECT_FALSE(own_cohort->units(0).has_order());
  EXPECT_FALSE(own_cohort->units(0).has_kept_value());
}

// Revisions credited to somebody else stay hidden, whichever came first.
TEST_F(FactServiceTest, AMemberSeesTheRevisionsCreditedToThemAlone) {
  const auto credited = [](int64_t revision, absl::string_view member) {
    v1::Fact fact = OrderNamed("moved", 7 + revision, revision);
    fact.mutable_attribution()->set_member(absl::StrCat("tenants/acme/members/", member));
    fact.mutable_attribution()->set_acting_role(common::v1::BUSINESS_ROLE_SALES);
    return fact;
  };
  ASSERT_THAT(Ingest({credited(1, "li-wei"), credited(2, "wang-fang")}), IsOk());
  v1::GetFactHistoryRequest request;
  request.set_parent("tenants/acme");
  request.mutable_identity()->set_source("crm");
  request.mutable_identity()->set_source_event_id("moved");
  const auto seen_by = [&](absl::string_view member) {
    return facts_.GetFactHistory(ContextForTest(tenant_)
                                     .Role(tenants::AccessRole::kMember)
                                     .Member(std::string(member))
                                     .Build(),
                                 request);
  };
  for (const auto& [member, revision] :
       {std::pair<std::string, int64_t>("li-wei", 1), {"wang-fang", 2}}) {
    const auto history = seen_by(member);
    ASSERT_THAT(history, IsOk());
    ASSERT_EQ(history->revisions_size(), 1) << member;
    EXPECT_EQ(history->revisions(0).revision(), revision) << member;
  }
  EXPECT_THAT(seen_by("zhao-min"), IsFault(absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND"));
  const auto whole = facts_.GetFactHistory(Context(), request);
  ASSERT_THAT(whole, IsOk());
  EXPECT_EQ(whole->revisions_size(), 2);
}

TEST_F(FactServiceTest, AnotherTenantSeesNothing) {
  ASSERT_THAT(Ingest({OrderNamed("o1", 7, 1)}), IsOk());
  v1::QueryMetricsRequest request;
  request.set_parent("tenants/acme");
  request.add_metrics("revenue");
  *request.mutable_scope() = March();
  const auto reply = query_.QueryMetrics(ContextForTest(FreshTenantUid()).Build(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->rows(0).status(), v1::METRIC_STATUS_NO_DATA);
  EXPECT_EQ(reply->knowledge_seq(), 0);
}

TEST_F(FactServiceTest, ValidateOnlyJudgesAndStoresNothing) {
  v1::BatchIngestFactsRequest request;
  request.set_parent("tenants/acme");
  *request.add_facts() = InquiryNamed("i1");
  const auto reply =
      facts_.BatchIngestFacts(ContextForTest(tenant_).ValidateOnly().Build(), request);
  ASSERT_THAT(reply, IsOk());
  EXPECT_EQ(reply->accepted_count(), 1);
  EXPECT_EQ(reply->knowledge_seq(), 0);
  EXPECT_THAT(ListedIds({}), IsEmpty());
}

TEST_F(FactServiceTest, CostsAreOfThePaidChannel) {
  v1::CreateChannelRequest create;
  create.set_parent("tenants/acme");
  create.set_channel_id("google");
  create.mutable_channel()->set_display_name("Google 广告");
  create.mutable_channel()->set_kind(v1::CHANNEL_KIND_SEARCH);
  create.mutable_channel()->set_paid(true);
  ASSERT_THAT(channels_.CreateChannel(Context(), create), IsOk());
  EXPECT_THAT(channels_.CreateChannel(Context(), create),
              IsFault(absl::StatusCode::kAlreadyExists, "RESOURCE_EXISTS"));
  v1::Fact inquiry = InquiryNamed("i1");
  inquiry.mutable_attribution()->set_channel("tenants/acme/channels/google");
  v1::Fact spend = FactOf(
      "source: 'ads' source_event_id: 's1' occurred_date: '2026-03-01' "
      "attribution { channel: 'tenants/acme/channels/google' } "
      "spend { kind: SPEND_KIND_MEDIA amount { amount_minor: 1001 currency_code: 'USD' } }");
  ASSERT_THAT(Ingest({inquiry, spend}), IsOk());
  v1::ExplainMetricRequest explain;
  explain.set_parent("tenants/acme");
  explain.set_metric("inquiry_cost");
  v1::DimensionValue& cell = *explain.add_cell();
  cell.set_dimension(v1::DIMENSION_CHANNEL);
  cell.set_value("tenants/acme/channels/google");
  *explain.mutable_scope() = March();
  explain.set_page_size(1);
  const auto page = query_.ExplainMetric(Context(), explain);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->row().value(), "1001.000000");
  EXPECT_EQ(page->row().value_money().amount_minor(), 1001);
  EXPECT_EQ(page->facts(0).identity().source_event_id(), "s1");
  explain.set_page_token(page->next_page_token());
  const auto rest = query_.ExplainMetric(Context(), explain);
  ASSERT_THAT(rest, IsOk());
  EXPECT_EQ(rest->facts(0).identity().source_event_id(), "i1");
  v1::UpdateChannelRequest update;
  update.mutable_channel()->set_name("tenants/acme/channels/google");
  update.mutable_channel()->set_etag("\"v9\"");
  update.mutable_update_mask()->add_paths("paid");
  EXPECT_THAT(channels_.UpdateChannel(Context(), update),
              IsFault(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
}

// Nothing that is created or changed later may alter what was answered.
TEST_F(FactServiceTest, AnAnsweredPastKnowsNoLaterChannel) {
  v1::CreateChannelRequest create;
  create.set_channel_id("google");
  create.mutable_channel()->set_display_name("g");
  create.mutable_channel()->set_kind(v1::CHANNEL_KIND_SEARCH);
  create.mutable_channel()->set_paid(true);
  ASSERT_THAT(channels_.CreateChannel(Context(), create), IsOk());
  const v1::Fact spend = FactOf(
      "source: 'ads' source_event_id: 's1' occurred_date: '2026-03-01' "
      "attribution { channel: 'tenants/acme/channels/google' } "
      "spend { kind: SPEND_KIND_MEDIA amount { amount_minor: 1001 currency_code: 'USD' } }");
  ASSERT_THAT(Ingest({spend}), IsOk());
  const auto first = Query(March(), "spend_coverage");
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->rows(0).numerator(), 1);
  create.set_channel_id("facebook");
  ASSERT_THAT(channels_.CreateChannel(Context(), create), IsOk());
  v1::QueryScope past = March();
  *past.mutable_as_of() = first->as_of();
  const auto replay = Query(past, "spend_coverage");
  ASSERT_THAT(replay, IsOk());
  EXPECT_EQ(replay->SerializeAsString(), first->SerializeAsString());
  ASSERT_THAT(Ingest({InquiryNamed("i1")}), IsOk());
  EXPECT_EQ(Numerator(March(), "spend_coverage"), 0);  // facebook covers nothing
}

TEST_F(FactServiceTest, KindAndPaidOfAChannelNeverChange) {
  v1::CreateChannelRequest create;
  create.set_channel_id("google");
  create.mutable_channel()->set_display_name("g");
  create.mutable_channel()->set_kind(v1::CHANNEL_KIND_SEARCH);
  ASSERT_THAT(channels_.CreateChannel(Context(), create), IsOk());
  v1::UpdateChannelRequest update;
  *update.mutable_channel() = create.channel();
  update.mutable_channel()->set_name("tenants/acme/channels/google");
  update.mutable_channel()->set_display_name("Google");
  const auto renamed = channels_.UpdateChannel(Context(), update);
  ASSERT_THAT(renamed, IsOk());
  EXPECT_EQ(renamed->display_name(), "Google");
  const auto refused = IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  v1::UpdateChannelRequest paid = update;
  paid.mutable_channel()->set_paid(true);
  EXPECT_THAT(channels_.UpdateChannel(Context(), paid), refused);
  v1::UpdateChannelRequest kind = update;
  kind.mutable_channel()->set_kind(v1::CHANNEL_KIND_OTHER);
  EXPECT_THAT(channels_.UpdateChannel(Context(), kind), refused);
  kind.mutable_update_mask()->add_paths("kind");
  EXPECT_THAT(channels_.UpdateChannel(Context(), kind), refused);
  // What the mask leaves out is not asked for.
  kind.mutable_update_mask()->set_paths(0, "display_name");
  const auto same = channels_.UpdateChannel(Context(), kind);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->kind(), v1::CHANNEL_KIND_SEARCH);
}

TEST_F(FactServiceTest, ChannelsAndCampaignsAreBounded) {
  v1::CreateChannelRequest channel;
  channel.mutable_channel()->set_display_name("c");
  channel.mutable_channel()->set_kind(v1::CHANNEL_KIND_OTHER);
  for (int i = 0; i < kChannelsMax; ++i) {
    channel.set_channel_id(absl::StrCat("channel-", i));
    ASSERT_THAT(channels_.CreateChannel(Context(), channel), IsOk());
  }
  channel.set_channel_id("one-too-many");
  EXPECT_THAT(channels_.CreateChannel(Context(), channel),
              IsFault(absl::StatusCode::kFailedPrecondition, "CHANNEL_LIMIT_REACHED"));
  database_->ExecuteAsRoot(
      absl::StrCat("INSERT INTO campaigns (tenant_id, id, channel_id, display_name, version, "
                   "created_at, updated_at) SELECT UNHEX('",
                   absl::BytesToHexString(tenant_.ToBytes()),
                   "'), CONCAT('campaign-', seq), 'channel-0', 'c', 1, 0, 0 FROM seq_1_to_10000"));
  v1::CreateCampaignRequest campaign;
  campaign.set_campaign_id("one-too-many");
  campaign.mutable_campaign()->set_display_name("c");
  campaign.mutable_campaign()->set_channel("tenants/acme/channels/nowhere");
  EXPECT_THAT(channels_.CreateCampaign(Context(), campaign),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  campaign.mutable_campaign()->set_channel("tenants/acme/channels/channel-0");
  EXPECT_THAT(channels_.CreateCampaign(Context(), campaign),
              IsFault(absl::StatusCode::kFailedPrecondition, "CAMPAIGN_LIMIT_REACHED"));
}

TEST_F(FactServiceTest, CohortUnitsCarryWhatBecameOfThem) {
  v1::Fact order = OrderNamed("o1", 500, 1);
  order.mutable_order()->mutable_inquiry()->set_source("crm");
  order.mutable_order()->mutable_inquiry()->set_source_event_id("i1");
  order.mutable_order()->mutable_margin()->set_amount_minor(120);
  order.mutable_order()->mutable_margin()->set_currency_code("USD");
  const v1::Fact refund = FactOf(
      "source: 'crm' source_event_id: 'r1' occurred_at { seconds: 1772416800 } refund { "
      "order { source: 'crm' source_event_id: 'o1' } "
      "amount { amount_minor: 125 currency_code: 'USD' } }");
  ASSERT_THAT(Ingest({InquiryNamed("i1"), InquiryNamed("i2"), order, refund}), IsOk());
  v1::ListCohortUnitsRequest request;
  request.set_parent("tenants/acme");
  *request.mutable_scope() = March();
  request.mutable_scope()->mutable_cut()->set_seconds(1'785'000'000);  // late July 2026
  request.set_page_size(1);
  const auto first = query_.ListCohortUnits(Context(), request);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->units_size(), 1);
  EXPECT_EQ(first->units(0).inquiry().source_event_id(), "i1");
  EXPECT_TRUE(first->units(0).mature());
  EXPECT_TRUE(first->units(0).kept());
  EXPECT_EQ(first->units(0).order().source_event_id(), "o1");
  EXPECT_EQ(first->units(0).kept_value().amount_minor(), 375);
  EXPECT_EQ(first->units(0).kept_margin().amount_minor(), 90);
  request.set_page_token(first->next_page_token());
  const auto second = query_.ListCohortUnits(Context(), request);
  ASSERT_THAT(second, IsOk());
  EXPECT_FALSE(second->units(0).converted());
  EXPECT_TRUE(second->next_page_token().empty());
  v1::QueryFunnelRequest funnel;
  funnel.set_parent("tenants/acme");
  *funnel.mutable_scope() = request.scope();
  const auto steps = query_.QueryFunnel(Context(), funnel);
  ASSERT_THAT(steps, IsOk());
  EXPECT_EQ(steps->steps(5).link().value(), "0.500000000");
}

TEST_F(FactServiceTest, WatermarkIsPresumedOrDeclared) {
  v1::BatchIngestFactsRequest request;
  request.set_parent("tenants/acme");
  *request.add_facts() = InquiryNamed("i1");
  ASSERT_THAT(facts_.BatchIngestFacts(Context(), request), IsOk());
  v1::GetWatermarkRequest ask;
  ask.set_parent("tenants/acme");
  auto watermark = facts_.GetWatermark(Context(), ask);
  ASSERT_THAT(watermark, IsOk());
  ASSERT_EQ(watermark->sources_size(), 1);
  EXPECT_EQ(watermark->sources(0).complete_through().seconds(),
            1'772'380'800);  // 2 March, Shanghai
  auto& word = *request.add_completeness();
  word.set_source("crm");
  word.mutable_complete_through()->set_seconds(1'772'985'600);
  ASSERT_THAT(facts_.BatchIngestFacts(Context(), request), IsOk());
  watermark = facts_.GetWatermark(Context(), ask);
  EXPECT_EQ(watermark->sources(0).complete_through().seconds(), 1'772'985'600);
  EXPECT_TRUE(watermark->sources(0).declared());
  // One second after the call: no source has reported what is to come.
  word.mutable_complete_through()->set_seconds(absl::ToUnixSeconds(Context().now()) + 1);
  const auto refused = facts_.BatchIngestFacts(Context(), request);
  EXPECT_THAT(refused, IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("completeness[0].complete_through"));
}

}  // namespace
}  // namespace argosy::metrics
