#include "services/incentives/domain/credit_bytes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kChunkLayout = 1;
constexpr uint8_t kCreditLayout = 1;

void WriteKey(const FactKey& key, base::ByteWriter& out) {
  out.Text(key.source).Text(key.source_event_id);
}

absl::StatusOr<FactKey> ReadKey(base::ByteReader& in) {
  FactKey key;
  ASSIGN_OR_RETURN(key.source, in.Text());
  ASSIGN_OR_RETURN(key.source_event_id, in.Text());
  return key;
}

std::string ToBytes(const Credit& credit) {
  base::ByteWriter out(kCreditLayout);
  WriteKey(credit.order, out);
  out.Int(credit.payment ? 1 : 0);
  if (credit.payment) WriteKey(*credit.payment, out);
  out.Int(static_cast<int64_t>(credit.refunds.size()));
  for (const FactKey& refund : credit.refunds) WriteKey(refund, out);
  out.Int(base::ToMicros(credit.event_time)).Int(credit.standing_minor);
  out.Int(credit.share.numerator).Int(credit.share.denominator);
  out.Int(credit.credited_minor).Int(credit.before_minor).Int(credit.earned_minor);
  return out.bytes();
}

absl::StatusOr<Credit> ParseCredit(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kCreditLayout));
  Credit credit;
  ASSIGN_OR_RETURN(credit.order, ReadKey(in));
  ASSIGN_OR_RETURN(const int64_t has_payment, in.Int());
  if (has_payment != 0) {
    ASSIGN_OR_RETURN(credit.payment, ReadKey(in));
  }
  ASSIGN_OR_RETURN(const int64_t refunds, in.Int());
  for (int64_t i = 0; i < refunds; ++i) {
    ASSIGN_OR_RETURN(FactKey refund, ReadKey(in));
    credit.refunds.push_back(std::move(refund));
  }
  ASSIGN_OR_RETURN(const int64_t micros, in.Int());
  credit.event_time = base::FromMicros(micros);
  ASSIGN_OR_RETURN(credit.standing_minor, in.Int());
  ASSIGN_OR_RETURN(credit.share.numerator, in.Int());
  ASSIGN_OR_RETURN(credit.share.denominator, in.Int());
  ASSIGN_OR_RETURN(credit.credited_minor, in.Int());
  ASSIGN_OR_RETURN(credit.before_minor, in.Int());
  ASSIGN_OR_RETURN(credit.earned_minor, in.Int());
  if (!in.at_end()) return absl::DataLossError("a credit is longer than it says");
  return credit;
}

}  // namespace

absl::StatusOr<std::vector<Credit>> ParseCreditChunk(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kChunkLayout));
  std::vector<Credit> credits;
  while (!in.at_end()) {
    ASSIGN_OR_RETURN(const std::string one, in.Text());
    ASSIGN_OR_RETURN(Credit credit, ParseCredit(one));
    credits.push_back(std::move(credit));
  }
  return credits;
}

void CreditPacker::Add(const Credit& credit) {
  // Each credit is one length-prefixed field of the chunk: the chunk's own version byte comes
  // first.
  base::ByteWriter field(kChunkLayout);
  field.Text(ToBytes(credit));
  const std::string& bytes = field.bytes();
  if (open_count_ > 0 && open_.size() + bytes.size() > CreditChunk::kBytesMax) Close();
  if (open_count_ == 0) open_.assign(1, bytes[0]);
  open_.append(bytes, 1, std::string::npos);
  ++open_count_;
  ++credit_count_;
  if (static_cast<size_t>(open_count_) == CreditChunk::kCreditsMax) Close();
}

void CreditPacker::Close() {
  if (open_count_ == 0) return;
  chunks_.push_back({.credit_count = open_count_, .bytes = std::move(open_)});
  open_.clear();
  open_count_ = 0;
}

std::vector<CreditChunk> CreditPacker::Finish() {
  Close();
  credit_count_ = 0;
  return std::exchange(chunks_, {});
}

std::string ComputeCreditsDigest(const std::vector<CreditChunk>& chunks) {
  std::string digest = base::Sha256("");
  for (const CreditChunk& chunk : chunks) {
    digest = base::Sha256(absl::StrCat(digest, chunk.bytes));
  }
  return digest;
}

}  // namespace argosy::incentives
