#include "services/teams/service/stage_service.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "base/period.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/domain/stage_evaluation.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/service/teams_fixture_test.h"
#include "tests/support/proto_matchers.h"
#include "tests/support/status_matchers.h"

namespace argosy::teams {
namespace {

namespace wire = metrics::v1;

using argosy::testing::EqualsProto;
using argosy::testing::FreshRequestId;
using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::SizeIs;

constexpr int64_t kKnowledge = 77;
constexpr char kSem[] = "tenants/acme/channels/sem";
constexpr char kFacebook[] = "tenants/acme/channels/facebook";

// A metrics service that knows one company: two paid channels, `weekly_inquiries` effective
// inquiries in every week, an inquiry a day in the mature cohort of which every tenth brought an
// order.
class FakeMetrics final : public MetricSource {
 public:
  absl::StatusOr<wire::ListChannelsResponse> ListChannels(
      const tenants::RequestContext&, const wire::ListChannelsRequest&) override {
    if (!down.ok()) return down;
    wire::ListChannelsResponse reply;
    AddChannel(kFacebook, facebook_kind, reply);
    AddChannel(kSem, wire::CHANNEL_KIND_SEARCH, reply);
    AddChannel("tenants/acme/channels/fair", wire::CHANNEL_KIND_EXHIBITION, reply);
    reply.mutable_channels(2)->set_paid(false);
    if (has_new_channel) AddChannel("tenants/acme/channels/new", wire::CHANNEL_KIND_OTHER, reply);
    return reply;
  }

  absl::StatusOr<wire::QueryMetricsResponse> QueryMetrics(
      const tenants::RequestContext&, const wire::QueryMetricsRequest& request) override {
    if (!down.ok()) return down;
    scopes.push_back(request.scope());
    wire::QueryMetricsResponse reply;
    reply.set_knowledge_seq(knowledge_seq);
    reply.set_currency_code("USD");
    const absl::CivilDay begin = *base::ParseCivilDay(request.scope().period().start_date());
    const absl::CivilDay end = *base::ParseCivilDay(request.scope().period().end_date());
    if (request.dimensions().empty()) {
      wire::MetricRow& row = AddRow("effective_inquiry_cost", reply);
      row.set_numerator(loaded_cost_minor);
      row.set_denominator(cohort_size);
      for (const std::string& reason : cohort_reasons) row.add_reasons(reason);
      if (ungraded > 0) {
        wire::MetricNote& note = *row.add_notes();
        note.set_kind(wire::METRIC_NOTE_KIND_UNGRADED);
        note.set_value(ungraded);
      }
      wire::MetricRow& rate = AddRow("effective_order_rate", reply);
      if (!orders_reason.empty()) rate.add_reasons(orders_reason);
      return reply;
    }
    if (request.dimensions_size() == 2 && request.dimensions(1) == wire::DIMENSION_MONTH) {
      for (const base::Period& month : base::Buckets({begin, end}, base::Grain::kMonth)) {
        AddChannelMonth(kFacebook, month, reply);
        AddChannelMonth(kSem, month, reply);
      }
      return reply;
    }
    for (absl::CivilDay monday = begin; monday < end; monday += 7) {
      if (request.dimensions_size() == 1) {
        AddWeek(monday, reply);
      } else {
        AddChannelWeek(kFacebook, monday, reply);
        AddChannelWeek(kSem, monday, reply);
      }
    }
    return reply;
  }

  absl::StatusOr<wire::ListCohortUnitsResponse> ListCohortUnits(
      const tenants::RequestContext&, const wire::ListCohortUnitsRequest& request) override {
    if (!down.ok()) return down;
    ++cohort_pages;
    scopes.push_back(request.scope());
    const int64_t start = request.page_token().empty() ? 0 : std::stoll(request.page_token());
    wire::ListCohortUnitsResponse reply;
    for (int64_t i = start; i < cohort_size && i < start + request.page_size(); ++i) {
      wire::CohortUnit& unit = *reply.add_units();
      unit.mutable_occurred_at()->set_seconds(1'760'000'000 + i * 60);
      unit.set_effective(i < effective_size);
      unit.set_mature(true);
      if (i % 10 != 0) continue;
      unit.set_kept_order_count(1);
      unit.set_kept_margin_count(1);
      unit.mutable_kept_margin()->set_amount_minor(90'000);
    }
    // What is not effective is no unit of the cohort.
    reply.add_units()->set_mature(true);
    if (start + request.page_size() < cohort_size) {
      reply.set_next_page_token(std::to_string(start + request.page_size()));
    }
    return reply;
  }

  absl::Status down;
  int64_t knowledge_seq = kKnowledge;
  int64_t weekly_inquiries = 30;
  int64_t cohort_size = 300;
  int64_t effective_size = 1'000'000;  // the first of the cohort
  int cohort_pages = 0;                // asked for
  int64_t loaded_cost_minor = 100'000;
  std::string latest_week_reason;  // of the latest week
  // Spend of the weeks from here on may still be restated.
  absl::CivilDay restated_from = absl::CivilDay(2026, 1, 26);
  bool has_new_channel = false;             // made after what is known of
  std::vector<std::string> cohort_reasons;  // of its cost
  int64_t ungraded = 0;                     // inquiries of the cohort
  std::string orders_reason;                // of the order rate
  wire::ChannelKind facebook_kind = wire::CHANNEL_KIND_SOCIAL;
  // Days without spend by channel and month; the others lack none.
  std::map<std::pair<std::string, std::string>, int64_t> gaps;
  std::vector<wire::QueryScope> scopes;

 private:
  static void AddChannel(const char* name, wire::ChannelKind kind,
                         wire::ListChannelsResponse& reply) {
    wire::Channel& channel = *reply.add_channels();
    channel.set_name(name);
    channel.set_kind(kind);
    channel.set_paid(true);
  }
  static wire::MetricRow& AddRow(const char* metric, wire::QueryMetricsResponse& reply) {
    wire::MetricRow& row = *reply.add_rows();
    row.set_metric_id(metric);
    return row;
  }
  static void SetDimension(wire::Dimension dimension, const std::string& value,
                           wire::MetricRow& row) {
    wire::DimensionValue& place = *row.add_dimensions();
    place.set_dimension(dimension);
    place.set_value(value);
  }
  static void SetWeek(absl::CivilDay monday, wire::MetricRow& row) {
    SetDimension(wire::DIMENSION_WEEK, base::PeriodLabel(monday, base::Grain::kIsoWeek), row);
  }
  void AddWeek(absl::CivilDay monday, wire::QueryMetricsResponse& reply) const {
    const bool latest = monday == absl::CivilDay(2026, 2, 23);
    wire::MetricRow& spend = AddRow("ad_spend", reply);
    spend.set_numerator(100'000);
    if (monday >= restated_from) spend.add_reasons("RESTATEMENT_HORIZON");
    SetWeek(monday, spend);
    wire::MetricRow& inquiries = AddRow("effective_inquiry_count", reply);
    inquiries.set_numerator(weekly_inquiries);
    SetWeek(monday, inquiries);
    wire::MetricRow& cost = AddRow("effective_inquiry_cost", reply);
    if (latest && !latest_week_reason.empty()) cost.add_reasons(latest_week_reason);
    SetWeek(monday, cost);
  }
  void AddChannelMonth(const char* channel, const base::Period& month,
                       wire::QueryMetricsResponse& reply) const {
    const std::string label = base::PeriodLabel(month.begin, base::Grain::kMonth);
    const auto gap = gaps.find({channel, label});
    wire::MetricRow& row = AddRow("spend_coverage", reply);
    row.set_denominator(month.days());
    row.set_numerator(month.days() - (gap == gaps.end() ? 0 : gap->second));
    SetDimension(wire::DIMENSION_CHANNEL, channel, row);
    SetDimension(wire::DIMENSION_MONTH, label, row);
  }
  static void AddChannelWeek(const char* channel, absl::CivilDay monday,
                             wire::QueryMetricsResponse& reply) {
    for (const auto& [metric, value] : std::vector<std::pair<const char*, int64_t>>{
             {"ad_spend", 50'000}, {"spend_coverage", 7}}) {
      wire::MetricRow& row = AddRow(metric, reply);
      SetDimension(wire::DIMENSION_CHANNEL, channel, row);
      row.set_numerator(value);
      SetWeek(monday, row);
    }
  }
};

// `now` of every call is 2026-03-09 12:00 in Shanghai: the latest close is 2026-03-05.
class StageServiceTest : public TeamsFixture {
 protected:
  absl::StatusOr<v1::StageEvaluation> Evaluate(v1::EvaluateStageRequest request = {}) {
    request.set_parent("tenants/acme");
    const auto ctx = Owner().Build();
    return stages_.EvaluateStage(ctx, request);
  }
  absl::StatusOr<v1::ReplayStageEvaluationResponse> Replay(const std::string& name) {
    v1::ReplayStageEvaluationRequest request;
    request.set_name(name);
    const auto ctx = Owner().Build();
    return stages_.ReplayStageEvaluation(ctx, request);
  }

  FakeMetrics metrics_;
  StageService stages_{with_, metrics_};
};

TEST_F(StageServiceTest, JudgesAtTheLatestCloseByDefault) {
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  EXPECT_EQ(evaluation.cut_date(), "2026-03-05");
  // Midnight of the cut in Shanghai.
  EXPECT_EQ(evaluation.as_of().seconds(), 1'772'640'000);
  EXPECT_FALSE(evaluation.backfilled());
  EXPECT_EQ(evaluation.knowledge_seq(), kKnowledge);
  EXPECT_EQ(evaluation.currency_code(), "USD");
  EXPECT_EQ(evaluation.reporting_time_zone(), "Asia/Shanghai");
  EXPECT_EQ(evaluation.thresholds_version(), "validate-1");
  EXPECT_EQ(evaluation.verdict(), v1::VERDICT_INSUFFICIENT);
  ASSERT_THAT(evaluation.criteria(), SizeIs(11));
  EXPECT_EQ(evaluation.criteria(0).reason(), v1::CRITERION_REASON_TRAFFIC_CHOSEN);
  EXPECT_EQ(evaluation.criteria(1).verdict(), v1::VERDICT_NOT_EVALUATED);
  EXPECT_EQ(evaluation.criteria(3).reason(), v1::CRITERION_REASON_COST_STABLE);
  EXPECT_THAT(evaluation.criteria(3).weeks(), SizeIs(12));
  EXPECT_EQ(evaluation.criteria(3).weeks(11).week(), "2026-W09");
  EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_RATE_ABOVE_BREAK_EVEN);
}

TEST_F(StageServiceTest, AsksAsOfTheCutAndThenOnOneKnowledge) {
  ASSERT_THAT(Evaluate(), IsOk());
  ASSERT_THAT(metrics_.scopes, SizeIs(5));
  EXPECT_EQ(metrics_.scopes[0].as_of().seconds(), 1'772'640'000);
  for (size_t i = 0; i < metrics_.scopes.size(); ++i) {
    EXPECT_EQ(metrics_.scopes[i].cut().seconds(), 1'772'640'000) << i;
    EXPECT_EQ(metrics_.scopes[i].knowledge_seq(), i == 0 ? 0 : kKnowledge) << i;
    EXPECT_TRUE(metrics_.scopes[i].paid_only()) << i;
  }
  EXPECT_EQ(metrics_.scopes[0].cost_basis(), wire::COST_BASIS_MEDIA);
  EXPECT_EQ(metrics_.scopes[2].cost_basis(), wire::COST_BASIS_LOADED);
  EXPECT_EQ(metrics_.scopes[2].period().start_date(), "2025-03-05");
  EXPECT_EQ(metrics_.scopes[2].period().end_date(), "2025-12-01");
}

TEST_F(StageServiceTest, ReportsWhatOfTheSpendIsProvisional) {
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  const auto& measures = evaluation.criteria(3).measures();
  const auto share = std::find_if(measures.begin(), measures.end(), [](const v1::Measure& one) {
    return one.name() == "provisional_spend";
  });
  ASSERT_NE(share, measures.end());
  EXPECT_EQ(share->value(), 416'667);  // five of twelve weeks
  EXPECT_EQ(share->unit(), v1::MEASURE_UNIT_PPM);
  metrics_.restated_from += 7;
  ASSERT_OK_AND_ASSIGN(const v1::ReplayStageEvaluationResponse replay, Replay(evaluation.name()));
  EXPECT_FALSE(replay.identical());
}

TEST_F(StageServiceTest, FailsWhenACriterionFails) {
  metrics_.loaded_cost_minor = 30'000'000;
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  EXPECT_EQ(evaluation.verdict(), v1::VERDICT_FAIL);
  EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_RATE_BELOW_BREAK_EVEN);
}

TEST_F(StageServiceTest, LeavesOutWeeksThatAreNotClosed) {
  for (const char* reason : {"SOURCE_BEHIND", "UNGRADED", "OTHER_CURRENCY"}) {
    metrics_.latest_week_reason = reason;
    ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
    ASSERT_THAT(evaluation.criteria(3).weeks(), SizeIs(12)) << reason;
    EXPECT_EQ(evaluation.criteria(3).weeks(11).week(), "2026-W08") << reason;
  }
}

TEST_F(StageServiceTest, JudgesNoCohortWhoseCostIsNotWhole) {
  for (const char* reason : {"SOURCE_BEHIND", "OTHER_CURRENCY"}) {
    // Its inquiries lack grades as well.
    metrics_.cohort_reasons = {"UNGRADED", reason};
    ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
    EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_COST_UNKNOWN) << reason;
    EXPECT_EQ(evaluation.criteria(4).verdict(), v1::VERDICT_INSUFFICIENT) << reason;
  }
}

// A part of the cost makes every order rate pay.
TEST_F(StageServiceTest, JudgesNoCohortWithMonthsOfSpendMissing) {
  const auto reason = [&]() -> v1::CriterionReason {
    const absl::StatusOr<v1::StageEvaluation> evaluation = Evaluate();
    EXPECT_THAT(evaluation, IsOk());
    return evaluation.ok() ? evaluation->criteria(4).reason() : v1::CRITERION_REASON_UNSPECIFIED;
  };
  metrics_.gaps = {{{kFacebook, "2025-07"}, 31}};
  EXPECT_EQ(reason(), v1::CRITERION_REASON_SPEND_DAYS_MISSING);
  // It began late and ended early: these months and the half ones beside them had no spend.
  metrics_.gaps = {{{kFacebook, "2025-03"}, 27},
                   {{kFacebook, "2025-04"}, 20},
                   {{kFacebook, "2025-10"}, 12},
                   {{kFacebook, "2025-11"}, 30}};
  EXPECT_EQ(reason(), v1::CRITERION_REASON_RATE_ABOVE_BREAK_EVEN);
  // Eleven of the 214 days from April to October are one too many.
  metrics_.gaps = {{{kFacebook, "2025-05"}, 10}};
  EXPECT_EQ(reason(), v1::CRITERION_REASON_RATE_ABOVE_BREAK_EVEN);
  metrics_.gaps = {{{kFacebook, "2025-05"}, 11}};
  EXPECT_EQ(reason(), v1::CRITERION_REASON_SPEND_DAYS_MISSING);
  metrics_.facebook_kind = wire::CHANNEL_KIND_B2B_PLATFORM;
  EXPECT_EQ(reason(), v1::CRITERION_REASON_RATE_ABOVE_BREAK_EVEN);
}

// Nine of a month's days are too many, though another channel lacks ten of seven months.
TEST_F(StageServiceTest, HoldsTheGreatestShareOfMissingSpendDaysAgainstTheCohort) {
  for (const auto& [brief, lasting] : {std::pair(kFacebook, kSem), std::pair(kSem, kFacebook)}) {
    metrics_.gaps = {{{lasting, "2025-05"}, 10}, {{brief, "2025-04"}, 9}};
    for (const base::Period& month : base::Buckets(
             {absl::CivilDay(2025, 6, 1), absl::CivilDay(2025, 12, 1)}, base::Grain::kMonth)) {
      metrics_.gaps[{brief, base::PeriodLabel(month.begin, base::Grain::kMonth)}] = month.days();
    }
    ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
    EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_SPEND_DAYS_MISSING) << brief;
  }
}

// Else it would fail on conversions nobody has reported yet, and pass on refunds.
TEST_F(StageServiceTest, JudgesNoCohortWhoseOrdersAreNotWhole) {
  for (const int64_t cost : {100'000, 30'000'000}) {
    metrics_.loaded_cost_minor = cost;
    for (const char* reason : {"SOURCE_BEHIND", "OTHER_CURRENCY"}) {
      metrics_.orders_reason = reason;
      ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
      EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_ORDERS_UNKNOWN) << reason;
      EXPECT_EQ(evaluation.criteria(4).verdict(), v1::VERDICT_INSUFFICIENT) << reason;
      ASSERT_OK_AND_ASSIGN(const auto replay, Replay(evaluation.name()));
      EXPECT_TRUE(replay.identical());
    }
  }
}

TEST_F(StageServiceTest, JudgesNoCohortWhoseInquiriesLackGrades) {
  // A third of them is graded: the cost of an effective one seems three times what it is.
  metrics_.loaded_cost_minor = 30'000'000;
  metrics_.ungraded = 600;
  ASSERT_OK_AND_ASSIGN(v1::StageEvaluation evaluation, Evaluate());
  EXPECT_EQ(evaluation.criteria(4).verdict(), v1::VERDICT_FAIL);  // a few may lack theirs
  metrics_.cohort_reasons = {"UNGRADED"};
  ASSERT_OK_AND_ASSIGN(evaluation, Evaluate());
  EXPECT_EQ(evaluation.criteria(4).reason(), v1::CRITERION_REASON_INQUIRIES_UNGRADED);
  EXPECT_EQ(evaluation.criteria(4).verdict(), v1::VERDICT_INSUFFICIENT);
  ASSERT_THAT(evaluation.criteria(4).shortfalls(), SizeIs(1));
  EXPECT_EQ(evaluation.criteria(4).shortfalls(0).what(), "inquiry_grades");
  EXPECT_EQ(evaluation.criteria(4).shortfalls(0).count(), 600);
  ASSERT_OK_AND_ASSIGN(const auto replay, Replay(evaluation.name()));
  EXPECT_TRUE(replay.identical());
}

TEST_F(StageServiceTest, SaysThatKnowledgeCameAfterTheCut) {
  v1::EvaluateStageRequest request;
  request.set_cut_date("2026-01-05");
  request.mutable_as_of()->set_seconds(1'772'000'000);
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate(request));
  EXPECT_TRUE(evaluation.backfilled());
  EXPECT_EQ(evaluation.cut_date(), "2026-01-05");
  EXPECT_EQ(evaluation.as_of().seconds(), 1'772'000'000);
}

TEST_F(StageServiceTest, RefusesACutOrAKnowledgeStillToCome) {
  v1::EvaluateStageRequest request;
  request.set_cut_date("2026-03-10");
  EXPECT_THAT(Evaluate(request), HasReason("FIELD_INVALID"));
  request.set_cut_date("2026-02-30");
  EXPECT_THAT(Evaluate(request), HasReason("DATE_MALFORMED"));
  request.set_cut_date("2026-03-05");
  request.mutable_as_of()->set_seconds(1'900'000'000);
  EXPECT_THAT(Evaluate(request), HasReason("FIELD_INVALID"));
  request.mutable_as_of()->set_seconds(1'772'639'999);
  EXPECT_THAT(Evaluate(request), HasReason("FIELD_INVALID"));
}

TEST_F(StageServiceTest, GivesBackAndListsWhatWasStored) {
  std::vector<v1::StageEvaluation> made;
  for (const char* cut : {"2026-01-05", "2026-02-05", "2026-03-05"}) {
    v1::EvaluateStageRequest request;
    request.set_cut_date(cut);
    auto evaluation = Evaluate(request);
    ASSERT_THAT(evaluation, IsOk());
    made.push_back(*std::move(evaluation));
  }
  const auto ctx = Owner().Build();
  v1::GetStageEvaluationRequest get;
  get.set_name(made[1].name());
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation got, stages_.GetStageEvaluation(ctx, get));
  EXPECT_THAT(got, EqualsProto(made[1]));
  v1::ListStageEvaluationsRequest list;
  list.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(auto page, stages_.ListStageEvaluations(ctx, list));
  std::vector<std::string> names;
  for (const auto& one : page.stage_evaluations()) names.push_back(one.name());
  list.set_page_token(page.next_page_token());
  ASSERT_OK_AND_ASSIGN(page, stages_.ListStageEvaluations(ctx, list));
  for (const auto& one : page.stage_evaluations()) names.push_back(one.name());
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre(made[0].name(), made[1].name(), made[2].name()));
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(StageServiceTest, ReplaysToTheSameBytes) {
  metrics_.cohort_size = 4'321;
  metrics_.loaded_cost_minor = 7'654'321;
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  metrics_.scopes.clear();
  ASSERT_OK_AND_ASSIGN(const v1::ReplayStageEvaluationResponse replay, Replay(evaluation.name()));
  EXPECT_TRUE(replay.identical());
  EXPECT_EQ(replay.evidence_digest(), evaluation.evidence_digest());
  EXPECT_EQ(replay.replayed_digest(), evaluation.evidence_digest());
  EXPECT_EQ(replay.recomputed_digest(), evaluation.evidence_digest());
  EXPECT_EQ(metrics_.scopes.front().knowledge_seq(), kKnowledge);
}

TEST_F(StageServiceTest, SaysWhenTheMetricsNoLongerAgree) {
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  metrics_.weekly_inquiries += 1;
  ASSERT_OK_AND_ASSIGN(const v1::ReplayStageEvaluationResponse replay, Replay(evaluation.name()));
  EXPECT_FALSE(replay.identical());
  EXPECT_EQ(replay.replayed_digest(), replay.evidence_digest());
  EXPECT_NE(replay.recomputed_digest(), replay.evidence_digest());
}

TEST_F(StageServiceTest, KnowsNoChannelThatWasMadeLater) {
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  metrics_.has_new_channel = true;
  ASSERT_OK_AND_ASSIGN(const v1::ReplayStageEvaluationResponse replay, Replay(evaluation.name()));
  EXPECT_TRUE(replay.identical());
}

TEST_F(StageServiceTest, SaysWhenStoredEvidenceWasChanged) {
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation evaluation, Evaluate());
  database_->ExecuteAsRoot("UPDATE stage_evaluations SET inputs = CONCAT(inputs, 'x')");
  EXPECT_THAT(Replay(evaluation.name()), HasReason("INTERNAL"));
  database_->ExecuteAsRoot("UPDATE stage_evaluations SET evidence = 'x'");
  v1::GetStageEvaluationRequest get;
  get.set_name(evaluation.name());
  const auto ctx = Owner().Build();
  EXPECT_THAT(stages_.GetStageEvaluation(ctx, get), HasReason("INTERNAL"));
  database_->ExecuteAsRoot("DELETE FROM stage_evaluations");
  EXPECT_THAT(stages_.GetStageEvaluation(ctx, get), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(Replay(evaluation.name()), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(StageServiceTest, GivesTheStoredAnswerToARepeatedRequest) {
  const base::Uuid id = FreshRequestId();
  const auto first = Owner().RequestId(id).Payload("same").Build();
  ASSERT_OK_AND_ASSIGN(const auto made, stages_.EvaluateStage(first, v1::EvaluateStageRequest()));
  metrics_.weekly_inquiries = 1;
  const auto again = Owner().RequestId(id).Payload("same").Build();
  ASSERT_OK_AND_ASSIGN(const auto repeated,
                       stages_.EvaluateStage(again, v1::EvaluateStageRequest()));
  EXPECT_THAT(repeated, EqualsProto(made));
}

TEST_F(StageServiceTest, PassesOnWhatMetricsRefuses) {
  metrics_.down = base::MakeFault(absl::StatusCode::kUnavailable, "down",
                                  base::Fault{.reason = "DEPENDENCY_DOWN"});
  EXPECT_THAT(Evaluate(), HasReason("DEPENDENCY_DOWN"));
}

TEST_F(StageServiceTest, RefusesACohortItCannotKeep) {
  metrics_.cohort_size = static_cast<int64_t>(StageInputs::kCohortUnitsMax) + 1;
  EXPECT_THAT(Evaluate(), HasReason("EVIDENCE_TOO_LARGE"));
}

// Metrics measures the cohort anew for every page.
TEST_F(StageServiceTest, ReadsABoundedNumberOfPages) {
  metrics_.effective_size = 300;
  metrics_.cohort_size = 1'000'000;
  EXPECT_THAT(Evaluate(), HasReason("EVIDENCE_TOO_LARGE"));
  EXPECT_LE(metrics_.cohort_pages, 26);
}

TEST_F(StageServiceTest, IsForWhoSeesTheWholeCompany) {
  const auto ctx = As("li-wei").Build();
  EXPECT_THAT(stages_.EvaluateStage(ctx, v1::EvaluateStageRequest()),
              HasReason("PERMISSION_MISSING"));
  EXPECT_THAT(stages_.GetStageEvaluation(ctx, v1::GetStageEvaluationRequest()),
              HasReason("PERMISSION_MISSING"));
  EXPECT_THAT(stages_.ListStageEvaluations(ctx, v1::ListStageEvaluationsRequest()),
              HasReason("PERMISSION_MISSING"));
  EXPECT_THAT(stages_.ReplayStageEvaluation(ctx, v1::ReplayStageEvaluationRequest()),
              HasReason("PERMISSION_MISSING"));
}

TEST_F(StageServiceTest, TakesTheWiderBandOfTheMicroProfile) {
  metrics_.weekly_inquiries = 6;
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation standard, Evaluate());
  v1::EvaluateStageRequest request;
  request.set_profile(v1::STAGE_PROFILE_MICRO);
  ASSERT_OK_AND_ASSIGN(const v1::StageEvaluation micro, Evaluate(request));
  EXPECT_EQ(standard.profile(), v1::STAGE_PROFILE_STANDARD);
  EXPECT_EQ(micro.profile(), v1::STAGE_PROFILE_MICRO);
  EXPECT_NE(standard.evidence_digest(), micro.evidence_digest());
  EXPECT_EQ(standard.inputs_digest(), micro.inputs_digest());
}

}  // namespace
}  // namespace argosy::teams
