#include "server/api/rpc_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "homeward/v1/match_service.pb.h"
#include "homeward/v1/operating_point_service.pb.h"
#include "homeward/v1/record_service.pb.h"

namespace homeward {
namespace {

TEST(RpcTableTest, HoldsEveryMethodOfTheContractOnce) {
  std::vector<std::string> contract;
  for (const auto* file :
       {v1::CreateRecordRequest::descriptor()->file(), v1::SearchFacesRequest::descriptor()->file(),
        v1::CreateOperatingPointRequest::descriptor()->file()}) {
    for (int service = 0; service < file->service_count(); ++service) {
      for (int method = 0; method < file->service(service)->method_count(); ++method) {
        contract.push_back(file->service(service)->method(method)->name());
      }
    }
  }
  std::vector<std::string> table;
  for (const RpcMethod& method : kRpcTable) table.emplace_back(method.name);
  EXPECT_THAT(table, ::testing::UnorderedElementsAreArray(contract));
}

// Whoever takes photos takes the largest that the contract allows; nobody else takes much.
TEST(RpcTableTest, LimitsMessagesByWhetherTheyCarryPhotos) {
  for (const RpcMethod& method : kRpcTable) {
    const bool takes_photos = method.name == "CreateRecord" || method.name == "CreatePhoto" ||
                              method.name == "SearchFaces" || method.name == "CompareFaces" ||
                              method.name == "AnalyzePhoto" || method.name == "StreamFaceSearches";
    if (takes_photos) {
      EXPECT_TRUE(CheckMessageSize(method, (20u << 20) + 4096)) << method.name;
    } else {
      EXPECT_FALSE(CheckMessageSize(method, (256u << 10) + 1)) << method.name;
    }
  }
  EXPECT_TRUE(CheckMessageSize(kRpcTable[Rpc("CreateRecord")], (25u << 20) + (512u << 10)));
}

TEST(RpcTableTest, SaysWhatIsTooLarge) {
  const auto refused = CheckMessageSize(kRpcTable[Rpc("GetRecord")], 300'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::kRequestTooLarge);
  EXPECT_EQ(refused.error().metadata.at("limit"), "262144");
}

}  // namespace
}  // namespace homeward
