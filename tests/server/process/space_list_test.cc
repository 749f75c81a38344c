#include "server/process/space_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SpaceListTest, TakesIdsWithCommasBetweenThem) {
  EXPECT_THAT(SpaceIds("dlib+mirror,facenet"), ElementsAre("dlib+mirror", "facenet"));
}

TEST(SpaceListTest, PassesOverBlanksAndEmptyPlaces) {
  EXPECT_THAT(SpaceIds(" , a ,\tb,, "), ElementsAre("a", "b"));
  EXPECT_THAT(SpaceIds(""), IsEmpty());
  EXPECT_THAT(SpaceIds(" ,"), IsEmpty());
}

}  // namespace
}  // namespace homeward
