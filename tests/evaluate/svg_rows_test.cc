#include "server/evaluate/svg_rows.h"

#include <gmock/gmock.h>

#include "tests/evaluate/xml_parser.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(SvgRowsTest, DrawsARowForEachGroupAndAGuideAcrossThem) {
  SvgRows rows{.id = "r",
               .axis = ShareAxis("rate", 0.3),
               .rows = {{"a", "1 %", 0.01, Interval{0, 0.02}}, {"<b>", "2 %", 0.02, {}}},
               .guide = 0.01};
  const std::string svg = DrawRows(rows);
  EXPECT_TRUE(IsWellFormedXml(svg));
  EXPECT_THAT(svg, HasSubstr("&lt;b&gt;"));
  EXPECT_THAT(svg, HasSubstr("class=\"guide"));
  rows.guide.reset();
  EXPECT_THAT(DrawRows(rows), Not(HasSubstr("class=\"guide")));
}

TEST(SvgRowsTest, CutsALongNameBetweenLetters) {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "老";
  const std::string svg =
      DrawRows({.id = "r", .axis = ShareAxis("rate", 1), .rows = {{name, "", 0.5, {}}}});
  EXPECT_TRUE(IsWellFormedXml(svg));
  EXPECT_THAT(svg, HasSubstr("老…<"));
  EXPECT_THAT(svg, Not(HasSubstr(name)));
}

}  // namespace
}  // namespace homeward
