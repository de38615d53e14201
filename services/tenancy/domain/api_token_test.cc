#include "services/tenancy/domain/api_token.h"

#include <string>

#include "base/crypto.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::HasReason;
using ::argosy::testing::IsFault;
using ::argosy::testing::IsOkAndHolds;
using ::testing::MatchesRegex;

constexpr uint64_t kSeed = 20260309;
const absl::Time kNow = absl::FromUnixSeconds(1'772'000'000);

ApiTokenId IdOf(base::EntropySource& entropy) {
  return ApiTokenId(base::Uuid::FromBytes(entropy.Bytes(base::Uuid::kBytes)).value());
}

TEST(FormatApiToken, HasTheFormAScannerKnows) {
  base::SeededEntropy entropy(kSeed);
  const std::string token = FormatApiToken("dev", IdOf(entropy), entropy.Bytes(kTokenSecretBytes));
  EXPECT_EQ(token.size(), 87U);
  EXPECT_THAT(token, MatchesRegex("argosy_dev_api_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}"));
  EXPECT_EQ(base::Base62Crc32(token.substr(0, token.size() - 6)), token.substr(token.size() - 6));
}

TEST(FormatApiToken, KeepsEveryBitOfIdAndSecret) {
  const ApiTokenId all_ones(base::Uuid::FromBytes(std::string(16, '\xff')).value());
  const std::string token = FormatApiToken("dev", all_ones, std::string(32, '\xff'));
  EXPECT_THAT(ReadApiToken("dev", token), IsOkAndHolds(all_ones));
  EXPECT_NE(token, FormatApiToken("dev", all_ones, std::string(31, '\xff') + '\xfe'));
}

TEST(ReadApiToken, GivesBackTheId) {
  base::SeededEntropy entropy(kSeed);
  for (int i = 0; i < 200; ++i) {
    const ApiTokenId id = IdOf(entropy);
    EXPECT_THAT(ReadApiToken("prod", FormatApiToken("prod", id, entropy.Bytes(kTokenSecretBytes))),
                IsOkAndHolds(id))
        << "seed " << kSeed << ", round " << i;
  }
}

TEST(ReadApiToken, RefusesEveryAlteredCharacter) {
  base::SeededEntropy entropy(kSeed);
  const std::string good = FormatApiToken("dev", IdOf(entropy), entropy.Bytes(kTokenSecretBytes));
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'x' ? 'y' : 'x';
    EXPECT_THAT(ReadApiToken("dev", bad),
                IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_INVALID")))
        << "position " << i;
  }
}

TEST(ReadApiToken, RefusesOtherEnvironmentsAndForms) {
  base::SeededEntropy entropy(kSeed);
  const std::string good = FormatApiToken("dev", IdOf(entropy), entropy.Bytes(kTokenSecretBytes));
  EXPECT_THAT(ReadApiToken("prod", good), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(ReadApiToken("dev", ""), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(ReadApiToken("dev", "x"), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(ReadApiToken("dev", std::string(5000, 'a')), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(ReadApiToken("dev", good + "_" + good), HasReason("CREDENTIAL_INVALID"));
  // An id beyond 128 bits, with a checksum that is right.
  const std::string body = "argosy_dev_api_" + std::string(22, 'z') + "_" + std::string(43, '0');
  EXPECT_THAT(ReadApiToken("dev", body + base::Base62Crc32(body)), HasReason("CREDENTIAL_INVALID"));
}

TEST(TokenDigest, DependsOnPepperAndText) {
  EXPECT_EQ(TokenDigest("pepper", "token").size(), 32U);
  EXPECT_NE(TokenDigest("pepper", "token"), TokenDigest("other", "token"));
  EXPECT_NE(TokenDigest("pepper", "token"), TokenDigest("pepper", "token2"));
}

TEST(DecideExpiry, HoldsTheLimits) {
  EXPECT_THAT(DecideExpiry(std::nullopt, kNow), IsOkAndHolds(kNow + kTokenLifetimeDefault));
  EXPECT_THAT(DecideExpiry(kNow + kTokenLifetimeMin, kNow), IsOkAndHolds(kNow + kTokenLifetimeMin));
  EXPECT_THAT(DecideExpiry(kNow + kTokenLifetimeMax, kNow), IsOkAndHolds(kNow + kTokenLifetimeMax));
  EXPECT_THAT(DecideExpiry(kNow + kTokenLifetimeMin - absl::Microseconds(1), kNow),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(DecideExpiry(kNow + kTokenLifetimeMax + absl::Microseconds(1), kNow),
              HasReason("FIELD_INVALID"));
}

TEST(CheckUsable, EndsAtTheInstantAndOnRevocation) {
  const ApiToken token{.expire_time = kNow};
  EXPECT_OK(CheckUsable(token, kNow - absl::Microseconds(1)));
  EXPECT_THAT(CheckUsable(token, kNow),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_EXPIRED")));
  const ApiToken revoked = Revoke(token, kNow - absl::Hours(2));
  EXPECT_THAT(CheckUsable(revoked, kNow - absl::Hours(1)), HasReason("CREDENTIAL_INVALID"));
  EXPECT_EQ(Revoke(revoked, kNow), revoked);
}

TEST(CheckEnvironment, IsShortLowerCase) {
  EXPECT_OK(CheckEnvironment("dev"));
  for (const std::string bad : {"", "d", "Dev", "de_v", "abcdefghijklmnopq"}) {
    EXPECT_THAT(CheckEnvironment(bad), HasReason("FIELD_INVALID")) << bad;
  }
}

}  // namespace
}  // namespace argosy::tenancy
