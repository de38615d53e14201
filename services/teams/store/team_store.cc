#include "services/teams/store/team_store.h"

#include <string>
#include <utility>

#include "base/clock.h"
#include "base/money.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/store/columns.h"
#include "services/teams/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::teams {
namespace {

using storage::Bytes;
using storage::Null;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<Team> ReadTeam(const Row& row) {
  Team team;
  ASSIGN_OR_RETURN(team.id, ReadSlug<base::TeamId>(row, 0));
  ASSIGN_OR_RETURN(team.uid, ReadUuid(row, 1));
  ASSIGN_OR_RETURN(team.fields.display_name, row.Text(2));
  ASSIGN_OR_RETURN(team.fields.kind, ReadEnum<TeamKind>(row, 3, kTeamKindLast));
  ASSIGN_OR_RETURN(team.fields.lead, ReadOptionalSlug<base::MemberId>(row, 4));
  ASSIGN_OR_RETURN(const std::optional<int64_t> budget_minor, row.OptionalInt64(5));
  ASSIGN_OR_RETURN(const std::optional<std::string> budget_currency, row.OptionalText(6));
  if (budget_minor.has_value() && budget_currency.has_value()) {
    ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(*budget_currency));
    team.fields.monthly_budget = base::Money{.minor = *budget_minor, .currency = currency};
  }
  ASSIGN_OR_RETURN(team.version, row.Int64(7));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(8));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(9));
  team.created_at = base::FromMicros(created_us);
  team.updated_at = base::FromMicros(updated_us);
  return team;
}

Value BudgetMinor(const Team& team) {
  if (!team.fields.monthly_budget.has_value()) return Null();
  return team.fields.monthly_budget->minor;
}

Value BudgetCurrency(const Team& team) {
  if (!team.fields.monthly_budget.has_value()) return Null();
  return Text(team.fields.monthly_budget->currency.code());
}

}  // namespace

absl::StatusOr<std::optional<Team>> TeamStore::Find(TenantReader& reader,
                                                    const base::TeamId& id) const {
  return reader.FindOne<Team>(kFindTeam, {Text(id.text())}, ReadTeam);
}

absl::StatusOr<Team> TeamStore::Get(TenantReader& reader, const base::TenantId& tenant,
                                    const base::TeamId& id) const {
  ASSIGN_OR_RETURN(std::optional<Team> found, Find(reader, id));
  if (!found.has_value()) return ResourceMissing("argosy.dev/Team", TeamName(tenant, id));
  return *std::move(found);
}

absl::StatusOr<std::vector<Team>> TeamStore::List(TenantReader& reader,
                                                  const Among<base::TeamId>& among,
                                                  absl::string_view after, int64_t limit) const {
  return reader.SelectAll<Team>(kListTeams, {Text(std::string(after)), AmongValue(among), limit},
                                ReadTeam);
}

absl::StatusOr<std::vector<base::TeamId>> TeamStore::ListLed(TenantReader& reader,
                                                             const base::MemberId& lead) const {
  return reader.SelectAll<base::TeamId>(
      kListTeamsLed, {Text(lead.text()), kTeamsLedMax},
      [](const Row& row) { return ReadSlug<base::TeamId>(row, 0); });
}

absl::StatusOr<int64_t> TeamStore::CountMarketingDepartments(TenantReader& reader) const {
  ASSIGN_OR_RETURN(
      const std::optional<int64_t> count,
      reader.FindOne<int64_t>(kCountDepartments, {static_cast<int64_t>(TeamKind::kMarketing)},
                              [](const Row& row) { return row.Int64(0); }));
  return count.value_or(0);
}

absl::Status TeamStore::Insert(TenantTxn& txn, const Team& team) const {
  return txn
      .Execute(kInsertTeam,
               {Text(team.id.text()), Bytes(team.uid.ToBytes()), Text(team.fields.display_name),
                static_cast<int64_t>(team.fields.kind), SlugValue(team.fields.lead),
                BudgetMinor(team), BudgetCurrency(team), team.version,
                base::ToMicros(team.created_at), base::ToMicros(team.updated_at)})
      .status();
}

absl::StatusOr<bool> TeamStore::Update(TenantTxn& txn, const Team& next,
                                       int64_t current_version) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(
          kUpdateTeam,
          {Text(next.fields.display_name), static_cast<int64_t>(next.fields.kind),
           SlugValue(next.fields.lead), BudgetMinor(next), BudgetCurrency(next), next.version,
           base::ToMicros(next.updated_at), Text(next.id.text()), current_version}));
  return matched == 1;
}

}  // namespace argosy::teams
