#include "server/evaluate/evaluation_page.h"

#include <gmock/gmock.h>

#include <ctime>
#include <random>

#include "tests/evaluate/fake_pipeline.h"
#include "tests/evaluate/random_outcomes.h"
#include "tests/evaluate/xml_parser.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A run of random searches. Names and paths hold a word that must not be told.
struct World {
  std::vector<EvaluationPhoto> photos;
  AnalysedPhotos analysed;
  EvaluationRun run;

  explicit World(std::size_t searches, const std::vector<std::string>& cohorts) {
    std::mt19937_64 random(3);
    run.is_weighed = true;
    run.references = 40;
    for (ProbeOutcome& outcome : RandomOutcomes(random, searches)) {
      outcome.person = "secret-" + outcome.person;
      outcome.cohort = cohorts[random() % cohorts.size()];
      photos.push_back({.identity = outcome.person,
                        .path = "secret/photo.jpg",
                        .role = outcome.is_mated ? EvaluationRole::kMate : EvaluationRole::kNonmate,
                        .cohort = outcome.cohort,
                        .file = "/secret/photo.jpg"});
      if (outcome.has_template) {
        analysed.templates.emplace_back(Template{"fake", {1, 2}});
        analysed.grades.push_back({static_cast<float>(random() % 50)});
      } else {
        analysed.templates.emplace_back(Fail(Reason::kNoFaceFound, "none"));
        analysed.grades.emplace_back();
      }
      run.searches.push_back({.photo = photos.size() - 1,
                              .outcome = std::move(outcome),
                              .candidates = {{1, "secret-candidate", 0.5}}});
    }
  }

  std::string Page() const {
    Pipeline pipeline = FakePipeline();
    pipeline.operating_point.fpir = 0.01;
    pipeline.operating_point.threshold = 0.2;
    return MakePage(photos, analysed, run, pipeline,
                    {.manifest_sha256 = "4b1d", .version = "1.2.3", .made_on = "2026-03-15"});
  }
};

const std::vector<std::string> kHostile = {
    "</style><script>alert(1)</script>", "\" onload=\"x", "老年\xff\x01", "", "&lt;&nbsp;", "]]>"};

TEST(EvaluationPageTest, IsWellFormedAndHarmlessWhateverTheCohortsAreCalled) {
  const std::string page = World(400, kHostile).Page();
  EXPECT_TRUE(IsWellFormedXml(page));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("\" onload")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(EvaluationPageTest, TellsNobodysNameAndNoPath) {
  EXPECT_THAT(World(400, {"a", "b"}).Page(), Not(HasSubstr("secret")));
}

TEST(EvaluationPageTest, NeedsNothingFromElsewhere) {
  std::string page = World(400, {"a", "b"}).Page();
  const std::string name_space = "http://www.w3.org/1999/xhtml";  // a name, not an address
  page.erase(page.find(name_space), name_space.size());
  for (const std::string sign : {"http:", "https:", "//", "src=", "href=", "@import", "url(",
                                 "<script", "<link", "<img", "data:"}) {
    EXPECT_THAT(page, Not(HasSubstr(sign)));
  }
}

std::size_t Count(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++count;
  return count;
}

TEST(EvaluationPageTest, GivesEachDrawingATitleADescriptionAndItsNumbers) {
  const std::string page = World(400, {"a", "b"}).Page();
  const std::size_t drawings = Count(page, "<svg class=\"plot\"");
  EXPECT_EQ(drawings, 7u);
  EXPECT_EQ(Count(page, "<figure "), drawings);
  EXPECT_EQ(Count(page, "<details>"), drawings);
  for (const std::string id : {"det", "cmc", "fpir", "fnir", "chance", "discard", "failures"}) {
    EXPECT_EQ(Count(page, " id=\"" + id + "-title\""), 1u);
    EXPECT_EQ(Count(page, " id=\"" + id + "-text\""), 1u);
    EXPECT_EQ(Count(page, "aria-labelledby=\"" + id + "-title\""), 1u);
  }
}

TEST(EvaluationPageTest, SaysWhatItWasMadeWith) {
  const std::string page = World(100, {"a"}).Page();
  for (const std::string fact : {"4b1d", "homewardd 1.2.3", "2026-03-15", "fake.dat", "digest-1"}) {
    EXPECT_THAT(page, HasSubstr(fact));
  }
}

TEST(EvaluationPageTest, IsAPageEvenWhereNothingWasSearched) {
  World empty(0, {"a"});
  EXPECT_TRUE(IsWellFormedXml(empty.Page()));
  EXPECT_EQ(Count(empty.Page(), "Nothing was measured for this."), 7u);
  World plain(50, {"a"});
  plain.run.is_weighed = false;
  EXPECT_EQ(Count(plain.Page(), "Nothing was measured for this."), 1u) << "there are no chances";
}

TEST(EvaluationPageTest, IsTheSameEveryTime) {
  EXPECT_EQ(World(200, {"a", "b"}).Page(), World(200, {"a", "b"}).Page());
}

// 3,000 searches, each for a person of its own; the limit is generous, as tests run in sanitizers.
TEST(EvaluationPageTest, TakesSecondsAtMost) {
  World world(3'000, {"a", "b", "c", "d", "e"});
  for (ProbeSearch& search : world.run.searches) {
    search.outcome.person = std::to_string(search.photo);
  }
  const auto start = std::clock();
  world.Page();
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 20);
}

}  // namespace
}  // namespace homeward
