// Every statement of the service.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_QUERIES_H_
#define ARGOSY_SERVICES_TEAMS_STORE_QUERIES_H_

#include <array>

#include "storage/query.h"

namespace argosy::teams {

using storage::Query;

// Members.

inline constexpr Query kFindMember{"teams.member.find", R"sql(
    SELECT m.id, m.uid, m.display_name, m.membership_id, m.joined_day, m.left_day, m.version,
           m.created_at, m.updated_at
    FROM members m WHERE m.tenant_id = :tenant AND m.id = ?)sql"};

// Changes of a member and of the roles he holds wait for one another here.
inline constexpr Query kLockMember{"teams.member.lock", R"sql(
    SELECT m.id, m.uid, m.display_name, m.membership_id, m.joined_day, m.left_day, m.version,
           m.created_at, m.updated_at
    FROM members m WHERE m.tenant_id = :tenant AND m.id = ? FOR UPDATE)sql"};

inline constexpr Query kFindMemberByMembership{"teams.member.find_by_membership", R"sql(
    SELECT m.id, m.uid, m.display_name, m.membership_id, m.joined_day, m.left_day, m.version,
           m.created_at, m.updated_at
    FROM members m WHERE m.tenant_id = :tenant AND m.membership_id = ?)sql"};

// The second bind of a listing is the ids to choose from, with commas between; NULL means all.
inline constexpr Query kListMembers{"teams.member.list", R"sql(
    SELECT m.id, m.uid, m.display_name, m.membership_id, m.joined_day, m.left_day, m.version,
           m.created_at, m.updated_at
    FROM members m
    WHERE m.tenant_id = :tenant AND m.id > ? AND COALESCE(FIND_IN_SET(m.id, ?), 1) > 0
    ORDER BY m.id LIMIT ?)sql"};

inline constexpr Query kListMembersPresent{"teams.member.list_present", R"sql(
    SELECT m.id, m.uid, m.display_name, m.membership_id, m.joined_day, m.left_day, m.version,
           m.created_at, m.updated_at
    FROM members m
    WHERE m.tenant_id = :tenant AND m.id > ? AND COALESCE(FIND_IN_SET(m.id, ?), 1) > 0
      AND m.joined_day <= ? AND COALESCE(m.left_day, 999999) > ?
    ORDER BY m.id LIMIT ?)sql"};

inline constexpr Query kInsertMembers{"teams.member.insert", R"sql(
    INSERT INTO members (tenant_id, id, uid, display_name, membership_id, joined_day, left_day,
                         version, created_at, updated_at))sql"};

inline constexpr Query kUpdateMember{"teams.member.update", R"sql(
    UPDATE members m
    SET m.display_name = ?, m.membership_id = ?, m.joined_day = ?, m.left_day = ?, m.version = ?,
        m.updated_at = ?
    WHERE m.tenant_id = :tenant AND m.id = ? AND m.version = ?)sql"};

inline constexpr Query kCountMembersPresent{"teams.member.count_present", R"sql(
    SELECT COUNT(*) FROM members m
    WHERE m.tenant_id = :tenant AND m.joined_day <= ? AND COALESCE(m.left_day, 999999) > ?)sql"};

// Teams.

inline constexpr Query kFindTeam{"teams.team.find", R"sql(
    SELECT t.id, t.uid, t.display_name, t.kind, t.lead_member_id, t.budget_minor,
           t.budget_currency, t.version, t.created_at, t.updated_at
    FROM teams t WHERE t.tenant_id = :tenant AND t.id = ?)sql"};

inline constexpr Query kListTeams{"teams.team.list", R"sql(
    SELECT t.id, t.uid, t.display_name, t.kind, t.lead_member_id, t.budget_minor,
           t.budget_currency, t.version, t.created_at, t.updated_at
    FROM teams t
    WHERE t.tenant_id = :tenant AND t.id > ? AND COALESCE(FIND_IN_SET(t.id, ?), 1) > 0
    ORDER BY t.id LIMIT ?)sql"};

inline constexpr Query kListTeamsLed{"teams.team.list_led", R"sql(
    SELECT t.id FROM teams t
    WHERE t.tenant_id = :tenant AND t.lead_member_id = ? ORDER BY t.id LIMIT ?)sql"};

inline constexpr Query kCountDepartments{"teams.team.count_departments", R"sql(
    SELECT COUNT(*) FROM teams t
    WHERE t.tenant_id = :tenant AND t.kind = ? AND t.lead_member_id IS NOT NULL
      AND t.budget_minor IS NOT NULL)sql"};

inline constexpr Query kInsertTeam{"teams.team.insert", R"sql(
    INSERT INTO teams (tenant_id, id, uid, display_name, kind, lead_member_id, budget_minor,
                       budget_currency, version, created_at, updated_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateTeam{"teams.team.update", R"sql(
    UPDATE teams t
    SET t.display_name = ?, t.kind = ?, t.lead_member_id = ?, t.budget_minor = ?,
        t.budget_currency = ?, t.version = ?, t.updated_at = ?
    WHERE t.tenant_id = :tenant AND t.id = ? AND t.version = ?)sql"};

// Role assignments.

inline constexpr Query kFindAssignment{"teams.assignment.find", R"sql(
    SELECT a.id, a.member_id, a.team_id, a.role, a.start_day, a.end_day, a.share_ppm, a.version,
           a.created_at, a.updated_at
    FROM role_assignments a WHERE a.tenant_id = :tenant AND a.id = ?)sql"};

inline constexpr Query kListAssignmentsOfMember{"teams.assignment.list_of_member", R"sql(
    SELECT a.id, a.member_id, a.team_id, a.role, a.start_day, a.end_day, a.share_ppm, a.version,
           a.created_at, a.updated_at
    FROM role_assignments a
    WHERE a.tenant_id = :tenant AND a.member_id = ? AND a.start_day < ?
      AND COALESCE(a.end_day, 999999) > ?
    ORDER BY a.start_day, a.id)sql"};

// An empty text, or 0, for a member, a team or a role means any.
inline constexpr Query kListAssignments{"teams.assignment.list", R"sql(
    SELECT a.id, a.member_id, a.team_id, a.role, a.start_day, a.end_day, a.share_ppm, a.version,
           a.created_at, a.updated_at
    FROM role_assignments a
    WHERE a.tenant_id = :tenant AND a.id > ? AND COALESCE(FIND_IN_SET(a.member_id, ?), 1) > 0
      AND ? IN ('', a.member_id)
      AND ? IN ('', COALESCE(a.team_id, '')) AND ? IN (0, a.role) AND a.start_day < ?
      AND COALESCE(a.end_day, 999999) > ?
    ORDER BY a.id LIMIT ?)sql"};

// Roles held on a day by the members of one page of the roster.
inline constexpr Query kListAssignmentsOfMembers{"teams.assignment.list_of_members", R"sql(
    SELECT a.id, a.member_id, a.team_id, a.role, a.start_day, a.end_day, a.share_ppm, a.version,
           a.created_at, a.updated_at
    FROM role_assignments a
    WHERE a.tenant_id = :tenant AND a.member_id BETWEEN ? AND ? AND a.start_day <= ?
      AND COALESCE(a.end_day, 999999) > ?
    ORDER BY a.member_id, a.start_day, a.id)sql"};

inline constexpr Query kListMembersLed{"teams.assignment.list_members_led", R"sql(
    SELECT DISTINCT a.member_id
    FROM role_assignments a
    JOIN teams t ON t.tenant_id = :tenant AND t.id = a.team_id
    WHERE a.tenant_id = :tenant AND t.lead_member_id = ? AND a.start_day <= ?
      AND COALESCE(a.end_day, 999999) > ?
    ORDER BY a.member_id LIMIT ?)sql"};

inline constexpr Query kCountByRole{"teams.assignment.count_by_role", R"sql(
    SELECT a.role, COUNT(DISTINCT a.member_id)
    FROM role_assignments a
    WHERE a.tenant_id = :tenant AND a.start_day <= ? AND COALESCE(a.end_day, 999999) > ?
    GROUP BY a.role)sql"};

// Who does nothing but run advertising from outside: the bind is the number of AGENCY, the highest.
inline constexpr Query kListOutsiders{"teams.assignment.list_outsiders", R"sql(
    SELECT a.member_id
    FROM role_assignments a
    WHERE a.tenant_id = :tenant AND a.start_day <= ? AND COALESCE(a.end_day, 999999) > ?
    GROUP BY a.member_id HAVING MIN(a.role) = ?)sql"};

inline constexpr Query kInsertAssignments{"teams.assignment.insert", R"sql(
    INSERT INTO role_assignments (tenant_id, id, member_id, team_id, role, start_day, end_day,
                                  share_ppm, version, created_at, updated_at))sql"};

inline constexpr Query kEndAssignment{"teams.assignment.end", R"sql(
    UPDATE role_assignments a
    SET a.end_day = ?, a.version = ?, a.updated_at = ?
    WHERE a.tenant_id = :tenant AND a.id = ? AND a.version = ?)sql"};

// Stage evaluations.

inline constexpr Query kInsertEvaluation{"teams.evaluation.insert", R"sql(
    INSERT INTO stage_evaluations (tenant_id, id, cut_day, inputs, evidence, evidence_digest,
                                   created_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindEvaluation{"teams.evaluation.find", R"sql(
    SELECT e.id, e.evidence, e.evidence_digest, e.created_at
    FROM stage_evaluations e WHERE e.tenant_id = :tenant AND e.id = ?)sql"};

inline constexpr Query kFindEvaluationInputs{"teams.evaluation.find_inputs", R"sql(
    SELECT e.inputs FROM stage_evaluations e WHERE e.tenant_id = :tenant AND e.id = ?)sql"};

inline constexpr Query kListEvaluations{"teams.evaluation.list", R"sql(
    SELECT e.id, e.evidence, e.evidence_digest, e.created_at
    FROM stage_evaluations e WHERE e.tenant_id = :tenant AND e.id < ?
    ORDER BY e.id DESC LIMIT ?)sql"};

inline constexpr std::array kTenantQueries{kFindMember,
                                           kLockMember,
                                           kFindMemberByMembership,
                                           kListMembers,
                                           kListMembersPresent,
                                           kInsertMembers,
                                           kUpdateMember,
                                           kCountMembersPresent,
                                           kFindTeam,
                                           kListTeams,
                                           kListTeamsLed,
                                           kCountDepartments,
                                           kInsertTeam,
                                           kUpdateTeam,
                                           kFindAssignment,
                                           kListAssignmentsOfMember,
                                           kListAssignments,
                                           kListAssignmentsOfMembers,
                                           kListMembersLed,
                                           kCountByRole,
                                           kListOutsiders,
                                           kInsertAssignments,
                                           kEndAssignment,
                                           kInsertEvaluation,
                                           kFindEvaluation,
                                           kFindEvaluationInputs,
                                           kListEvaluations};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_QUERIES_H_
