#include "models/landmark_forest.h"

#include <dlib/opencv/cv_image.h>
#include <gtest/gtest.h>

#include <spanstream>
#include <string>

#include "tests/models/face_samples.h"

namespace homeward {
namespace {

const std::vector<char>& Weights() {
  static const auto weights =
      testing::ReadFile(testing::WeightsFolder() / "shape_predictor_5_face_landmarks.dat");
  return weights;
}

TEST(LandmarkForestTest, FitsDlibsPointsToTheBitInsideAPictureAndOverItsBorder) {
  std::ispanstream first(Weights());
  const LandmarkForest forest(first);
  std::ispanstream second(Weights());
  dlib::shape_predictor dlib;
  deserialize(dlib, second);
  cv::RNG random(3);
  for (int i = 0; i < 40; ++i) {
    cv::Mat noise(120, 160, CV_8UC3);
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    const dlib::cv_image<dlib::bgr_pixel> image(noise);
    const int left = random.uniform(-60, 150);
    const int top = random.uniform(-60, 110);
    const dlib::rectangle box(left, top, left + random.uniform(5, 150),
                              top + random.uniform(5, 150));
    const auto expected = dlib(image, box);
    const auto got = forest.Fit(image, box);
    ASSERT_EQ(got.size(), expected.num_parts());
    for (unsigned long part = 0; part < got.size(); ++part) {
      EXPECT_EQ(got[part], expected.part(part)) << box;
    }
  }
}

TEST(LandmarkForestTest, RefusesTreesOfAnotherNumberOfPoints) {
  dlib::matrix<float, 0, 1> four(8);
  four = 0;
  std::ostringstream out;
  serialize(dlib::shape_predictor(four, {}, {}), out);
  std::istringstream in(out.str());
  EXPECT_THROW(LandmarkForest{in}, std::invalid_argument);
}

TEST(LandmarkForestTest, RefusesASplitByAFeatureThatThereIsNot) {
  dlib::matrix<float, 0, 1> shape(10);
  shape = 0;
  dlib::impl::regression_tree tree;
  tree.splits = {{.idx1 = 0, .idx2 = 1, .thresh = 0}};
  tree.leaf_values = {shape, shape};
  std::ostringstream out;
  serialize(dlib::shape_predictor(shape, {{tree}}, {{{0, 0}}}), out);
  std::istringstream in(out.str());
  EXPECT_THROW(LandmarkForest{in}, std::invalid_argument);
}

}  // namespace
}  // namespace homeward
