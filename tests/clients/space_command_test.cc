#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;

class SpaceCommandTest : public ProgramTest {
 protected:
  SpaceCommandTest() {
    service_.handlers.list_spaces = [](const auto&, v1::ListSpacesResponse* response) {
      v1::Space& old = *response->add_spaces();
      old.set_id("dlib+mirror");
      old.set_active(true);
      old.set_filled_face_count(10'000);
      old.set_face_count(10'000);
      v1::Space& next = *response->add_spaces();
      next.set_id("own");
      next.set_filled_face_count(9'999);
      next.set_face_count(10'000);
      return grpc::Status::OK;
    };
  }
};

TEST_F(SpaceCommandTest, TellsWhichSpaceIsComparedInAndHowFarTheOtherIs) {
  const Result listed = Run({"space", "list", "--output", "table"});
  EXPECT_EQ(listed.code, 0);
  EXPECT_THAT(listed.out, HasSubstr("10000 / 10000 (100 %)"));
  EXPECT_THAT(listed.out, HasSubstr("9999 / 10000 (99 %)"));
  const Result chinese = Run({"space", "list", "--output", "table", "--lang", "zh"});
  EXPECT_THAT(chinese.out, HasSubstr("特征空间"));
}

TEST_F(SpaceCommandTest, GivesProgramsARowASpace) {
  EXPECT_THAT(Run({"space", "list", "--output", "csv"}).out, HasSubstr("own,false,9999,10000,"));
}

}  // namespace
}  // namespace homeward::client
