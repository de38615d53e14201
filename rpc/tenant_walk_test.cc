#include "rpc/tenant_walk.h"

#include <string>
#include <vector>

#include "base/fault.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "rpc/testing/note.pb.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using chassistest::v1::IngestNotesRequest;
using ::testing::ElementsAre;
using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Pair;

TenantWalk WalkOfIngest() {
  TenantWalk walk;
  EXPECT_THAT(walk.Add(*IngestNotesRequest::descriptor()), IsOk());
  return walk;
}

// A request of tenant acme with one more resource somewhere, `%` standing for its tenant.
struct Place {
  std::string name;
  std::string text;
  std::string path;  // of that resource
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

TEST_P(WalkTest, RefusesAnotherTenantAndSaysWhereItStands) {
  const auto refused = WalkOfIngest().TenantOf(RequestWith(GetParam().text, "other"));
  EXPECT_THAT(refused, HasReason("TENANT_MISMATCH"));
  const auto fault = base::FindFault(refused.status());
  ASSERT_TRUE(fault.has_value());
  EXPECT_THAT(fault->metadata, ElementsAre(Pair("field", GetParam().path)));
}

TEST_P(WalkTest, RefusesATenantThatOnlyBeginsAlike) {
  EXPECT_THAT(WalkOfIngest().TenantOf(RequestWith(GetParam().text, "acme-two")),
              HasReason("TENANT_MISMATCH"));
}

TEST_P(WalkTest, RefusesANameWithoutATenantAndSaysWhereItStands) {
  const auto refused = WalkOfIngest().TenantOf(RequestWith(GetParam().text, "-"));
  EXPECT_THAT(refused, HasReason("FIELD_INVALID"));
  const auto fault = base::FindFault(refused.status());
  ASSERT_TRUE(fault.has_value());
  ASSERT_EQ(fault->field_violations.size(), 1u);
  EXPECT_EQ(fault->field_violations[0].field, GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(
    Places, WalkTest,
    ::testing::ValuesIn(std::vector<Place>{
        {"RepeatedName", "teams: 'tenants/acme/teams/a' teams: 'tenants/%/teams/b'", "teams[1]"},
        {"RepeatedMessage", "notes { } notes { name: 'tenants/%/notes/n' }", "notes[1].name"},
        {"MapOfMessages", "by_key { key: 'k' value { name: 'tenants/%/notes/n' } }",
         "by_key[0].value.name"},
        {"MapOfNames", "links { key: 'k' value: 'tenants/%/teams/t' }", "links[0]"},
        {"OneofName", "member: 'tenants/%/members/m'", "member"},
        {"OneofMessage", "note { name: 'tenants/%/notes/n' }", "note.name"},
        {"NameOrText", "label: 'tenants/%/teams/t'", "label"},
        {"Nested", "nested { nested { teams: 'tenants/%/teams/t' } }", "nested.nested.teams[0]"},
        {"Any",
         "extra { [type.googleapis.com/argosy.chassistest.v1.Note] { name: 'tenants/%/notes/n' } "
         "}",
         "extra.name"},
        {"AnyInNested",
         "nested { extra { [type.googleapis.com/argosy.chassistest.v1.GetNoteRequest] "
         "{ name: 'tenants/%/notes/n' } } }",
         "nested.extra.name"},
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
