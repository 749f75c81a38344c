#include "models/single_thread.h"

#include <gtest/gtest.h>

#include <thread>

namespace homeward {
namespace {

TEST(SingleThreadTest, HoldsForTheCallingThreadAndEndsWithIt) {
  omp_set_num_threads(3);
  {
    const SingleThread alone;
    EXPECT_EQ(omp_get_max_threads(), 1);
  }
  EXPECT_EQ(omp_get_max_threads(), 3);
}

TEST(SingleThreadTest, LeavesOtherThreadsTheirNumber) {
  int before = 0;
  int during = 0;
  std::thread([&] { before = omp_get_max_threads(); }).join();
  const SingleThread alone;
  std::thread([&] { during = omp_get_max_threads(); }).join();
  EXPECT_EQ(during, before);
}

}  // namespace
}  // namespace homeward
