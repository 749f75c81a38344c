#include "matcher/template.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace homeward {
namespace {

const Space kSpace{.id = "three", .model = "none", .dimension = 3};

Template Of(std::vector<float> vector) {
  return {.space_id = "three", .vector = std::move(vector)};
}

TEST(TemplateTest, IsTheMeanOfItsVectorsUnscaled) {
  const std::vector<std::vector<float>> vectors = {{1, 2, 3}, {3, 2, -3}};
  const auto mean = MeanTemplate(kSpace, vectors);
  ASSERT_TRUE(mean);
  EXPECT_EQ(mean->space_id, "three");
  EXPECT_EQ(mean->vector, (std::vector<float>{2, 2, 0}));
}

TEST(TemplateTest, IsMadeOfAtLeastOneVectorOfTheSpacesSize) {
  EXPECT_EQ(MeanTemplate(kSpace, {}).error().reason, Reason::kModelMismatch);
  const std::vector<std::vector<float>> short_vector = {{1, 2, 3}, {1, 2}};
  EXPECT_EQ(MeanTemplate(kSpace, short_vector).error().reason, Reason::kModelMismatch);
}

TEST(TemplateTest, DistanceIsEuclidean) {
  EXPECT_DOUBLE_EQ(Distance(Of({0, 0, 0}), Of({2, 3, 6})).value(), 7.0);
}

TEST(TemplateTest, TemplatesOfDifferentSpacesAreNotCompared) {
  const Template other{.space_id = "other", .vector = {0, 0, 0}};
  EXPECT_EQ(Distance(Of({0, 0, 0}), other).error().reason, Reason::kModelMismatch);
  EXPECT_EQ(Distance(Of({0, 0, 0}), Of({0, 0})).error().reason, Reason::kModelMismatch);
}

RC_GTEST_PROP(TemplateTest, DistanceIsSymmetricAndZeroOnlyForEquals,
              (std::vector<std::int16_t> a)) {
  std::vector<float> x(a.begin(), a.end());
  std::vector<float> y(a.rbegin(), a.rend());
  RC_ASSERT(Distance(Of(x), Of(y)).value() == Distance(Of(y), Of(x)).value());
  RC_ASSERT((Distance(Of(x), Of(y)).value() == 0) == (x == y));
}

}  // namespace
}  // namespace homeward
