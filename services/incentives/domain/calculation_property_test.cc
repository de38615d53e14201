// Properties of the calculation over seeded random companies, and an oracle written apart: it knows
// rationals and the words of the rules, and shares no code with the calculation but the fact types.
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/posting.h"
#include "services/incentives/domain/statement.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::IsOk;
using Rational = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

constexpr uint64_t kSeed = 20'260'309;
// The slow tier runs ten thousand; the unit tier is built with fewer.
#ifndef ARGOSY_PROPERTY_CASES
#define ARGOSY_PROPERTY_CASES 10'000
#endif
constexpr int kCases = ARGOSY_PROPERTY_CASES;
const char* const kMembers[] = {"ann", "bob", "cat"};
const char* const kMonths[] = {"2026-01", "2026-02", "2026-03"};

// --- The oracle
// -----------------------------------------------------------------------------------

int64_t RoundHalfAway(const Rational& value) {
  const Rational magnitude = value < 0 ? Rational(-value) : value;
  const Integer rounded = Integer(2 * numerator(magnitude) + denominator(magnitude)) /
                          Integer(2 * denominator(magnitude));
  const auto result = static_cast<int64_t>(rounded);
  return value < 0 ? -result : result;
}

// The rows [from, to) as people say them, walked one by one.
Rational OracleEarning(const TierTable& table, const Rational& total) {
  const auto rate = [&](size_t i) { return Rational(table.tiers[i].rate.value(), 1'000'000); };
  if (total < 0) return total * rate(0);
  if (table.mode == TierMode::kWhole) {
    size_t row = 0;
    for (size_t i = 1; i < table.tiers.size(); ++i) {
      const Rational bound = table.tiers[i].from_minor;
      if (total > bound || (total == bound && table.boundary == Boundary::kUpperTier)) row = i;
    }
    return total * rate(row);
  }
  Rational earned = 0;
  for (size_t i = 0; i < table.tiers.size(); ++i) {
    const Rational from = table.tiers[i].from_minor;
    if (total <= from) break;
    Rational upto = total;
    if (i + 1 < table.tiers.size() && Rational(table.tiers[i + 1].from_minor) < total) {
      upto = table.tiers[i + 1].from_minor;
    }
    earned += (upto - from) * rate(i);
  }
  return earned;
}

// Largest remainder by taking one unit at a time from who has been short-changed most.
std::vector<int64_t> OracleSplit(int64_t amount, const std::vector<CreditShare>& shares) {
  const int64_t sign = amount < 0 ? -1 : 1;
  std::vector<Rational> exact;
  std::vector<int64_t> parts;
  int64_t left = amount * sign;
  for (const CreditShare& share : shares) {
    exact.push_back(Rational(amount * sign) *
                    Rational(share.share.numerator, share.share.denominator));
    parts.push_back(
        static_cast<int64_t>(Integer(numerator(exact.back()) / denominator(exact.back()))));
    left -= parts.back();
  }
  for (; left > 0; --left) {
    size_t shortest = 0;
    for (size_t i = 1; i < parts.size(); ++i) {
      if (exact[i] - parts[i] > exact[shortest] - parts[shortest]) shortest = i;
    }
    ++parts[shortest];
  }
  for (int64_t& part : parts) part *= sign;
  return parts;
}

struct OracleAmount {
  absl::Time at;
  std::string id;
  std::string owner;
  int64_t standing;
  int64_t kept;  // of a payment: what neither a reversal nor a refund has undone
};

// One minor unit at a time, from the payment that goes back first: of those made by then the
// latest, and when they are used up the latest of the others. A reversal has its own negative
// amount.
void OracleGoBack(const MovementFact& back, std::vector<OracleAmount>& paid) {
  std::vector<OracleAmount*> choice;
  for (OracleAmount& payment : paid) choice.push_back(&payment);
  std::sort(choice.begin(), choice.end(), [&](const OracleAmount* a, const OracleAmount* b) {
    const bool a_later = a->at > back.occurred_at;
    const bool b_later = b->at > back.occurred_at;
    return std::tie(a_later, b->at, b->id) < std::tie(b_later, a->at, a->id);
  });
  const bool is_refund = back.amount.minor > 0;
  int64_t left = is_refund ? back.amount.minor : -back.amount.minor;
  for (OracleAmount* payment : choice) {
    for (; left > 0 && payment->kept > 0; --left) {
      --payment->kept;
      if (is_refund) --payment->standing;
    }
  }
}

std::vector<OracleAmount> OracleAmounts(const SalesFacts& facts, CommissionBase base,
                                        absl::Time cut) {
  std::vector<OracleAmount> amounts;
  for (const OrderFact& order : facts.orders) {
    if (order.occurred_at >= cut) continue;
    int64_t refunded = 0;
    for (const MovementFact& refund : facts.refunds) {
      if (refund.order == order.key && refund.occurred_at < cut) refunded += refund.amount.minor;
    }
    if (base == CommissionBase::kContractCif) {
      amounts.push_back({order.occurred_at, order.key.source_event_id, order.member->text(),
                         std::max<int64_t>(order.value.minor - refunded, 0), 0});
      continue;
    }
    std::vector<OracleAmount> paid;
    std::vector<MovementFact> backs;
    for (const MovementFact& payment : facts.payments) {
      if (payment.order != order.key || payment.occurred_at >= cut) continue;
      const int64_t minor = payment.amount.minor;
      paid.push_back({payment.occurred_at, payment.key.source_event_id, order.member->text(), minor,
                      std::max<int64_t>(minor, 0)});
      if (minor < 0) backs.push_back(payment);
    }
    for (const MovementFact& refund : facts.refunds) {
      if (refund.order == order.key && refund.occurred_at < cut) backs.push_back(refund);
    }
    // Every reversal before every refund.
    std::sort(backs.begin(), backs.end(), [](const MovementFact& a, const MovementFact& b) {
      const bool a_is_refund = a.amount.minor > 0;
      const bool b_is_refund = b.amount.minor > 0;
      return std::tie(a_is_refund, a.occurred_at, a.key.source_event_id) <
             std::tie(b_is_refund, b.occurred_at, b.key.source_event_id);
    });
    for (const MovementFact& back : backs) OracleGoBack(back, paid);
    amounts.insert(amounts.end(), paid.begin(), paid.end());
  }
  return amounts;
}

// How many refunds of the month found their order gone, in whole or in part.
int64_t OracleBeyondOrder(const SalesFacts& facts, const base::Period& month, absl::Time cut,
                          const absl::TimeZone& zone) {
  int64_t beyond = 0;
  for (const MovementFact& refund : facts.refunds) {
    const absl::CivilDay day(absl::ToCivilDay(refund.occurred_at, zone));
    if (day < month.begin || day >= month.end) continue;
    for (const OrderFact& order : facts.orders) {
      if (order.key != refund.order || order.occurred_at >= cut) continue;
      int64_t gone = 0;  // with this refund and all before it
      for (const MovementFact& other : facts.refunds) {
        if (other.order == order.key &&
            std::tie(other.occurred_at, other.key.source_event_id) <=
                std::tie(refund.occurred_at, refund.key.source_event_id))
          gone += other.amount.minor;
      }
      if (gone > order.value.minor) ++beyond;
    }
  }
  return beyond;
}

// What `member` earns by `component` in the month, from the start of the window, all at once.
std::map<std::string, int64_t> OracleMonth(const SalesFacts& facts, const Component& component,
                                           const base::Period& month, absl::Time cut,
                                           const absl::TimeZone& zone) {
  const Commission& commission = component.commission;
  const absl::CivilDay window = commission.accumulation == Accumulation::kYear
                                    ? absl::CivilDay(month.begin.year(), 1, 1)
                                    : month.begin;
  std::map<std::string, std::pair<int64_t, int64_t>> before_and_after;
  for (const OracleAmount& amount : OracleAmounts(facts, commission.base, cut)) {
    const absl::CivilDay day(absl::ToCivilDay(amount.at, zone));
    if (day < window || day >= month.end) continue;
    std::map<std::string, int64_t> parts;
    if (commission.credit_rule.kind == CreditKind::kDirect) {
      parts[amount.owner] = amount.standing;
    } else if (commission.credit_rule.kind == CreditKind::kSplit) {
      const auto& shares = commission.credit_rule.shares;
      const std::vector<int64_t> split = OracleSplit(amount.standing, shares);
      for (size_t i = 0; i < shares.size(); ++i) {
        const auto* named = std::get_if<base::MemberId>(&shares[i].recipient);
        parts[named != nullptr ? named->text() : amount.owner] += split[i];
      }
    } else {
      for (const CreditShare& share : commission.credit_rule.shares) {
        parts[std::get<base::MemberId>(share.recipient).text()] += RoundHalfAway(
            Rational(amount.standing) * Rational(share.share.numerator, share.share.denominator));
      }
    }
    for (const auto& [member, minor] : parts) {
      auto& [before, after] = before_and_after[member];
      after += minor;
      if (day < month.begin) before += minor;
    }
  }
  std::map<std::string, int64_t> earned;
  for (const auto& [member, totals] : before_and_after) {
    earned[member] = RoundHalfAway(OracleEarning(commission.table, totals.second)) -
                     RoundHalfAway(OracleEarning(commission.table, totals.first));
  }
  return earned;
}

// --- Random companies
// -----------------------------------------------------------------------------

int64_t Between(base::Generator& random, int64_t low, int64_t high) {
  return low + static_cast<int64_t>(random.Below(static_cast<uint64_t>(high - low + 1)));
}

TierTable RandomTable(base::Generator& random) {
  TierTable table{.mode = random.Below(2) == 0 ? TierMode::kMarginal : TierMode::kWhole,
                  .boundary = random.Below(2) == 0 ? Boundary::kUpperTier : Boundary::kLowerTier};
  int64_t bound = 0;
  int64_t rate = 0;
  const int64_t tiers = Between(random, 1, 4);
  for (int64_t i = 0; i < tiers; ++i) {
    rate += Between(random, 0, 40'000);
    table.tiers.push_back({.from_minor = bound, .rate = base::Ppm(rate)});
    // Small bounds and round amounts, so that totals land exactly on bounds often.
    bound += 100 * Between(random, 1, 30);
  }
  return table;
}

CreditRule RandomRule(base::Generator& random) {
  switch (random.Below(3)) {
    case 0:
      return {};
    case 1: {
      const int64_t d = Between(random, 2, 9);
      const int64_t n = Between(random, 1, d - 1);
      return {CreditKind::kSplit, {{OrderMember{}, {n, d}}, {MemberForTest("cat"), {d - n, d}}}};
    }
    default:
      return {CreditKind::kOverlay,
              {{MemberForTest("bob"), {Between(random, 1, 7), 7}},
               {MemberForTest("cat"), {1, Between(random, 1, 7)}}}};
  }
}

Component RandomComponent(base::Generator& random, absl::string_view id) {
  Component component = ComponentForTest(id, RandomTable(random));
  component.commission.credit_rule = RandomRule(random);
  component.commission.accumulation =
      random.Below(2) == 0 ? Accumulation::kMonth : Accumulation::kYear;
  component.commission.base =
      random.Below(2) == 0 ? CommissionBase::kContractCif : CommissionBase::kCollected;
  return component;
}

std::string RandomDay(base::Generator& random) {
  return absl::StrCat(kMonths[random.Below(3)], "-1", random.Below(10));
}

// Some orders, each with payments and refunds of round amounts.
void AddFacts(base::Generator& random, absl::string_view batch, CompanyForTest& company) {
  const int64_t orders = Between(random, 0, 4);
  for (int64_t i = 0; i < orders; ++i) {
    const std::string order = absl::StrCat(batch, "o", i);
    company.Order(order, kMembers[random.Below(3)], 50 * Between(random, 0, 60), RandomDay(random));
    for (uint64_t p = random.Below(3); p > 0; --p) {
      company.Payment(absl::StrCat(order, "p", p), order, 50 * Between(random, 1, 40),
                      RandomDay(random));
    }
    for (uint64_t r = random.Below(3); r > 0; --r) {
      company.Refund(absl::StrCat(order, "r", r), order, Between(random, 1, 2'000),
                     RandomDay(random));
    }
    const std::vector<MovementFact>& payments = company.facts().payments;
    if (random.Below(4) == 0 && !payments.empty() &&
        payments.back().order.source_event_id == order) {
      company.Payment(absl::StrCat(order, "v"), order, -payments.back().amount.minor,
                      RandomDay(random));
    }
  }
}

CompanyForTest RandomCompany(base::Generator& random) {
  CompanyForTest company;
  for (const char* member : kMembers) company.Member(member);
  company.Pays({RandomComponent(random, "first"), RandomComponent(random, "second")});
  return company;
}

template <typename T>
void Shuffle(base::Generator& random, std::vector<T>& items) {
  for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.Below(i)]);
}

// --- Properties
// -----------------------------------------------------------------------------------

TEST(CalculationProperty, AgreesWithTheOracleWhateverArrivesWhen) {
  base::Generator random(kSeed);
  for (int i = 0; i < kCases; ++i) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " case ", i));
    CompanyForTest company = RandomCompany(random);
    for (const char* month : kMonths) {
      AddFacts(random, month, company);
      const auto run = company.Lock(month);
      ASSERT_THAT(run, IsOk());
      const CalculationInputs known = company.Inputs(month);
      ASSERT_EQ(ExcludedForTest(*run, month)[Exclusion::kRefundBeyondOrder],
                OracleBeyondOrder(known.facts, base::PeriodOf(known.month, base::Grain::kMonth),
                                  known.cut, known.zone));
    }
    // Delta telescoping: what was posted for each month, in whichever run, is the latest total.
    const CalculationInputs inputs = company.Inputs("2026-03");
    std::map<LineKey, PostedLine> posted = company.posted();
    for (const MonthPlan& plan : inputs.plans) {
      const base::Period month = base::PeriodOf(plan.month, base::Grain::kMonth);
      for (const Component& component : plan.spec.components) {
        for (const auto& [member, earned] :
             OracleMonth(inputs.facts, component, month, inputs.cut, inputs.zone)) {
          const LineKey key{MemberForTest(member), plan.plan, plan.month, component.id};
          ASSERT_EQ(posted[key].minor, earned) << member << " " << component.id.text();
          posted.erase(key);
        }
      }
    }
    for (const auto& [key, line] : posted) ASSERT_EQ(line.minor, 0);
  }
}

// A change of anything a month that is locked was calculated from.
void ChangeSomething(base::Generator& random, CompanyForTest& company) {
  SalesFacts& facts = company.facts();
  switch (random.Below(5)) {
    case 0: {
      std::vector<Component> components;
      for (const char* id : {"first", "second", "third"}) {
        if (random.Below(2) == 0) components.push_back(RandomComponent(random, id));
      }
      company.Pays(std::move(components));
      return;
    }
    case 1:
      if (!facts.orders.empty()) facts.orders.erase(facts.orders.begin());
      return;
    case 2:
      if (!facts.orders.empty()) facts.orders.back().confirmed = false;
      return;
    case 3:
      if (!facts.orders.empty()) facts.orders.back().value.currency = CurrencyForTest("USD");
      return;
    default:
      if (!facts.payments.empty()) facts.payments.pop_back();
  }
}

TEST(CalculationProperty, PostedIsTheLatestTotalWhateverHasChanged) {
  base::Generator random(kSeed + 7);
  for (int i = 0; i < kCases; ++i) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed + 7, " case ", i));
    CompanyForTest company = RandomCompany(random);
    for (const char* month : kMonths) {
      AddFacts(random, month, company);
      ASSERT_THAT(company.Lock(month), IsOk());
      ChangeSomething(random, company);
      // A correction of a month that may not be the latest.
      if (random.Below(3) == 0) {
        ASSERT_THAT(company.Lock(kMonths[0]), IsOk());
      }
    }
    ASSERT_THAT(company.Lock("2026-04"), IsOk());
    CalculationInputs unposted = company.Inputs("2026-04");
    unposted.posted.clear();
    const auto latest = CalculateRun(unposted);
    ASSERT_THAT(latest, IsOk());
    std::map<LineKey, PostedLine> posted = company.posted();
    for (const RunLine& line : latest->lines) {
      ASSERT_EQ(posted[line.key].minor, line.earned_minor);
      posted.erase(line.key);
    }
    for (const auto& [key, line] : posted) ASSERT_EQ(line.minor, 0);
  }
}

// Statement bytes of a run, all of them.
std::string AllBytes(const RunResult& result) {
  const LockId lock{.month = absl::CivilDay(2026, 3, 1)};
  const auto settlements = SettleLines(result.lines, lock, {});
  if (!settlements.ok()) return settlements.status().ToString();
  std::string bytes;
  for (const PayeeSettlement& settlement : *settlements) {
    absl::StrAppend(&bytes,
                    ToStatementBytes(settlement, lock,
                                     absl::MakeConstSpan(result.lines)
                                         .subspan(settlement.first_line, settlement.line_count)));
  }
  for (const RunLine& line : result.lines) {
    for (const CreditChunk& chunk : line.chunks) absl::StrAppend(&bytes, chunk.bytes);
  }
  return bytes;
}

TEST(CalculationProperty, SameBytesInAnyOrderOfArrival) {
  base::Generator random(kSeed + 1);
  for (int i = 0; i < kCases; ++i) {
    CompanyForTest company = RandomCompany(random);
    for (const char* month : kMonths) AddFacts(random, month, company);
    const CalculationInputs inputs = company.Inputs("2026-03");
    CalculationInputs shuffled = inputs;
    Shuffle(random, shuffled.facts.orders);
    Shuffle(random, shuffled.facts.payments);
    Shuffle(random, shuffled.facts.refunds);
    Shuffle(random, shuffled.plans);
    Shuffle(random, shuffled.people.assignments);
    const auto a = CalculateRun(inputs);
    const auto b = CalculateRun(shuffled);
    ASSERT_THAT(a, IsOk());
    ASSERT_THAT(b, IsOk());
    ASSERT_EQ(a->digest, b->digest) << "seed " << kSeed + 1 << " case " << i;
    ASSERT_EQ(AllBytes(*a), AllBytes(*b));
  }
}

TEST(CalculationProperty, FullRefundOfEverythingNetsEveryoneToZero) {
  base::Generator random(kSeed + 2);
  for (int i = 0; i < kCases; ++i) {
    CompanyForTest company = RandomCompany(random);
    AddFacts(random, "a", company);
    company.facts().refunds.clear();
    std::erase_if(company.facts().payments,
                  [](const MovementFact& payment) { return payment.amount.minor < 0; });
    ASSERT_THAT(company.Lock("2026-01"), IsOk());
    ASSERT_THAT(company.Lock("2026-02"), IsOk());
    ASSERT_THAT(company.Lock("2026-03"), IsOk());
    for (const OrderFact& order : std::vector<OrderFact>(company.facts().orders)) {
      int64_t paid = 0;
      for (const MovementFact& payment : company.facts().payments) {
        if (payment.order == order.key) paid += payment.amount.minor;
      }
      const std::string id = order.key.source_event_id;
      // What was ordered and what was paid differ; the contract's base counts the first, the
      // collected one the second, so each gets its own company.
      const bool contract = company.Inputs("2026-03").plans[0].spec.components[0].commission.base ==
                            CommissionBase::kContractCif;
      const int64_t all = contract ? order.value.minor : paid;
      company.Refund(absl::StrCat(id, "all"), id, all, "2026-04-10");
      // Another system may tell of it as well.
      if (random.Below(2) == 0) company.Refund(absl::StrCat(id, "x"), id, all, "2026-04-11");
    }
    ASSERT_THAT(company.Lock("2026-04"), IsOk());
    for (const char* member : kMembers) {
      int64_t sum = 0;
      for (const auto& [key, line] : company.posted()) {
        if (key.member.text() == member && key.component.text() == "first") sum += line.minor;
      }
      ASSERT_EQ(sum, 0) << member << " seed " << kSeed + 2 << " case " << i;
    }
  }
}

TEST(CalculationProperty, SplitsHandOutEveryMinorUnitEitherWay) {
  base::Generator random(kSeed + 3);
  const OrderFact order{.member = MemberForTest("ann")};
  const Roster roster({MemberForTest("ann"), MemberForTest("bob"), MemberForTest("cat")}, {});
  for (int i = 0; i < kCases; ++i) {
    const int64_t d = Between(random, 3, 997);
    const int64_t a = Between(random, 1, d - 2);
    const int64_t b = Between(random, 1, d - a - 1);
    const CreditRule rule{CreditKind::kSplit,
                          {{OrderMember{}, {a, d}},
                           {MemberForTest("bob"), {b, d}},
                           {MemberForTest("cat"), {d - a - b, d}}}};
    const int64_t minor = Between(random, 0, base::Money::kMinorMax);
    const auto forth = ComputeParts(rule, {.order = &order, .standing_minor = minor}, roster);
    const auto back = ComputeParts(rule, {.order = &order, .standing_minor = -minor}, roster);
    ASSERT_THAT(forth, IsOk());
    ASSERT_THAT(back, IsOk());
    int64_t sum = 0;
    for (size_t part = 0; part < 3; ++part) {
      sum += (*forth)[part].credited_minor;
      ASSERT_EQ((*forth)[part].credited_minor, -(*back)[part].credited_minor);
    }
    ASSERT_EQ(sum, minor) << "seed " << kSeed + 3 << " case " << i;
  }
}

TEST(TierProperty, SlicesExplainEveryStepExactly) {
  base::Generator random(kSeed + 4);
  for (int i = 0; i < kCases; ++i) {
    const TierTable table = RandomTable(random);
    const int64_t before = 50 * Between(random, -40, 200);
    const int64_t after = 50 * Between(random, -40, 200);
    absl::int128 sum = 0;
    int64_t bases = 0;
    for (const Slice& slice : ComputeSlices(table, before, after)) {
      sum += absl::int128(slice.base_minor) * slice.rate_ppm;
      if (slice.kind == Slice::Kind::kBase) bases += slice.base_minor;
    }
    ASSERT_EQ(sum, ComputeExactEarning(table, after) - ComputeExactEarning(table, before))
        << "seed " << kSeed + 4 << " case " << i;
    ASSERT_EQ(bases, after - before);
    ASSERT_EQ(Rational(Integer(static_cast<int64_t>(ComputeExactEarning(table, after))), 1'000'000),
              OracleEarning(table, after));
  }
}

TEST(TierProperty, MarginalIsContinuousAndMonotone) {
  base::Generator random(kSeed + 5);
  for (int i = 0; i < kCases; ++i) {
    TierTable table = RandomTable(random);
    table.mode = TierMode::kMarginal;
    const int64_t highest = table.tiers.back().rate.value();
    for (const Tier& tier : table.tiers) {
      for (int64_t total = tier.from_minor - 2; total <= tier.from_minor + 2; ++total) {
        const absl::int128 step =
            ComputeExactEarning(table, total + 1) - ComputeExactEarning(table, total);
        ASSERT_GE(step, 0);
        ASSERT_LE(step, highest) << "seed " << kSeed + 5 << " case " << i;
      }
    }
    const int64_t low = Between(random, -5'000, 20'000);
    const int64_t high = low + Between(random, 0, 20'000);
    ASSERT_LE(*ComputeEarning(table, low), *ComputeEarning(table, high));
  }
}

TEST(TierProperty, RoundingIsSymmetric) {
  base::Generator random(kSeed + 6);
  for (int i = 0; i < kCases; ++i) {
    TierTable table = RandomTable(random);
    table.tiers.resize(1);
    const int64_t total = Between(random, 0, base::Money::kMinorMax);
    ASSERT_EQ(*ComputeEarning(table, -total), -*ComputeEarning(table, total));
  }
}

}  // namespace
}  // namespace argosy::incentives
