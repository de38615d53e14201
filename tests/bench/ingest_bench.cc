#include "tests/bench/ingest_bench.h"

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "argosyctl/demonstration/company_messages.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "demo/generator.h"
#include "storage/pool.h"
#include "storage/query.h"
#include "storage/transaction.h"
#include "storage/value.h"
#include "tests/bench/load.h"

namespace argosy::bench {
namespace {

using metrics::v1::BatchIngestFactsRequest;
using metrics::v1::BatchIngestFactsResponse;
using metrics::v1::FactService;
using storage::Bytes;
using storage::Text;
using storage::Value;

constexpr int kClients = 4;
constexpr int kPairs = 5;
constexpr double kBar = 0.50;
constexpr size_t kBatch = 500;
constexpr size_t kInsertRows = 1'000;
constexpr absl::Duration kMeasured = absl::Seconds(4);
// More than any client sends in one measurement, so that no fact is sent twice.
constexpr size_t kFactsPerClient = 20'000;

constexpr storage::Query kDropRaw{"bench.raw.drop", "DROP TABLE IF EXISTS bench_raw.facts"};
constexpr storage::Query kCreateSchema{"bench.raw.schema",
                                       "CREATE DATABASE IF NOT EXISTS bench_raw"};
constexpr storage::Query kCreateRaw{"bench.raw.create", R"sql(
  CREATE TABLE bench_raw.facts (
    tenant_id BINARY(16) NOT NULL,
    source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    source_event_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    revision BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    occurred_at BIGINT NOT NULL,
    payload VARBINARY(1024) NOT NULL,
    PRIMARY KEY (tenant_id, source, source_event_id, revision)
  ) ENGINE=InnoDB)sql"};
constexpr storage::Query kInsertRaw{"bench.raw.insert", R"sql(
  INSERT INTO bench_raw.facts
    (tenant_id, source, source_event_id, revision, kind, occurred_at, payload))sql"};

std::string InsertOf(size_t rows) {
  const std::vector<std::string> values(rows, "(?, ?, ?, ?, ?, ?, ?)");
  return absl::StrCat(kInsertRaw.sql, " VALUES ", absl::StrJoin(values, ", "));
}

// One client's facts, ready to send, a batch after the other.
class Supply {
 public:
  Supply(const demo::Company& company, const Target& target, int client) {
    size_t left = kFactsPerClient;
    for (size_t i = 0; left > 0; i = (i + 1) % company.facts.size(), --left) {
      metrics::v1::Fact fact = ctl::ToMessage(company, company.facts[i], target.tenant);
      template_.push_back(std::move(fact));
    }
    client_ = client;
  }

  // The next `count` facts, each with an identity never used before.
  std::vector<metrics::v1::Fact> Next(size_t count) {
    std::vector<metrics::v1::Fact> facts;
    for (size_t i = 0; i < count; ++i) {
      metrics::v1::Fact fact = template_[next_ % template_.size()];
      fact.set_source_event_id(absl::StrCat(fact.source_event_id(), ".", client_, ".", next_++));
      facts.push_back(std::move(fact));
    }
    return facts;
  }

 private:
  std::vector<metrics::v1::Fact> template_;
  size_t next_ = 0;
  int client_ = 0;
};

std::vector<Supply> MakeSupplies(const Target& target, const demo::Company& company) {
  std::vector<Supply> supplies;
  for (int client = 0; client < kClients; ++client) supplies.emplace_back(company, target, client);
  return supplies;
}

class ApiClients {
 public:
  ApiClients(const Target& target, std::string access_token, std::vector<Supply> supplies)
      : target_(target), access_token_(std::move(access_token)), supplies_(std::move(supplies)) {
    for (int i = 0; i < kClients; ++i) {
      stubs_.push_back(FactService::NewStub(NewConnection(target.address)));
    }
  }

  absl::StatusOr<int64_t> Send(int client) {
    BatchIngestFactsRequest request;
    request.set_parent(target_.tenant);
    for (auto& fact : supplies_[static_cast<size_t>(client)].Next(kBatch)) {
      *request.add_facts() = std::move(fact);
    }
    grpc::ClientContext context;
    Prepare(context, access_token_);
    BatchIngestFactsResponse response;
    const auto& stub = stubs_[static_cast<size_t>(client)];
    RETURN_IF_ERROR(ToStatus(stub->BatchIngestFacts(&context, request, &response)));
    if (response.accepted_count() != static_cast<int>(kBatch)) {
      for (const auto& verdict : response.verdicts()) {
        if (verdict.verdict() == metrics::v1::VERDICT_ACCEPTED) continue;
        return absl::InternalError(absl::StrCat("a fact was not accepted: ", verdict.reason(), " ",
                                                verdict.field(), " ", verdict.description()));
      }
    }
    return response.accepted_count();
  }

 private:
  const Target& target_;
  std::string access_token_;
  std::vector<Supply> supplies_;
  std::vector<std::unique_ptr<FactService::Stub>> stubs_;
};

class RawClients {
 public:
  RawClients(storage::Pool& pool, const base::Clock& clock, std::vector<Supply> supplies)
      : pool_(pool), clock_(clock), supplies_(std::move(supplies)) {}

  absl::Status Prepare() {
    ASSIGN_OR_RETURN(auto txn, Begin());
    for (const storage::Query& query : {kCreateSchema, kDropRaw, kCreateRaw}) {
      RETURN_IF_ERROR(txn.Execute({query.name, query.sql}, {}).status());
    }
    return txn.Commit();
  }

  absl::StatusOr<int64_t> Insert(int client) {
    std::vector<Value> binds;
    for (const auto& fact : supplies_[static_cast<size_t>(client)].Next(kInsertRows)) {
      binds.insert(binds.end(),
                   {Bytes(std::string(16, 't')), Text(fact.source()), Text(fact.source_event_id()),
                    fact.revision(), int64_t{fact.payload_case()}, fact.occurred_at().seconds(),
                    Bytes(fact.SerializeAsString())});
    }
    ASSIGN_OR_RETURN(auto txn, Begin());
    ASSIGN_OR_RETURN(const int64_t rows, txn.Execute({kInsertRaw.name, insert_}, binds));
    RETURN_IF_ERROR(txn.Commit());
    return rows;
  }

 private:
  absl::StatusOr<storage::Transaction> Begin() {
    return storage::Transaction::Begin(pool_, storage::TransactionKind::kReadWrite,
                                       clock_.Now() + absl::Seconds(20));
  }

  storage::Pool& pool_;
  const base::Clock& clock_;
  std::vector<Supply> supplies_;
  // One statement of kInsertRows rows: the product's own inserts are cut smaller.
  const std::string insert_ = InsertOf(kInsertRows);
};

}  // namespace

absl::StatusOr<Result> RunIngestBench(const Target& target, const std::string& results) {
  ASSIGN_OR_RETURN(const std::string access_token, FetchAccessToken(target));
  const demo::Company company = demo::MakeCompanyOfSize(
      demo::CompanyKind::kValidate, demo::GenerateOptions::kSeed, kFactsPerClient);
  ApiClients ours(target, access_token, MakeSupplies(target, company));

  const base::SystemClock clock;
  storage::Pool pool(
      {.database = {.socket_path = target.database_socket, .user = target.database_user},
       .connections_max = kClients},
      clock);
  RawClients reference(pool, clock, MakeSupplies(target, company));
  RETURN_IF_ERROR(reference.Prepare());

  const Load load{.clients = kClients, .duration = kMeasured};
  const Comparison comparison{
      .name = "ingest",
      .ours = "facts/s, batches of 500, 4 clients",
      .reference = "rows/s, inserts of 1,000, 4 connections",
      .bar = kBar,
      .leaves_out =
          "dirty marks of roll-ups, TLS, a network; one tenant; the client shares the cores",
      .measure_ours = [&] { return RunLoad(load, [&](int c) { return ours.Send(c); }); },
      .measure_reference =
          [&] { return RunLoad(load, [&](int c) { return reference.Insert(c); }); }};
  ASSIGN_OR_RETURN(const Result result, Compare(comparison, kPairs));
  std::printf("%s\n", Describe(comparison, result).c_str());
  RETURN_IF_ERROR(WriteResult(results, comparison, result));
  return result;
}

}  // namespace argosy::bench
