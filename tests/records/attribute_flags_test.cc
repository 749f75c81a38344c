#include "server/records/attribute_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum AttributeFlag;

Record About(const Person& person) {
  Record record;
  record.person = person;
  return record;
}

Person Named(const std::string& name, const std::vector<std::string>& aliases = {}) {
  Person person;
  person.claimed_name = name;
  person.aliases = aliases;
  return person;
}

TEST(AttributeFlagsTest, SaysNothingAboutWhatIsUnknown) {
  Person known = Named("Li Hua", {"Old Li"});
  known.sex = Sex::kMale;
  known.age_min = known.age_max = 30;
  known.age_date = Date{2026, 1, 1};
  known.accent = "Sichuan";
  EXPECT_THAT(AttributeFlagsOf(About(known), About({})), IsEmpty());
  EXPECT_THAT(AttributeFlagsOf(About({}), About(known)), IsEmpty());
  EXPECT_THAT(AttributeFlagsOf(About({}), About({})), IsEmpty());
}

struct NameCase {
  Person one;
  Person other;
  bool differ;
};

TEST(AttributeFlagsTest, ComparesEveryNameWithEveryName) {
  for (const NameCase& each : {
           NameCase{Named("李华"), Named("李华"), false},
           NameCase{Named("李华"), Named("李　华 "), false},
           NameCase{Named("Li Hua"), Named("li hua"), false},
           NameCase{Named("李华"), Named("李花"), true},
           NameCase{Named("李华", {"小李"}), Named("王五", {"老王", "小李"}), false},
           NameCase{Named("李华"), Named("王五", {"李华"}), false},
           NameCase{Named("", {"小李"}), Named("小李"), false},
           NameCase{Named("", {"小李"}), Named("老王"), true},
           NameCase{Named(" "), Named("老王"), false},
       }) {
    EXPECT_EQ(AttributeFlagsOf(About(each.one), About(each.other)).size(), each.differ ? 1U : 0U)
        << each.one.claimed_name << " and " << each.other.claimed_name;
    EXPECT_EQ(AttributeFlagsOf(About(each.other), About(each.one)).size(), each.differ ? 1U : 0U);
  }
}

TEST(AttributeFlagsTest, ComparesSexesWhereBothAreStated) {
  Person woman;
  woman.sex = Sex::kFemale;
  Person man;
  man.sex = Sex::kMale;
  EXPECT_THAT(AttributeFlagsOf(About(woman), About(man)), ElementsAre(kSexDiffers));
  EXPECT_THAT(AttributeFlagsOf(About(woman), About(woman)), IsEmpty());
}

TEST(AttributeFlagsTest, ComparesYearsOfBirthHoweverTheyAreKnown) {
  const auto aged = [](int min, int max, int year) {
    Person person;
    person.age_min = min;
    person.age_max = max;
    person.age_date = Date{year, 1, 1};
    return person;
  };
  Person born_1960;
  born_1960.birth_date = Date{1960, 5, 0};
  EXPECT_THAT(AttributeFlagsOf(About(born_1960), About(aged(60, 70, 2026))), IsEmpty());
  EXPECT_THAT(AttributeFlagsOf(About(born_1960), About(aged(40, 50, 2026))),
              ElementsAre(kAgeDiffers));
  EXPECT_THAT(AttributeFlagsOf(About(aged(20, 25, 2000)), About(aged(45, 50, 2026))), IsEmpty());
  EXPECT_THAT(AttributeFlagsOf(About(aged(20, 25, 2026)), About(aged(45, 50, 2026))),
              ElementsAre(kAgeDiffers));
  EXPECT_THAT(AttributeFlagsOf(About(aged(45, 50, 2026)), About(aged(20, 25, 2026))),
              ElementsAre(kAgeDiffers));
}

TEST(AttributeFlagsTest, TakesAnAccentForPartOfAMoreExactOne) {
  Person one;
  one.accent = "四川";
  Person other;
  other.accent = "四川口音";
  EXPECT_THAT(AttributeFlagsOf(About(one), About(other)), IsEmpty());
  other.accent = "河南";
  EXPECT_THAT(AttributeFlagsOf(About(one), About(other)), ElementsAre(kAccentDiffers));
}

}  // namespace
}  // namespace homeward
