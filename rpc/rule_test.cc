#include "rpc/rule.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/testing/note.pb.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

absl::StatusOr<MethodTable> BuildOf(const std::string& service) {
  const auto* descriptor = chassistest::v1::Note::descriptor()->file()->FindServiceByName(service);
  return MethodTable::Build({descriptor});
}

TEST(MethodTable, FindsTheRuleByTheRequestsType) {
  const auto table = BuildOf("NoteService");
  ASSERT_THAT(table, IsOk());
  const Method* put = table->Find(chassistest::v1::PutNoteRequest::descriptor());
  ASSERT_NE(put, nullptr);
  EXPECT_EQ(put->full_name, "argosy.chassistest.v1.NoteService/PutNote");
  EXPECT_EQ(put->domain, "chassistest.argosy");
  EXPECT_EQ(put->permission, tenants::Permission::kTeamsWrite);
  EXPECT_TRUE(put->claims());
  EXPECT_TRUE(put->response_has_secret);
  EXPECT_NE(put->validate_only, nullptr);
  chassistest::v1::PutNoteRequest request;
  EXPECT_EQ(put->ResourceOf(request), "");
  request.mutable_note()->set_name("tenants/acme/notes/n");
  EXPECT_EQ(put->ResourceOf(request), "tenants/acme/notes/n");
  EXPECT_EQ(table->Find(chassistest::v1::Note::descriptor()), nullptr);
}

TEST(MethodTable, DoesNotAskIngestForAClaim) {
  const auto table = BuildOf("NoteService");
  ASSERT_THAT(table, IsOk());
  EXPECT_FALSE(table->Find(chassistest::v1::IngestNotesRequest::descriptor())->claims());
}

struct BadService {
  std::string service;
  std::string why;
};
class StartUpRefusal : public ::testing::TestWithParam<BadService> {};

TEST_P(StartUpRefusal, NamesTheMethodAndTheReason) {
  const auto table = BuildOf(GetParam().service);
  EXPECT_THAT(table, HasReason("INTERNAL"));
  EXPECT_THAT(std::string(table.status().message()), HasSubstr(GetParam().service));
  EXPECT_THAT(std::string(table.status().message()), HasSubstr(GetParam().why));
}

INSTANTIATE_TEST_SUITE_P(Services, StartUpRefusal,
                         ::testing::Values(BadService{"UnruledService", "has no rule"},
                                           BadService{"StreamingService", "streams"},
                                           BadService{"TwinService", "shares its request type"},
                                           BadService{"KeylessService", "request_id"},
                                           BadService{"LostService", "does not exist"}),
                         [](const auto& row) { return row.param.service; });

TEST(BlankSecrets, ClearsSecretFieldsAndNothingElse) {
  chassistest::v1::Note note;
  note.set_name("tenants/acme/notes/n");
  note.set_password("hunter2");
  chassistest::v1::Note blanked;
  ASSERT_TRUE(blanked.ParseFromString(
      BlankSecrets(*chassistest::v1::Note::descriptor(), note.SerializeAsString())));
  EXPECT_EQ(blanked.password(), "");
  EXPECT_EQ(blanked.name(), note.name());
}

TEST(BlankSecrets, ClearsThemAtAnyDepth) {
  chassistest::v1::IngestNotesRequest request;
  request.mutable_nested()->add_notes()->set_password("hunter2");
  (*request.mutable_by_key())["k"].set_password("hunter2");
  const std::string blanked =
      BlankSecrets(*chassistest::v1::IngestNotesRequest::descriptor(), request.SerializeAsString());
  EXPECT_EQ(blanked.find("hunter2"), std::string::npos);
}

TEST(BlankSecrets, StoresNothingOfWhatItCannotRead) {
  EXPECT_EQ(BlankSecrets(*chassistest::v1::Note::descriptor(), "\x0a\xff"), "");
}

}  // namespace
}  // namespace argosy::rpc
