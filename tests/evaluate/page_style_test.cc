#include "server/evaluate/page_style.h"

#include <gmock/gmock.h>

#include <string>

#include "server/evaluate/svg_plot.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

TEST(PageStyleTest, HasAColourForEveryStyleOfALineAndMark) {
  for (int i = 0; i < kPlotStyles; ++i) {
    EXPECT_THAT(kPageStyle, HasSubstr(".s" + std::to_string(i) + " { stroke: var(--"));
    EXPECT_THAT(kPageStyle, HasSubstr(".mark.s" + std::to_string(i) + " { fill: var(--"));
  }
}

TEST(PageStyleTest, IsNoMarkup) {
  EXPECT_EQ(kPageStyle.find_first_of("<&"), std::string_view::npos);
}

}  // namespace
}  // namespace homeward
