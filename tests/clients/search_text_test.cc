#include "clients/screen/search_text.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <sstream>

#include "clients/screen/text_width.h"
#include "tests/clients/sample_search.h"

namespace homeward::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Page English(int width = 80) { return {Catalogue(Language::kEnglish), width}; }
Page Chinese(int width = 80) { return {Catalogue(Language::kChinese), width}; }

int Widest(const std::string& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, Width(line));
  return widest;
}

TEST(SearchTextTest, TellsCandidatesAccountAndWhoDecides) {
  EXPECT_EQ(SearchText(SampleSearch(), English()),
            "Candidates above the operating point (one false alarm in about 100 searches): 1.\n"
            "Nearest first; a smaller distance means more alike:\n"
            " 1  0.312  above the operating point · missing report · 王玉 · 示例县公安局\n"
            "           records/01arz3ndektsv4rrffq69g5fav\n"
            "           about one search in 320 (one in 130 to one in 1000) for somebody who\n"
            "           is not there shows a face this alike\n"
            "           does not agree: age\n"
            " 2  0.490  below the operating point · stranded person · name not known\n"
            "           records/11arz3ndektsv4rrffq69g5fav\n"
            "           no more alike than strangers are\n"
            "Compared 17 of 20 records; not compared: 2 outside the filter, 1 without a\n"
            "usable face.\n"
            "These are leads, not findings. People decide who somebody is.\n"
            "This search is kept as searches/01arz3ndektsv4rrffq69g5fax.\n");
}

TEST(SearchTextTest, TellsThePlaceOfACandidateInEachSpaceOfAFusedSearch) {
  v1::Search search = SampleSearch();
  v1::Candidate& first = *search.mutable_candidates(0);
  for (const char* const space : {"one", "other"}) first.add_placings()->set_space(space);
  first.mutable_placings(0)->set_rank(3);
  search.mutable_comparison()->set_compared_in_part_count(2);
  const std::string text = SearchText(search, English());
  EXPECT_THAT(text, HasSubstr("Most alike first, by all face models together:\n"));
  EXPECT_THAT(text, HasSubstr("place by each face model: 3 (one), far down (other)\n"));
  EXPECT_THAT(text, HasSubstr("2 of them by some of the face models only."));
  const std::string chinese = SearchText(search, Chinese());
  EXPECT_THAT(chinese, HasSubstr("各人脸模型名次：第 3 位（one）、百位以后（other）"));
  EXPECT_THAT(chinese, HasSubstr("其中 2 份只用部分人脸模型比对。"));
}

TEST(SearchTextTest, SaysAtMostWhereLessWasNeverMeasured) {
  v1::Search search = SampleSearch();
  search.mutable_candidates(0)->mutable_evidence()->set_stranger_rate_min(0);
  EXPECT_THAT(SearchText(search, English()), HasSubstr("at most about one search in 130 for"));
  EXPECT_THAT(SearchText(search, Chinese()), HasSubstr("至多约每 130 次检索"));
}

TEST(SearchTextTest, FindsNothingSpecialWhereTheIntervalReachesEverySearch) {
  v1::Search search = SampleMiss();
  v1::Evidence& evidence = *search.mutable_candidates(0)->mutable_evidence();
  evidence.set_stranger_rate(0.4);
  evidence.set_stranger_rate_min(0.1);
  evidence.set_stranger_rate_max(1);
  EXPECT_THAT(SearchText(search, English()), Not(HasSubstr("about one search in")));
}

// Answers kept from before there was one.
TEST(SearchTextTest, TellsTheRateAloneWhereNoIntervalIsKnown) {
  v1::Search search = SampleSearch();
  v1::Evidence& evidence = *search.mutable_candidates(0)->mutable_evidence();
  evidence.set_stranger_rate_min(0);
  evidence.set_stranger_rate_max(1);
  EXPECT_THAT(SearchText(search, English()), HasSubstr("at most about one search in 320 for"));
}

TEST(SearchTextTest, SaysHowManySuchSearchesMissAndWhatWouldHelp) {
  v1::Search search = SampleMiss();
  EXPECT_THAT(SearchText(search, English()), Not(HasSubstr("What would help")));
  v1::Outlook& outlook = *search.mutable_outlook();
  outlook.set_expected_miss_rate(0.31);
  outlook.add_notices(v1::CHILD_TO_ADULT);
  outlook.add_advice(v1::LATER_PHOTO);
  outlook.add_advice(v1::MORE_PHOTOS);
  EXPECT_EQ(
      OutlookText(outlook, English(200)),
      "Even if the person is among the compared, about 3 of 10 such searches do not put them "
      "forward.\n"
      "The photo shows a child who is grown up by now: look through the list, hardly any such "
      "search puts the person forward.\n"
      "What would help most: a later photo, several photos of different occasions.\n");
  EXPECT_THAT(SearchText(search, Chinese(200)),
              HasSubstr("这样的检索每 10 次约有 3 次不会把他列为候选"));
  outlook.set_expected_miss_rate(0.04);
  EXPECT_THAT(OutlookText(outlook, English(200)), HasSubstr("fewer than one of 10"));
  outlook.set_expected_miss_rate(0.96);
  EXPECT_THAT(OutlookText(outlook, English(200)), HasSubstr("nearly all"));
}

TEST(SearchTextTest, SpeaksChineseOnANarrowTerminal) {
  EXPECT_EQ(SearchText(SampleSearch(), Chinese(50)),
            "达到判定线（约每 100 次检索误报 1 次）的候选人员：\n"
            "1 名。\n"
            "按距离从近到远排列，距离越小越相像：\n"
            " 1  0.312  达到判定线 · 走失报告 · 王玉\n"
            "           示例县公安局\n"
            "           records/01arz3ndektsv4rrffq69g5fav\n"
            "           若此人不在库中，约每 320 次检索（130 至\n"
            "           1000 次之间）有 1 次会出现同样相似的人\n"
            "           脸\n"
            "           不一致：年龄\n"
            " 2  0.490  未达到判定线 · 受助人员 · 姓名不详\n"
            "           records/11arz3ndektsv4rrffq69g5fav\n"
            "           与陌生人之间的相似程度无异\n"
            "应比对 20 份档案，已比对 17 份；未比对：2 份不符合\n"
            "筛选条件、1 份没有可用人脸。\n"
            "以上只是线索，不是结论。是不是本人，由工作人员核实\n"
            "认定。\n"
            "本次比对已留存：\n"
            "searches/01arz3ndektsv4rrffq69g5fax\n");
}

TEST(SearchTextTest, SaysNoCandidateInWordsAndStillListsTheNearest) {
  const std::string text = SearchText(SampleMiss(), English());
  EXPECT_THAT(text, HasSubstr("No candidate: nobody is above the operating point"));
  EXPECT_THAT(text, HasSubstr(" 1  0.452  below the operating point"));
  EXPECT_THAT(SearchText(SampleMiss(), Chinese()), HasSubstr("无候选：没有人达到判定线"));
}

TEST(SearchTextTest, SaysThatThereWasNobodyToCompareWith) {
  v1::Search search;
  search.set_no_candidate(true);
  const std::string text = SearchText(search, English());
  EXPECT_THAT(text, HasSubstr("No candidate"));
  EXPECT_THAT(text, HasSubstr("Compared 0 of 0 records."));
  EXPECT_THAT(text, Not(HasSubstr("nearest")));
}

TEST(SearchTextTest, ListsEveryCandidateAboveThePointAndOnlySomeBelow) {
  v1::Search search;
  for (int rank = 1; rank <= 20; ++rank) {
    v1::Candidate* candidate = search.add_candidates();
    candidate->set_rank(rank);
    candidate->set_above_operating_point(rank <= 8);
    candidate->set_record("records/" + std::to_string(rank));
  }
  EXPECT_THAT(SearchText(search, English()), HasSubstr("… and 12 more, further away"));
  EXPECT_THAT(SearchText(search, English()), HasSubstr("records/8\n"));
  EXPECT_THAT(SearchText(search, English(), 20), HasSubstr("records/20\n"));
  EXPECT_THAT(SearchText(search, English(), 20), Not(HasSubstr("further away")));
}

TEST(SearchTextTest, SaysThatACandidateWasErasedSince) {
  v1::Search search = SampleSearch();
  search.mutable_candidates(0)->set_erased(true);
  search.mutable_candidates(0)->clear_claimed_name();
  EXPECT_THAT(SearchText(search, Chinese()), HasSubstr("比对后已删除"));
}

TEST(SearchTextTest, ShowsNoPercentage) {
  for (const Page& page : {English(), Chinese()}) {
    for (const v1::Search& search : {SampleSearch(), SampleMiss()}) {
      EXPECT_THAT(SearchText(search, page), Not(HasSubstr("%")));
    }
  }
}

TEST(SearchTextTest, LetsNoNameSteerTheTerminal) {
  v1::Search search = SampleSearch();
  search.mutable_candidates(0)->set_claimed_name("\x1b[2Jx");
  EXPECT_THAT(SearchText(search, English()), Not(HasSubstr("\x1b")));
}

TEST(SearchTextTest, MakesTheHeadingBoldOnlyWhereThatIsPossible) {
  Page page = English();
  EXPECT_THAT(SearchText(SampleSearch(), page), Not(HasSubstr("\x1b")));
  page.bold = true;
  EXPECT_THAT(SearchText(SampleSearch(), page), HasSubstr("\x1b[1mCandidates"));
}

TEST(SearchTextTest, FitsEveryWidth) {
  rc::check([] {
    v1::Search search = SampleSearch();
    const auto name = *rc::gen::element<std::string>("", "欧阳玉兰", "A. N. Other-Somebody");
    search.mutable_candidates(0)->set_claimed_name(name);
    search.mutable_candidates(0)->set_unit(
        *rc::gen::element<std::string>("", "示例市第一救助管理站"));
    const int width = *rc::gen::inRange(46, 100);
    for (const Page& page : {English(width), Chinese(width)}) {
      RC_ASSERT(Widest(SearchText(search, page)) <= width);
    }
  });
}

}  // namespace
}  // namespace homeward::client
