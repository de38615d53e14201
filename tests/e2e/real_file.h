// The real input as the test itself reads it: nothing of the product is used, so that the product
// is judged by something else.
#ifndef ARGOSY_TESTS_E2E_REAL_FILE_H_
#define ARGOSY_TESTS_E2E_REAL_FILE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace argosy::testing {

// Rows of a file without quotes, by header. Aborts when there is no such file.
std::vector<std::map<std::string, std::string>> ReadRealRows(const std::string& path);
std::string ReadRealBytes(const std::string& path);

// "Mei-Mei Johns" as "mei-mei-johns".
std::string IdOfName(const std::string& name);
// "01-03-2017".
absl::CivilDay RealDay(const std::string& text);
// "2017-Q1".
std::string QuarterOf(absl::CivilDay day);
// Hundredths of a decimal text, half up: the amounts there are not negative.
int64_t Hundredths(const std::string& text);

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_E2E_REAL_FILE_H_
