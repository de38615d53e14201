#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "rpc/rule.h"
#include "tests/contract/contract_rules.h"
#include "tests/contract/contracts.h"
#include "tests/support/status_matchers.h"

namespace argosy::contract {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

TEST(Contracts, CanAllBeServed) {
  // Rules, request types of their own, unary methods, validation within the subset.
  EXPECT_THAT(rpc::MethodTable::Build(Contracts().services()), testing::IsOk());
}

TEST(Contracts, KeepTheRules) { EXPECT_THAT(ContractFaults(Contracts()), IsEmpty()); }

// Breaks every rule; a descriptor made from text has no comments.
constexpr char kLawless[] = R"pb(
  file {
    name: "google/protobuf/timestamp.proto"
    package: "google.protobuf"
    message_type { name: "Timestamp" }
  }
  file {
    name: "x.proto"
    dependency: "google/protobuf/timestamp.proto"
    package: "argosy.x.v1"
    syntax: "proto3"
    enum_type {
      name: "Kind"
      value { name: "KIND_MEDIA" number: 0 }
    }
    message_type {
      name: "PutSpendRequest"
      field { name: "cost" number: 1 label: LABEL_OPTIONAL type: TYPE_DOUBLE }
      field {
        name: "channel"
        number: 2
        label: LABEL_OPTIONAL
        type: TYPE_STRING
        options {
          [buf.validate.field] { string { pattern: "^tenants/[a-z]+$" } }
        }
      }
      field { name: "request_id" number: 3 label: LABEL_OPTIONAL type: TYPE_STRING }
    }
    message_type {
      name: "ListSpendRequest"
      field { name: "page_size" number: 1 label: LABEL_OPTIONAL type: TYPE_INT64 }
      field {
        name: "parent"
        number: 2
        label: LABEL_OPTIONAL
        type: TYPE_STRING
        options {
          [argosy.common.v1.resource_reference] { type: "argosy.dev/Tenant" }
        }
      }
    }
    message_type { name: "Spend" }
    message_type {
      name: "UpdateSpendRequest"
      field { name: "update_mask" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
      field { name: "spend_minor" number: 2 label: LABEL_OPTIONAL type: TYPE_INT64 }
      field { name: "unit_price" number: 3 label: LABEL_OPTIONAL type: TYPE_INT64 }
      field { name: "pay_time" number: 4 label: LABEL_OPTIONAL type: TYPE_INT64 }
      field {
        name: "paid"
        number: 5
        label: LABEL_OPTIONAL
        type: TYPE_MESSAGE
        type_name: ".google.protobuf.Timestamp"
      }
    }
    message_type {
      name: "DeleteSpendRequest"
      field { name: "etag" number: 1 label: LABEL_OPTIONAL type: TYPE_INT64 }
    }
    service {
      name: "SpendService"
      method {
        name: "PutSpend"
        input_type: ".argosy.x.v1.PutSpendRequest"
        output_type: ".argosy.x.v1.Spend"
        options {
          [argosy.common.v1.rule] { mutates: true }
        }
      }
      method {
        name: "ListSpend"
        input_type: ".argosy.x.v1.ListSpendRequest"
        output_type: ".argosy.x.v1.Spend"
      }
      method {
        name: "UpdateSpend"
        input_type: ".argosy.x.v1.UpdateSpendRequest"
        output_type: ".argosy.x.v1.Spend"
      }
      method {
        name: "DeleteSpend"
        input_type: ".argosy.x.v1.DeleteSpendRequest"
        output_type: ".argosy.x.v1.Spend"
      }
    }
  }
)pb";

TEST(Contracts, ThatBreakARuleAreFound) {
  google::protobuf::FileDescriptorSet set;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(kLawless, &set));
  const Contracts lawless(set);
  EXPECT_THAT(ContractFaults(lawless),
              IsSupersetOf({
                  "argosy.x.v1.SpendService: no comment",
                  "argosy.x.v1.SpendService.PutSpend: no comment",
                  "argosy.x.v1.SpendService.PutSpend: no required request_id",
                  "argosy.x.v1.SpendService.ListSpend: no pages",
                  "argosy.x.v1.ListSpendRequest.parent: anything behind the tenant's name passes",
                  "argosy.x.v1.Spend: no comment",
                  "argosy.x.v1.PutSpendRequest.cost: no comment",
                  "argosy.x.v1.PutSpendRequest.cost: floating point",
                  "argosy.x.v1.PutSpendRequest.channel: the tenant walk does not see it",
                  "argosy.x.v1.SpendService.UpdateSpend: no update_mask",
                  "argosy.x.v1.SpendService.UpdateSpend: no etag",
                  "argosy.x.v1.SpendService.DeleteSpend: no etag",
                  "argosy.x.v1.UpdateSpendRequest.spend_minor: an amount without its currency",
                  "argosy.x.v1.UpdateSpendRequest.unit_price: money is not Money",
                  "argosy.x.v1.UpdateSpendRequest.pay_time: an instant is no Timestamp",
                  "argosy.x.v1.UpdateSpendRequest.paid: not called an instant",
                  "argosy.x.v1.Kind: no comment",
                  "argosy.x.v1.Kind: does not begin with _UNSPECIFIED",
                  "argosy.x.v1.KIND_MEDIA: no comment",
              }));
  EXPECT_FALSE(rpc::MethodTable::Build(lawless.services()).ok()) << "a method has no rule";
}

}  // namespace
}  // namespace argosy::contract
