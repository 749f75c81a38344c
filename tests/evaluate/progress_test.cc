#include "server/evaluate/progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace homeward {
namespace {

TEST(ProgressTest, SaysHowFarItIsAtEveryWholePercent) {
  std::ostringstream out;
  Progress progress(out, "photos", 1'000);
  for (int i = 0; i < 1'000; ++i) progress.Step();
  const std::string text = out.str();
  EXPECT_EQ(std::ranges::count(text, '\n'), 100);
  EXPECT_TRUE(text.starts_with("photos: 10 of 1000 (1 %)\n"));
  EXPECT_TRUE(text.ends_with("photos: 1000 of 1000 (100 %)\n"));
}

TEST(ProgressTest, SaysSomethingAtEveryStepOfAShortRun) {
  std::ostringstream out;
  Progress progress(out, "searches", 2);
  progress.Step();
  progress.Step();
  EXPECT_EQ(out.str(), "searches: 1 of 2 (50 %)\nsearches: 2 of 2 (100 %)\n");
}

}  // namespace
}  // namespace homeward
