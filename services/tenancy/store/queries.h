// Every statement of the service.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_QUERIES_H_
#define ARGOSY_SERVICES_TENANCY_STORE_QUERIES_H_

#include <array>

#include "storage/query.h"

namespace argosy::tenancy {

using storage::Query;

// On tables of a tenant.

inline constexpr Query kGetMembership{"tenancy.membership.get", R"sql(
    SELECT m.id, m.principal, m.access_role, m.member_id, m.version, m.created_at, m.updated_at
    FROM memberships m WHERE m.tenant_id = :tenant AND m.id = ?)sql"};

inline constexpr Query kFindMembershipByPrincipal{"tenancy.membership.find_by_principal", R"sql(
    SELECT m.id, m.principal, m.access_role, m.member_id, m.version, m.created_at, m.updated_at
    FROM memberships m WHERE m.tenant_id = :tenant AND m.principal = ?)sql"};

inline constexpr Query kListMemberships{"tenancy.membership.list", R"sql(
    SELECT m.id, m.principal, m.access_role, m.member_id, m.version, m.created_at, m.updated_at
    FROM memberships m WHERE m.tenant_id = :tenant AND m.id > ? ORDER BY m.id LIMIT ?)sql"};

inline constexpr Query kInsertMembership{"tenancy.membership.insert", R"sql(
    INSERT INTO memberships (tenant_id, id, principal, access_role, member_id, version, created_at,
                             updated_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateMembership{"tenancy.membership.update", R"sql(
    UPDATE memberships m
    SET m.access_role = ?, m.member_id = ?, m.version = ?, m.updated_at = ?
    WHERE m.tenant_id = :tenant AND m.id = ? AND m.version = ?)sql"};

inline constexpr Query kDeleteMembership{"tenancy.membership.delete", R"sql(
    DELETE FROM memberships WHERE tenant_id = :tenant AND id = ? AND version = ?)sql"};

inline constexpr Query kGetApiToken{"tenancy.token.get", R"sql(
    SELECT a.id, a.membership_id, a.display_name, a.created_at, a.expires_at, a.revoked_at
    FROM api_tokens a WHERE a.tenant_id = :tenant AND a.id = ?)sql"};

inline constexpr Query kListApiTokens{"tenancy.token.list", R"sql(
    SELECT a.id, a.membership_id, a.display_name, a.created_at, a.expires_at, a.revoked_at
    FROM api_tokens a WHERE a.tenant_id = :tenant AND a.id > ? ORDER BY a.id LIMIT ?)sql"};

inline constexpr Query kInsertApiToken{"tenancy.token.insert", R"sql(
    INSERT INTO api_tokens (tenant_id, id, membership_id, display_name, created_at, expires_at)
    VALUES (:tenant, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kRevokeApiToken{"tenancy.token.revoke", R"sql(
    UPDATE api_tokens a SET a.revoked_at = ?
    WHERE a.tenant_id = :tenant AND a.id = ? AND a.revoked_at IS NULL)sql"};

inline constexpr Query kDeleteApiTokensOfMembership{"tenancy.token.delete_of_membership", R"sql(
    DELETE FROM api_tokens WHERE tenant_id = :tenant AND membership_id = ?)sql"};

inline constexpr std::array kTenantQueries{kGetMembership,
                                           kFindMembershipByPrincipal,
                                           kListMemberships,
                                           kInsertMembership,
                                           kUpdateMembership,
                                           kDeleteMembership,
                                           kGetApiToken,
                                           kListApiTokens,
                                           kInsertApiToken,
                                           kRevokeApiToken,
                                           kDeleteApiTokensOfMembership};

// On global tables, through GlobalTxn.

// Of a company that the platform activates.
inline constexpr Query kEndApiTokensBy{"tenancy.token.end_by", R"sql(
    UPDATE api_tokens a SET a.expires_at = LEAST(a.expires_at, ?) WHERE a.tenant_id = ?)sql"};

inline constexpr Query kFindTenantById{"tenancy.tenant.find_by_id", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.display_name, t.time_zone,
           t.currency, t.blueprint_name, t.blueprint_sha256, t.created_by, t.owner_count,
           t.epoch, t.version, t.created_at, t.updated_at
    FROM tenants t WHERE t.id = ?)sql"};

inline constexpr Query kFindTenantByUid{"tenancy.tenant.find_by_uid", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.display_name, t.time_zone,
           t.currency, t.blueprint_name, t.blueprint_sha256, t.created_by, t.owner_count,
           t.epoch, t.version, t.created_at, t.updated_at
    FROM tenants t WHERE t.tenant_id = ?)sql"};

// Changes of a tenant, of its people and of its owner count wait for one another here.
inline constexpr Query kLockTenantById{"tenancy.tenant.lock_by_id", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.display_name, t.time_zone,
           t.currency, t.blueprint_name, t.blueprint_sha256, t.created_by, t.owner_count,
           t.epoch, t.version, t.created_at, t.updated_at
    FROM tenants t WHERE t.id = ? FOR UPDATE)sql"};

inline constexpr Query kLockTenantByUid{"tenancy.tenant.lock_by_uid", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.display_name, t.time_zone,
           t.currency, t.blueprint_name, t.blueprint_sha256, t.created_by, t.owner_count,
           t.epoch, t.version, t.created_at, t.updated_at
    FROM tenants t WHERE t.tenant_id = ? FOR UPDATE)sql"};

inline constexpr Query kListCompanies{"tenancy.tenant.list", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.display_name, t.time_zone,
           t.currency, t.blueprint_name, t.blueprint_sha256, t.created_by, t.owner_count,
           t.epoch, t.version, t.created_at, t.updated_at
    FROM tenants t WHERE t.kind = 'COMPANY' AND t.id > ? ORDER BY t.id LIMIT ?)sql"};

inline constexpr Query kInsertTenant{"tenancy.tenant.insert", R"sql(
    INSERT INTO tenants (tenant_id, id, kind, state, display_name, time_zone,
                         currency, blueprint_name, blueprint_sha256, created_by,
                         owner_count, epoch, version, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateTenant{"tenancy.tenant.update", R"sql(
    UPDATE tenants t
    SET t.state = ?, t.display_name = ?, t.time_zone = ?, t.currency = ?,
        t.owner_count = ?, t.epoch = ?, t.version = ?, t.updated_at = ?
    WHERE t.tenant_id = ? AND t.version = ?)sql"};

inline constexpr Query kInsertTokenLookup{"tenancy.lookup.insert", R"sql(
    INSERT INTO token_lookup (token_id, tenant_id, membership_id, digest) VALUES (?, ?, ?, ?))sql"};

inline constexpr Query kDeleteTokenLookups{"tenancy.lookup.delete_of_membership", R"sql(
    DELETE FROM token_lookup WHERE tenant_id = ? AND membership_id = ?)sql"};

// The lookup row confines every other row to its tenant.
inline constexpr Query kFindCredential{"tenancy.lookup.find", R"sql(
    SELECT l.tenant_id, l.digest,
           a.id, a.membership_id, a.display_name, a.created_at, a.expires_at, a.revoked_at,
           m.id, m.principal, m.access_role, m.member_id, m.version, m.created_at, m.updated_at
    FROM token_lookup l
    JOIN api_tokens a ON a.tenant_id = l.tenant_id AND a.id = l.token_id
    JOIN memberships m ON m.tenant_id = l.tenant_id AND m.id = l.membership_id
    WHERE l.token_id = ?)sql"};

inline constexpr Query kListSigningKeys{"tenancy.key.list", R"sql(
    SELECT k.kid, k.public_jwk, k.sealed_jwk, k.activated_at, k.created_at
    FROM signing_keys k ORDER BY k.activated_at DESC, k.kid DESC LIMIT ?)sql"};

inline constexpr Query kInsertSigningKey{"tenancy.key.insert", R"sql(
    INSERT INTO signing_keys (kid, public_jwk, sealed_jwk, activated_at, created_at)
    VALUES (?, ?, ?, ?, ?))sql"};

// Bootstrap writes the first rows of the platform before anyone could have a context.
inline constexpr Query kInsertFirstMembership{"tenancy.membership.insert_first", R"sql(
    INSERT INTO memberships (tenant_id, id, principal, access_role, member_id, version, created_at,
                             updated_at)
    VALUES (?, ?, ?, ?, NULL, ?, ?, ?))sql"};

inline constexpr Query kFindFirstMembership{"tenancy.membership.find_first", R"sql(
    SELECT m.id, m.principal, m.access_role, m.member_id, m.version, m.created_at, m.updated_at
    FROM memberships m WHERE m.tenant_id = ? ORDER BY m.id LIMIT 1)sql"};

inline constexpr Query kInsertFirstApiToken{"tenancy.token.insert_first", R"sql(
    INSERT INTO api_tokens (tenant_id, id, membership_id, display_name, created_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?))sql"};

// What runs without the tenant predicate, and why it may: it is on global tables, finds the tenant
// of a credential, makes the platform, or activates a company for it.
inline constexpr std::array kGlobalQueries{
    kEndApiTokensBy,    kFindTenantById,        kFindTenantByUid,     kLockTenantById,
    kLockTenantByUid,   kListCompanies,         kInsertTenant,        kUpdateTenant,
    kInsertTokenLookup, kDeleteTokenLookups,    kFindCredential,      kListSigningKeys,
    kInsertSigningKey,  kInsertFirstMembership, kFindFirstMembership, kInsertFirstApiToken};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_QUERIES_H_
