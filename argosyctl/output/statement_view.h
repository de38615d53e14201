// Statements of pay and the reason of each line, as people read them.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_STATEMENT_VIEW_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_STATEMENT_VIEW_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "argosy/incentives/v1/statement.pb.h"

namespace argosy::ctl {

// One line a statement: payee, earned, recovered, payable.
std::string StatementTable(const std::vector<incentives::v1::Statement>& statements);

// The line, then each credit with its instant in `zone`, its share, its slices and its facts.
std::string ExplanationText(const incentives::v1::StatementLine& line,
                            const std::vector<incentives::v1::Credit>& credits,
                            const absl::TimeZone& zone);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_STATEMENT_VIEW_H_
