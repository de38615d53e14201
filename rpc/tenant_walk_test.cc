#include "rpc/tenant_walk.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "rpc/testing/note.pb.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using chassistest::v1::IngestNotesRequest;
using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;

TenantWalk WalkOfIngest() {
  TenantWalk walk;
  EXPECT_THAT(walk.Add(*IngestNotesRequest::descriptor()), IsOk());
  return walk;
}

// A request of tenant acme with one more resource somewhere, `%` standing for its tenant.
struct Place {
  std::string name;
  std::string text;
};

IngestNotesRequest RequestWith(std::string text, const std::string& tenant) {
  text.replace(text.find('%'), 1, tenant);
  IngestNotesRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  request.set_parent("tenants/acme");
  return request;
}

class WalkTest : public ::testing::TestWithParam<Place> {};

TEST_P(WalkTest, AcceptsTheSameTenant) {
  EXPECT_THAT(WalkOfIngest().TenantOf(RequestWith(GetParam().text, "acme")), IsOkAndHolds("acme"));
}

TEST_P(WalkTest, RefusesAnotherTenant) {
  EXPECT_THAT(WalkOfIngest().TenantOf(RequestWith(GetParam().text, "other")),
              HasReason("TENANT_MISMATCH"));
}

TEST_P(WalkTest, RefusesATenantThatOnlyBeginsAlike) {
  EXPECT_THAT(WalkOfIngest().TenantOf(RequestWith(GetParam().text, "acme-two")),
              HasReason("TENANT_MISMATCH"));
}

TEST_P(WalkTest, RefusesANameWithoutATenant) {
  EXPECT_THAT(WalkOfIngest().TenantOf(RequestWith(GetParam().text, "-")),
              HasReason("FIELD_INVALID"));
}

INSTANTIATE_TEST_SUITE_P(
    Places, WalkTest,
    ::testing::ValuesIn(std::vector<Place>{
        {"RepeatedName", "teams: 'tenants/acme/teams/a' teams: 'tenants/%/teams/b'"},
        {"RepeatedMessage", "notes { } notes { name: 'tenants/%/notes/n' }"},
        {"MapOfMessages", "by_key { key: 'k' value { name: 'tenants/%/notes/n' } }"},
        {"MapOfNames", "links { key: 'k' value: 'tenants/%/teams/t' }"},
        {"OneofName", "member: 'tenants/%/members/m'"},
        {"OneofMessage", "note { name: 'tenants/%/notes/n' }"},
        {"NameOrText", "label: 'tenants/%/teams/t'"},
        {"Nested", "nested { nested { teams: 'tenants/%/teams/t' } }"},
        {"Any",
         "extra { [type.googleapis.com/argosy.chassistest.v1.Note] { name: 'tenants/%/notes/n' } "
         "}"},
        {"AnyInNested",
         "nested { extra { [type.googleapis.com/argosy.chassistest.v1.GetNoteRequest] "
         "{ name: 'tenants/%/notes/n' } } }"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(TenantWalk, FindsNoTenantWhereNoneIsNamed) {
  EXPECT_THAT(WalkOfIngest().TenantOf(IngestNotesRequest()), IsOkAndHolds(""));
}

TEST(TenantWalk, ReadsNoTenantInATextThatMayNameNothing) {
  IngestNotesRequest request;
  request.set_label("2026-W11");
  EXPECT_THAT(WalkOfIngest().TenantOf(request), IsOkAndHolds(""));
  request.clear_label();
  request.set_member("2026-W11");
  EXPECT_THAT(WalkOfIngest().TenantOf(request), HasReason("FIELD_INVALID"));
}

TEST(TenantWalk, KeepsTheTenantFoundOnlyInAnAny) {
  IngestNotesRequest request;
  chassistest::v1::Note note;
  note.set_name("tenants/a-tenant-of-a-rather-long-name/notes/n");
  request.mutable_extra()->PackFrom(note);
  EXPECT_THAT(WalkOfIngest().TenantOf(request), IsOkAndHolds("a-tenant-of-a-rather-long-name"));
}

TEST(TenantWalk, RefusesAnAnyOfUnknownType) {
  IngestNotesRequest request;
  request.mutable_extra()->set_type_url("type.googleapis.com/nobody.knows.This");
  EXPECT_THAT(WalkOfIngest().TenantOf(request), HasReason("FIELD_INVALID"));
}

TEST(TenantWalk, RefusesAnAnyThatCannotBeParsed) {
  IngestNotesRequest request;
  request.mutable_extra()->set_type_url("type.googleapis.com/argosy.chassistest.v1.Note");
  request.mutable_extra()->set_value("\x0a\xff");
  EXPECT_THAT(WalkOfIngest().TenantOf(request), HasReason("FIELD_INVALID"));
}

TEST(TenantWalk, PassesOverCollectionsOfNoTenant) {
  IngestNotesRequest request;
  request.set_parent("tenants/acme");
  request.add_teams("users/u1");
  EXPECT_THAT(WalkOfIngest().TenantOf(request), IsOkAndHolds("acme"));
}

TEST(TenantWalk, RefusesUpperCaseAndForeignForms) {
  for (const char* name : {"tenants/Acme", "Tenants/acme", "/tenants/acme", "tenants//x",
                           "tenants/", "acme", "tenants/acme\n/x"}) {
    IngestNotesRequest request;
    request.set_parent(name);
    EXPECT_THAT(WalkOfIngest().TenantOf(request), HasReason("FIELD_INVALID")) << name;
  }
}

TEST(TenantWalk, RefusesATypeItWasNotTold) {
  EXPECT_THAT(TenantWalk().TenantOf(IngestNotesRequest()), HasReason("INTERNAL"));
}

}  // namespace
}  // namespace argosy::rpc
