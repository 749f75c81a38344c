#include "server/process/loopback.h"

#include <gmock/gmock.h>

namespace homeward {
namespace {

using ::testing::HasSubstr;

TEST(LoopbackTest, TakesAddressesOfThisMachineAlone) {
  EXPECT_EQ(LoopbackAddress("127.0.0.1:0").value(), "127.0.0.1:0");
  EXPECT_EQ(LoopbackAddress("127.8.8.8:65535").value(), "127.8.8.8:65535");
  EXPECT_EQ(LoopbackAddress("[::1]:50450").value(), "[::1]:50450");
  EXPECT_EQ(LoopbackAddress("localhost:1").value(), "127.0.0.1:1");
}

TEST(LoopbackTest, RefusesWhatOthersCanReachInWords) {
  for (const auto* address : {"0.0.0.0:1", "[::]:1", ":1", "192.168.1.5:1", "128.0.0.1:1",
                              "126.0.0.1:1", "127.example:1", "*:1", "unix:/tmp/x:1", "127.1:1"}) {
    const auto refused = LoopbackAddress(address);
    ASSERT_FALSE(refused) << address;
    EXPECT_EQ(refused.error().reason, Reason::kConfigInvalid);
    EXPECT_THAT(refused.error().message, HasSubstr("loopback")) << address;
  }
}

TEST(LoopbackTest, RefusesWhatIsNoAddress) {
  for (const auto* address :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:http"}) {
    EXPECT_FALSE(LoopbackAddress(address)) << address;
  }
}

}  // namespace
}  // namespace homeward
