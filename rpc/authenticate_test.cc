#include "rpc/authenticate.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/testing/token_maker.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::HasReason;
using testing::IsOk;

const absl::Time kNow = absl::FromUnixSeconds(1'773'028'800);

std::string Part(absl::string_view text) { return absl::WebSafeBase64Escape(text); }

class AuthenticateTest : public ::testing::Test {
 protected:
  base::FakeClock clock_{kNow};
  AcceptedKeys keys_{clock_};
  TokenMaker maker_{keys_};
  Authenticator authenticator_{keys_, kIssuer, kAudience};
  base::AccessClaims claims_ = TokenMaker::OwnerOfAcme(kNow);

  absl::StatusOr<Caller> Try(const std::string& token) {
    return authenticator_.Authenticate(absl::StrCat("Bearer ", token), kNow);
  }
  absl::StatusOr<Caller> TryClaims() {
    return authenticator_.Authenticate(maker_.Bearer(claims_), kNow);
  }
  // The payload of claims_ with one claim taken out.
  std::string Without(const std::string& name) {
    std::string json = base::EncodeAccessClaims(claims_);
    const size_t begin = json.find(absl::StrCat("\"", name, "\":"));
    size_t end = json.find(",\"", begin);
    if (end == std::string::npos) end = json.size() - 1;
    json.erase(begin, end - begin + (json[end] == ',' ? 1 : 0));
    return absl::StrReplaceAll(json, {{",}", "}"}});
  }
  // A token with `header` and the claims, signed as HS256 with `secret`.
  std::string Hs256(const std::string& header, const std::string& secret) {
    const std::string head =
        absl::StrCat(Part(header), ".", Part(base::EncodeAccessClaims(claims_)));
    return absl::StrCat(head, ".", Part(base::HmacSha256(secret, head)));
  }
};

TEST_F(AuthenticateTest, KnowsWhoSignedIn) {
  claims_.member_id = *base::MemberId::Parse("li-wei");
  const auto caller = TryClaims();
  ASSERT_THAT(caller, IsOk());
  EXPECT_EQ(caller->claims, claims_);
  EXPECT_EQ(caller->role, tenants::AccessRole::kOwner);
}

TEST_F(AuthenticateTest, WantsACredential) {
  EXPECT_THAT(authenticator_.Authenticate("", kNow), HasReason("CREDENTIAL_MISSING"));
}

TEST_F(AuthenticateTest, RefusesOtherSchemesAndForms) {
  const std::string token = maker_.Sign(base::EncodeAccessClaims(claims_));
  for (const std::string& header :
       {std::string("Bearer"), std::string("Bearer "), absl::StrCat("Basic ", token), token,
        absl::StrCat("Bearer  ", token), absl::StrCat("Bearer ", token, " "),
        absl::StrCat("Bearer ", token, ".x"), absl::StrCat("Bearer ", token.substr(0, 20))}) {
    EXPECT_THAT(authenticator_.Authenticate(header, kNow), HasReason("CREDENTIAL_INVALID"))
        << header;
  }
}

TEST_F(AuthenticateTest, RefusesAlgorithmNone) {
  for (const char* alg : {"none", "None", "NONE", ""}) {
    const std::string head = Part(absl::StrCat(R"({"alg":")", alg, R"(","kid":"key-1"})"));
    const std::string body = Part(base::EncodeAccessClaims(claims_));
    EXPECT_THAT(Try(absl::StrCat(head, ".", body, ".")), HasReason("CREDENTIAL_INVALID"));
    EXPECT_THAT(Try(absl::StrCat(head, ".", body, ".", Part("x"))),
                HasReason("CREDENTIAL_INVALID"));
  }
}

TEST_F(AuthenticateTest, RefusesHs256SignedWithThePublicKey) {
  const std::string header = R"({"alg":"HS256","kid":"key-1"})";
  EXPECT_THAT(Try(Hs256(header, maker_.key().PublicJwk())), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(Try(Hs256(R"({"alg":"ES256","kid":"key-1"})", maker_.key().PublicJwk())),
              HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, NeverTakesAKeyFromTheToken) {
  const base::SigningKey own = *base::SigningKey::Generate("key-1");
  EXPECT_THAT(Try(*own.Sign(base::EncodeAccessClaims(claims_))), HasReason("CREDENTIAL_INVALID"));
  const std::string header = absl::StrCat(
      R"({"alg":"ES256","kid":"key-1","jku":"https://evil","jwk":)", own.PublicJwk(), "}");
  const std::vector<std::string> parts =
      absl::StrSplit(*own.Sign(base::EncodeAccessClaims(claims_)), '.');
  EXPECT_THAT(Try(absl::StrCat(Part(header), ".", parts[1], ".", parts[2])),
              HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, RefusesUnknownKid) {
  const base::SigningKey other = *base::SigningKey::Generate("key-9");
  EXPECT_THAT(Try(*other.Sign(base::EncodeAccessClaims(claims_))), HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, RefusesCriticalExtensions) {
  const std::vector<std::string> parts =
      absl::StrSplit(maker_.Sign(base::EncodeAccessClaims(claims_)), '.');
  const std::string header = Part(R"({"alg":"ES256","kid":"key-1","crit":["exp"]})");
  EXPECT_THAT(Try(absl::StrCat(header, ".", parts[1], ".", parts[2])),
              HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, RefusesEveryChangedPart) {
  const std::string token = maker_.Sign(base::EncodeAccessClaims(claims_));
  for (size_t i = 0; i < token.size(); i += 7) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed[i] == token[i]) continue;
    EXPECT_FALSE(Try(changed).ok()) << i;
  }
}

TEST_F(AuthenticateTest, RefusesAMissingClaim) {
  for (const char* name :
       {"iss", "aud", "sub", "tid", "tenant", "role", "epoch", "iat", "nbf", "exp"}) {
    EXPECT_THAT(Try(maker_.Sign(Without(name))), HasReason("CREDENTIAL_INVALID")) << name;
  }
}

TEST_F(AuthenticateTest, RefusesPayloadsThatAreNoClaims) {
  for (const char* payload : {"", "x", "[]", "null", "{}", "{\"iss\":1}"}) {
    EXPECT_THAT(Try(maker_.Sign(payload)), HasReason("CREDENTIAL_INVALID")) << payload;
  }
}

struct ClaimCase {
  std::string name;
  std::function<void(base::AccessClaims&)> change;
  std::string reason;  // "" when accepted
};
class ClaimTest : public AuthenticateTest, public ::testing::WithParamInterface<ClaimCase> {};

TEST_P(ClaimTest, IsJudged) {
  GetParam().change(claims_);
  const auto caller = TryClaims();
  if (GetParam().reason.empty()) {
    EXPECT_THAT(caller, IsOk());
  } else {
    EXPECT_THAT(caller, HasReason(GetParam().reason));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Claims, ClaimTest,
    ::testing::ValuesIn(std::vector<ClaimCase>{
        {"WrongIssuer", [](auto& c) { c.issuer += "/"; }, "CREDENTIAL_INVALID"},
        {"WrongAudience", [](auto& c) { c.audience = "other"; }, "CREDENTIAL_INVALID"},
        {"UnknownRole", [](auto& c) { c.access_role = "root"; }, "CREDENTIAL_INVALID"},
        {"ActorTooLong", [](auto& c) { c.actor = std::string(129, 'a'); }, "CREDENTIAL_INVALID"},
        {"Expired",
         [](auto& c) {
           c.issued_at = c.not_before = kNow - absl::Minutes(7);
           c.expires_at = kNow - absl::Seconds(60);
         },
         "CREDENTIAL_EXPIRED"},
        {"ExpiredWithinTheSkew",
         [](auto& c) {
           c.issued_at = c.not_before = kNow - absl::Minutes(7);
           c.expires_at = kNow - absl::Seconds(59);
         },
         ""},
        {"NotYetValid", [](auto& c) { c.not_before = kNow + absl::Seconds(61); },
         "CREDENTIAL_INVALID"},
        {"NotYetValidWithinTheSkew", [](auto& c) { c.not_before = kNow + absl::Seconds(60); }, ""},
        {"IssuedInTheFuture", [](auto& c) { c.issued_at = kNow + absl::Seconds(61); },
         "CREDENTIAL_INVALID"},
        {"TenMinutes", [](auto& c) { c.expires_at = kNow + absl::Minutes(10); }, ""},
        {"LongerThanTenMinutes", [](auto& c) { c.expires_at = kNow + absl::Seconds(601); },
         "CREDENTIAL_INVALID"},
        {"LongBecauseBackdated",
         [](auto& c) {
           c.issued_at = kNow - absl::Minutes(9);
           c.expires_at = kNow + absl::Minutes(5);
         },
         "CREDENTIAL_INVALID"},
        {"EndsBeforeItBegins", [](auto& c) { c.expires_at = c.not_before; }, "CREDENTIAL_INVALID"},
    }),
    [](const auto& row) { return row.param.name; });

TEST_F(AuthenticateTest, RefusesHugeTokens) {
  claims_.issuer = std::string(200, 'i');
  std::string json = base::EncodeAccessClaims(claims_);
  json.insert(1, absl::StrCat("\"padding\":\"", std::string(5000, 'x'), "\","));
  EXPECT_THAT(Try(maker_.Sign(json)), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(Try(std::string(1 << 20, 'A')), HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, AcceptsBothOfTwoKeysAndNoThird) {
  const base::SigningKey second = *base::SigningKey::Generate("key-2");
  ASSERT_THAT(keys_.Replace({maker_.key().PublicJwk(), second.PublicJwk()}), IsOk());
  EXPECT_THAT(TryClaims(), IsOk());
  EXPECT_THAT(Try(*second.Sign(base::EncodeAccessClaims(claims_))), IsOk());
  EXPECT_FALSE(keys_.Replace({second.PublicJwk(), second.PublicJwk()}).ok());
  const base::SigningKey third = *base::SigningKey::Generate("key-3");
  EXPECT_FALSE(
      keys_.Replace({maker_.key().PublicJwk(), second.PublicJwk(), third.PublicJwk()}).ok());
}

TEST_F(AuthenticateTest, RemembersATokenNoLongerThanItLives) {
  const std::string bearer = maker_.Bearer(claims_);
  EXPECT_THAT(authenticator_.Authenticate(bearer, kNow), IsOk());
  EXPECT_THAT(authenticator_.Authenticate(bearer, claims_.expires_at), IsOk());
  EXPECT_THAT(authenticator_.Authenticate(bearer, claims_.expires_at + Authenticator::kSkew),
              HasReason("CREDENTIAL_EXPIRED"));
}

TEST_F(AuthenticateTest, ForgetsAWithdrawnKeyWithinAMinute) {
  const std::string bearer = maker_.Bearer(claims_);
  EXPECT_THAT(authenticator_.Authenticate(bearer, kNow), IsOk());
  ASSERT_THAT(keys_.Replace({}), IsOk());
  EXPECT_THAT(authenticator_.Authenticate(bearer, kNow + Authenticator::kRememberedFor),
              HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthenticateTest, RemembersABoundedNumberOfTokens) {
  // More tokens than one shard of the memory holds would still all be verified rightly.
  for (int i = 0; i < 50; ++i) {
    claims_.actor = absl::StrCat("memberships/", i);
    const auto caller = TryClaims();
    ASSERT_THAT(caller, IsOk());
    EXPECT_EQ(caller->claims.actor, claims_.actor);
  }
}

TEST(AuthenticatorOptions, RefuseAnEmptyIssuerOrAudience) {
  EXPECT_FALSE(Authenticator::CheckOptions("", "a").ok());
  EXPECT_FALSE(Authenticator::CheckOptions("i", "").ok());
  EXPECT_TRUE(Authenticator::CheckOptions("i", "a").ok());
}

}  // namespace
}  // namespace argosy::rpc
