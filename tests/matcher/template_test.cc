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

TEST(TemplateTest, OfACosineSpaceIsTheMeanDirectionOfLengthOne) {
  Space cosine = kSpace;
  cosine.metric = Metric::kCosine;
  const std::vector<std::vector<float>> vectors = {{8, 0, 0}, {0, 0, 0.5F}};
  const auto mean = MeanTemplate(cosine, vectors).value().vector;
  EXPECT_FLOAT_EQ(mean[0], std::sqrt(0.5F));
  EXPECT_FLOAT_EQ(mean[1], 0);
  EXPECT_FLOAT_EQ(mean[2], std::sqrt(0.5F));
}

TEST(TemplateTest, AVectorWithoutDirectionIsNoNumberThatIsNotFinite) {
  Space cosine = kSpace;
  cosine.metric = Metric::kCosine;
  const std::vector<std::vector<float>> opposed = {{2, 0, 0}, {-3, 0, 0}, {0, 0, 0}};
  EXPECT_EQ(MeanTemplate(cosine, opposed).value().vector, (std::vector<float>{0, 0, 0}));
}

// Euclidean order of the templates is the order of the cosines of the raw vectors.
RC_GTEST_PROP(TemplateTest, ACosineSpaceOrdersByTheAngleAlone, ()) {
  Space cosine = kSpace;
  cosine.metric = Metric::kCosine;
  const auto draw = [] {
    std::vector<float> vector;
    for (int i = 0; i < 3; ++i) vector.push_back(static_cast<float>(*rc::gen::inRange(1, 1000)));
    return vector;
  };
  const auto cosine_of = [](const std::vector<float>& a, const std::vector<float>& b) {
    double dot = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      dot += double{a[i]} * b[i];
      aa += double{a[i]} * a[i];
      bb += double{b[i]} * b[i];
    }
    return dot / std::sqrt(aa * bb);
  };
  const auto a = draw(), b = draw();
  const auto template_of = [&](const std::vector<float>& vector) {
    return MeanTemplate(cosine, std::span(&vector, 1)).value();
  };
  const double distance = Distance(template_of(a), template_of(b)).value();
  RC_ASSERT(std::abs(distance * distance - 2 * (1 - cosine_of(a, b))) < 1e-5);
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
