#include <gmock/gmock.h>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

OperatingPointEntry PointNamed(const std::string& name, const std::string& space = kSpaceA) {
  OperatingPointEntry entry;
  entry.point = {.name = name,
                 .space_id = space,
                 .threshold = 0.371,
                 .fpir = 0.01,
                 .gallery_size = 1200,
                 .data = "本站 2019–2025 年照片",
                 .measured_on = "2026-11-20",
                 .chance = 0.0062};
  entry.creator = "station";
  entry.created = At(1'700'000'000);
  return entry;
}

OperatingPointEntry MeasuredPoint(const std::string& name) {
  OperatingPointEntry entry = PointNamed(name);
  entry.false_alarms = MeasuredRate{.rate = 0.0095, .low = 0.005, .high = 0.016, .searches = 1100};
  entry.misses = MeasuredRate{.rate = 0.27, .low = 0.2, .high = 0.35, .searches = 150};
  entry.set_sha256.emplace().fill(0x5a);
  return entry;
}

Activation ActivationOf(const std::string& point, const std::string& space,
                        const std::string& purpose) {
  return {.point = point,
          .space_id = space,
          .at = At(1'700'000'100),
          .caller = "station",
          .purpose = purpose};
}

void ExpectSame(const OperatingPointEntry& read, const OperatingPointEntry& added) {
  EXPECT_EQ(read.point.name, added.point.name);
  EXPECT_EQ(read.point.space_id, added.point.space_id);
  EXPECT_EQ(read.point.threshold, added.point.threshold);
  EXPECT_EQ(read.point.fpir, added.point.fpir);
  EXPECT_EQ(read.point.chance, added.point.chance);
  EXPECT_EQ(read.point.gallery_size, added.point.gallery_size);
  EXPECT_EQ(read.point.data, added.point.data);
  EXPECT_EQ(read.point.measured_on, added.point.measured_on);
  EXPECT_EQ(read.false_alarms, added.false_alarms);
  EXPECT_EQ(read.misses, added.misses);
  EXPECT_EQ(read.set_sha256, added.set_sha256);
  EXPECT_EQ(read.creator, added.creator);
  EXPECT_EQ(read.created, added.created);
}

std::vector<std::string> NamesOf(const std::vector<SequencedOperatingPoint>& points) {
  std::vector<std::string> names;
  for (const SequencedOperatingPoint& each : points) names.push_back(each.entry.point.name);
  return names;
}

TEST_P(StoreContractTest, FindsAnOperatingPointAsItWasAdded) {
  const OperatingPointEntry plain = PointNamed("plain");
  const OperatingPointEntry measured = MeasuredPoint("measured");
  Do([&](UnitOfWork& work) {
    Must(work.AddOperatingPoint(plain));
    Must(work.AddOperatingPoint(measured));
    ExpectSame(*Must(work.FindOperatingPoint("plain")), plain);
    EXPECT_FALSE(Must(store().FindOperatingPoint("plain")).has_value());
  });
  Reopen();
  ExpectSame(*Must(store().FindOperatingPoint("plain")), plain);
  ExpectSame(*Must(store().FindOperatingPoint("measured")), measured);
  EXPECT_FALSE(Must(store().FindOperatingPoint("other")).has_value());
  EXPECT_EQ(Must(store().LastChange()), 0) << "what can be searched did not change";
}

TEST_P(StoreContractTest, RefusesASecondOperatingPointOfANameAndKeepsTheFirst) {
  const OperatingPointEntry first = PointNamed("lfw");
  Do([&](UnitOfWork& work) { Must(work.AddOperatingPoint(first)); });
  Do([&](UnitOfWork& work) {
    EXPECT_EQ(Outcome(work.AddOperatingPoint(MeasuredPoint("lfw"))), "OPERATING_POINT_EXISTS");
    Must(work.AddOperatingPoint(PointNamed("after a refusal")));
  });
  ExpectSame(*Must(store().FindOperatingPoint("lfw")), first);
  EXPECT_TRUE(Must(store().FindOperatingPoint("after a refusal")).has_value());
}

TEST_P(StoreContractTest, ListsOperatingPointsNewestFirstInPages) {
  Do([&](UnitOfWork& work) {
    for (const char* name : {"c", "a", "b"}) Must(work.AddOperatingPoint(PointNamed(name)));
  });
  EXPECT_THAT(NamesOf(Must(store().ListOperatingPoints({}))), ElementsAre("b", "a", "c"));
  const auto newest = Must(store().ListOperatingPoints({.size = 2}));
  EXPECT_THAT(NamesOf(newest), ElementsAre("b", "a"));
  EXPECT_THAT(
      NamesOf(Must(store().ListOperatingPoints({.size = 2, .before = newest.back().sequence}))),
      ElementsAre("c"));
}

TEST_P(StoreContractTest, KnowsTheLastActivationOfAll) {
  EXPECT_FALSE(Must(store().FindLastActivation()).has_value());
  const Activation first = ActivationOf("one", kSpaceA, "trial");
  const Activation second = ActivationOf("two", kSpaceA, "better");
  const Activation elsewhere = ActivationOf("far", kSpaceB, "other");
  for (const Activation& each : {first, second, elsewhere}) {
    Do([&](UnitOfWork& work) { Must(work.AddActivation(each)); });
  }
  EXPECT_EQ(Must(store().FindLastActivation()), elsewhere);
  Do([&](UnitOfWork& work) {
    Must(work.AddActivation(first));
    EXPECT_EQ(Must(work.FindLastActivation()), first);
    EXPECT_EQ(Must(store().FindLastActivation()), elsewhere);
  });
  EXPECT_EQ(Must(store().FindLastActivation()), first);
}

TEST_P(StoreContractTest, ListsTheActivationsOfAPointNewestFirst) {
  const Activation trial = ActivationOf("one", kSpaceA, "trial");
  const Activation again = ActivationOf("one", kSpaceA, "again");
  Do([&](UnitOfWork& work) {
    Must(work.AddActivation(trial));
    Must(work.AddActivation(ActivationOf("two", kSpaceA, "better")));
    Must(work.AddActivation(again));
  });
  EXPECT_THAT(Must(store().ListActivations("one", 10)), ElementsAre(again, trial));
  EXPECT_THAT(Must(store().ListActivations("one", 1)), ElementsAre(again));
  EXPECT_THAT(Must(store().ListActivations("three", 10)), IsEmpty());
}

}  // namespace
}  // namespace homeward
