#include "clients/screen/table.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <sstream>

#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

const std::string kName = "records/01arz3ndektsv4rrffq69g5fav";

Table Sample() {
  return {{{"类别"}, {"姓名", 6}, {"照片", 0, true}, {"档案"}},
          {{"走失报告", "欧阳王玉兰", "2", kName}, {"受助人员", "", "11", kName}}};
}

int Widest(const std::string& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, Width(line));
  return widest;
}

TEST(TableTest, AlignsColumnsByWhatTheyTakeOnATerminal) {
  EXPECT_EQ(TableText(Sample(), 80),
            "类别      姓名        照片  档案\n"
            "走失报告  欧阳王玉兰     2  " +
                kName +
                "\n"
                "受助人员                11  " +
                kName + "\n");
}

TEST(TableTest, CutsOnlyTheColumnsThatMayBeCut) {
  const std::string text = TableText(Sample(), 58);
  EXPECT_THAT(text, ::testing::HasSubstr("欧阳…"));
  EXPECT_THAT(text, ::testing::HasSubstr(kName));
  EXPECT_LE(Widest(text), 58);
}

TEST(TableTest, BecomesCardsWhereThePageIsTooNarrow) {
  EXPECT_EQ(TableText(Sample(), 40), "类别  走失报告\n姓名  欧阳王玉兰\n照片  2\n档案  " + kName +
                                         "\n"
                                         "\n类别  受助人员\n照片  11\n档案  " +
                                         kName + "\n");
}

TEST(TableTest, PutsALongValueBelowItsLabelWhole) {
  EXPECT_EQ(TableText({{{"Record name"}}, {{kName}}}, 36), "Record name\n" + kName + "\n");
  EXPECT_EQ(TableText({{{"Record name"}, {"Kind"}}, {{kName, "x"}}}, 36),
            "Record name\n  " + kName + "\nKind         x\n");
}

TEST(TableTest, NeverLeavesThePage) {
  rc::check([] {
    const auto cell = rc::gen::element<std::string>("", "王玉", "示例市救助管理站", "a", kName);
    Table table{{{"Kind"}, {"Name", 4}, {"Unit", 6}, {"Record"}}, {}};
    const int rows = *rc::gen::inRange(0, 5);
    for (int row = 0; row < rows; ++row) {
      table.rows.push_back(*rc::gen::container<std::vector<std::string>>(4, cell));
    }
    const int width = *rc::gen::inRange(40, 120);
    RC_ASSERT(Widest(TableText(table, width)) <= width);
  });
}

}  // namespace
}  // namespace homeward::client
