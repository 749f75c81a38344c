// Rows of a conformance table of quality.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "matcher/face.h"
#include "matcher/quality_measure.h"

namespace homeward::testing {

struct ExpectedComponent {
  double native;
  int score;  // -1: not assessable
};

// In the order of kQualityMeasures.
using ExpectedComponents = std::array<ExpectedComponent, kQualityMeasures.size()>;

// As a row of the table, to be read beside the expected one.
inline std::string RowText(const Quality& quality) {
  std::string text;
  for (const QualityComponent& each : quality.components) {
    text += fmt::format("{{{:.4g}, {}}}, ", each.native, each.score.value_or(-1));
  }
  return text;
}

// Natives within 3 % and 0.03 units, scores within 2: decoders and compilers round differently.
inline void ExpectComponents(const Quality& quality, const ExpectedComponents& expected,
                             const std::string& photo) {
  ASSERT_EQ(quality.components.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const QualityComponent& got = quality.components[i];
    const int least = expected[i].score < 0 ? -1 : std::max(0, expected[i].score - 2);
    const int most = expected[i].score < 0 ? -1 : expected[i].score + 2;
    const double tolerance = 0.03 * std::abs(expected[i].native) + 0.03;
    EXPECT_NEAR(static_cast<double>(got.native), expected[i].native, tolerance)
        << photo << ", measure " << i << "; row: " << RowText(quality);
    EXPECT_GE(got.score.value_or(-1), least) << photo << ", measure " << i;
    EXPECT_LE(got.score.value_or(-1), most) << photo << ", measure " << i;
  }
}

}  // namespace homeward::testing
