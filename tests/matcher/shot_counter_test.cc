#include "matcher/shot_counter.h"

#include <gtest/gtest.h>

#include <random>

namespace homeward {
namespace {

// Prints of different numbers show different photographs.
FacePrint PrintNumber(int number) {
  std::mt19937 random(static_cast<unsigned>(number));
  FacePrint print;
  for (auto& value : print.values) value = static_cast<std::uint8_t>(random());
  return print;
}

TEST(ShotCounterTest, GivesCopiesTheNumberOfTheFirst) {
  ShotCounter counter;
  EXPECT_EQ(counter.Number(PrintNumber(1)), 1);
  EXPECT_EQ(counter.Number(PrintNumber(2)), 2);
  EXPECT_EQ(counter.Number(PrintNumber(1)), 1);
  EXPECT_EQ(counter.Number(PrintNumber(3)), 3);
}

TEST(ShotCounterTest, AFaceWithoutAPrintIsAPhotographOfItsOwn) {
  ShotCounter counter;
  EXPECT_EQ(counter.Number(std::nullopt), 1);
  EXPECT_EQ(counter.Number(std::nullopt), 2);
}

TEST(ShotCounterTest, GoesOnBehindThoseThatHaveTheirNumbers) {
  ShotCounter counter;
  counter.Add(PrintNumber(1), 4);
  counter.Add(PrintNumber(2), 0);
  EXPECT_EQ(counter.Number(PrintNumber(1)), 4);
  EXPECT_EQ(counter.Number(PrintNumber(2)), 5) << "one without a number is nobody's copy";
}

}  // namespace
}  // namespace homeward
