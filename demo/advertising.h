// The buying side of a synthetic company: what it spends each day and the visitors that come of it.
#ifndef ARGOSY_DEMO_ADVERTISING_H_
#define ARGOSY_DEMO_ADVERTISING_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "base/random.h"
#include "demo/company.h"
#include "demo/profile.h"

namespace argosy::demo {

// The inquiries one campaign's day is expected to bring.
struct Yield {
  const ChannelProfile* channel = nullptr;  // of the profile given to Advertise
  std::string campaign;
  absl::CivilDay day;
  double inquiries = 0;
};

// Appends the SPEND and TRAFFIC facts of DataPeriod to `company` and returns what they yield, by
// day. Money, visitors and inquiries grow with `volume`. A day's clicks are bought one by one, each
// at its own log-normal cost, until the day's budget is used.
std::vector<Yield> Advertise(const CompanyProfile& profile, double volume,
                             base::Generator& generator, Company& company);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_ADVERTISING_H_
