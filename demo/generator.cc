#include "demo/generator.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/random.h"
#include "demo/advertising.h"
#include "demo/distributions.h"
#include "demo/season.h"
#include "demo/selling.h"
#include "demo/staff.h"

namespace argosy::demo {
namespace {

constexpr double kLateShare = 0.05;
constexpr double kDuplicateShare = 0.02;
constexpr int kLateDaysMin = 1;
constexpr int kLateDaysMax = 14;

// Late first sendings and repeated ones; then the order in which all of them arrive.
void Deliver(base::Generator& generator, std::vector<Fact>& facts) {
  const absl::Time close = absl::FromCivil(CloseDay(), CompanyZone());
  const size_t count = facts.size();
  for (size_t i = 0; i < count; ++i) {
    Fact& fact = facts[i];
    if (fact.revision == 1 && DrawChance(generator, kLateShare)) {
      fact.arrival += absl::Hours(24) * DrawBetween(generator, kLateDaysMin, kLateDaysMax);
    }
    if (DrawChance(generator, kDuplicateShare)) {
      Fact again = fact;
      again.arrival += absl::Minutes(DrawBetween(generator, 1, 2'880));
      facts.push_back(std::move(again));
    }
  }
  std::erase_if(facts, [&](const Fact& fact) { return fact.arrival >= close; });
  std::stable_sort(facts.begin(), facts.end(),
                   [](const Fact& a, const Fact& b) { return a.arrival < b.arrival; });
}

}  // namespace

Company MakeCompany(CompanyKind kind, const GenerateOptions& options) {
  const CompanyProfile profile = ProfileOf(kind);
  base::Generator generator(options.seed + static_cast<uint64_t>(kind));
  Company company{.tenant_id = profile.tenant_id,
                  .display_name = profile.display_name,
                  .currency = profile.currency,
                  .time_zone = "Asia/Shanghai",
                  .complete_through = absl::FromCivil(DataPeriod().end, CompanyZone())};
  for (const ChannelProfile& channel : profile.channels) {
    company.channels.push_back(channel.channel);
    company.campaigns.insert(company.campaigns.end(), channel.campaigns.begin(),
                             channel.campaigns.end());
  }
  AddStaff(profile, company);
  const std::vector<Yield> yields = Advertise(profile, options.volume, generator, company);
  Sell(profile, yields, generator, company);
  Deliver(generator, company.facts);
  return company;
}

Company MakeCompanyOfSize(CompanyKind kind, uint64_t seed, size_t count) {
  Company company;
  for (double volume = 1.0 / 16; company.facts.size() < count; volume *= 2) {
    company = MakeCompany(kind, {.seed = seed, .volume = volume});
  }
  company.facts.resize(count);
  return company;
}

}  // namespace argosy::demo
