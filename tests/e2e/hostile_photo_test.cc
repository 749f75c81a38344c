// Promise: every hostile photo gets a typed answer, and the server goes on serving.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "homeward/v1/error_reason.pb.h"
#include "matcher/photo.h"
#include "tests/testing/photo_corpus.h"
#include "tests/testing/service_client.h"

namespace homeward::testing {
namespace {

// The reason in the ErrorInfo of `status`, or an empty text.
std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return {};
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return {};
}

TEST(HostilePhotoTest, EachGetsATypedAnswerAndTheServerGoesOn) {
  TemporaryFolder folder;
  const auto server = ServerProcess::Start(folder.path() / "data");
  ASSERT_NE(server, nullptr);
  const ServiceClient client(*server);
  const auto photos = HostilePhotos();
  ASSERT_GE(photos.size(), 300u);
  std::set<std::string> families;
  std::map<std::string, int> pictures;  // by family: those that decode, and cost a whole cascade
  for (const HostilePhoto& photo : photos) {
    families.insert(photo.family);
    if (DecodePhoto(photo.bytes) && ++pictures[photo.family] > 2) continue;
    v1::AnalyzePhotoRequest request;
    request.set_data(std::string(photo.bytes.begin(), photo.bytes.end()));
    v1::AnalyzePhotoResponse response;
    const auto status = client.match().AnalyzePhoto(server->Context().get(), request, &response);
    if (status.ok()) continue;  // odd, and still a picture
    v1::ErrorReason reason;
    EXPECT_TRUE(v1::ErrorReason_Parse(ReasonOf(status), &reason))
        << photo.name << ": " << status.error_message();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << photo.name;
  }
  EXPECT_GE(families.size(), 14u);
  EXPECT_EQ(server->Terminate(), 0);
}

}  // namespace
}  // namespace homeward::testing
