#include "base/crypto.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(Sha256, AgreesWithFips180) {
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(absl::BytesToHexString(Sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(HmacSha256, AgreesWithRfc4231) {
  EXPECT_EQ(absl::BytesToHexString(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      absl::BytesToHexString(HmacSha256(std::string(131, '\xaa'),
                                        "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Blake2b, GivesThirtyTwoBytesThatDependOnAll) {
  EXPECT_EQ(Blake2b("a").size(), 32U);
  EXPECT_NE(Blake2b("a"), Blake2b("b"));
  EXPECT_EQ(Blake2b("a"), Blake2b("a"));
}

TEST(ConstantTimeEquals, ComparesContentAndLength) {
  EXPECT_TRUE(ConstantTimeEquals("", ""));
  EXPECT_TRUE(ConstantTimeEquals("abc", "abc"));
  EXPECT_FALSE(ConstantTimeEquals("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEquals("abc", "ab"));
}

TEST(Base62Crc32, IsTheChecksumInSixCharacters) {
  // The CRC-32 check value of "123456789" is cbf43926, 3421780262.
  EXPECT_EQ(Base62Crc32("123456789"), "3jZRME");
  EXPECT_EQ(Base62Crc32(""), "000000");
}

class SealingTest : public ::testing::Test {
 protected:
  SeededEntropy entropy_{11};
  SealingKey key_ = SealingKey::Generate(entropy_);
};

TEST_F(SealingTest, OpensWhatItSealed) {
  const std::string sealed = key_.Seal("a row", "tenant 1", entropy_);
  EXPECT_EQ(sealed.find("a row"), std::string::npos);
  EXPECT_THAT(key_.Open(sealed, "tenant 1"), IsOkAndHolds("a row"));
  EXPECT_THAT(key_.Open(key_.Seal("", "", entropy_), ""), IsOkAndHolds(""));
}

TEST_F(SealingTest, SealsTheSameTwiceDifferently) {
  EXPECT_NE(key_.Seal("x", "", entropy_), key_.Seal("x", "", entropy_));
}

TEST_F(SealingTest, RefusesAnotherContextAnotherKeyAndEveryChangedByte) {
  const std::string sealed = key_.Seal("a row", "tenant 1", entropy_);
  EXPECT_THAT(key_.Open(sealed, "tenant 2"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(SealingKey::Generate(entropy_).Open(sealed, "tenant 1").ok());
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(key_.Open(changed, "tenant 1").ok()) << i;
    EXPECT_FALSE(key_.Open(sealed.substr(0, i), "tenant 1").ok()) << i;
  }
}

TEST(SealingKey, HasThirtyTwoBytes) {
  EXPECT_FALSE(SealingKey::FromBytes("short").ok());
  EXPECT_THAT(SealingKey::FromBytes(std::string(32, 'k')), IsOk());
}

TEST(SigningKey, SignsWhatItsPublicKeyVerifies) {
  const SigningKey key = *SigningKey::Generate("k1");
  const VerifyingKey verifying = *VerifyingKey::FromJwk(key.PublicJwk());
  EXPECT_EQ(verifying.key_id(), "k1");
  EXPECT_THAT(verifying.Verify(*key.Sign("{}")), IsOkAndHolds("{}"));
}

TEST(SigningKey, SurvivesStorage) {
  const SigningKey key = *SigningKey::Generate("k1");
  const SigningKey again = *SigningKey::FromJwk(key.PrivateJwk());
  EXPECT_THAT(VerifyingKey::FromJwk(key.PublicJwk())->Verify(*again.Sign("x")), IsOkAndHolds("x"));
}

TEST(SigningKey, KeepsThePrivatePartOutOfThePublicJwk) {
  const SigningKey key = *SigningKey::Generate("k1");
  EXPECT_THAT(key.PublicJwk(), ::testing::Not(::testing::HasSubstr("\"d\"")));
  EXPECT_FALSE(SigningKey::FromJwk(key.PublicJwk()).ok());
}

TEST(VerifyingKey, RefusesOtherKeysAndOtherSignatures) {
  const SigningKey key = *SigningKey::Generate("k1");
  const SigningKey other = *SigningKey::Generate("k1");
  const VerifyingKey verifying = *VerifyingKey::FromJwk(key.PublicJwk());
  EXPECT_THAT(verifying.Verify(*other.Sign("x")), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_FALSE(verifying.Verify("").ok());
  for (const char* jwk : {"", "{}", R"({"kty":"oct","kid":"k1","k":"c2VjcmV0"})",
                          R"({"kty":"EC","crv":"P-256","kid":"k1"})"}) {
    EXPECT_FALSE(VerifyingKey::FromJwk(jwk).ok()) << jwk;
  }
}

TEST(ReadJwsHeader, RefusesWhatItCannotTrustToRead) {
  const auto of = [](absl::string_view header) {
    return ReadJwsHeader(absl::StrCat(absl::WebSafeBase64Escape(header), ".e30.x"));
  };
  ASSERT_THAT(of(R"({"alg":"ES256","kid":"a"})"), IsOk());
  EXPECT_EQ(of(R"({"alg":"none","kid":"a"})")->algorithm, "none");
  for (const char* header :
       {"", "[]", "{}", R"({"alg":"ES256"})", R"({"alg":1,"kid":"a"})", R"({"kid":"a"})",
        R"({"alg":"ES256","alg":"none","kid":"a"})", R"({"alg":"ES256","kid":"a","crit":[]})"}) {
    EXPECT_FALSE(of(header).ok()) << header;
  }
  EXPECT_FALSE(ReadJwsHeader("a.b").ok());
  EXPECT_FALSE(ReadJwsHeader(std::string(kCompactJwsBytesMax + 1, 'a')).ok());
}

}  // namespace
}  // namespace argosy::base
