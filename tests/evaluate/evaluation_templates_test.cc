#include "server/evaluate/evaluation_templates.h"

#include <gmock/gmock.h>

#include <csignal>
#include <sstream>

#include "tests/evaluate/fake_pipeline.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

using ::testing::HasSubstr;

std::span<const std::uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class EvaluationTemplatesTest : public ::testing::Test {
 protected:
  // A reference per text, each a person of its own.
  void Add(const std::string& photo) {
    const int line = static_cast<int>(photos_.size()) + 2;
    EvaluationPhoto added{.identity = std::to_string(line),
                          .path = std::to_string(line) + ".photo",
                          .role = EvaluationRole::kReference,
                          .cohort = "",
                          .file = folder_.path() / (std::to_string(line) + ".photo"),
                          .line = line};
    WriteText(added.file, photo);
    photos_.push_back(added);
  }
  Result<std::vector<Result<Template>>> Make(const std::optional<TemplateCache>& cache = {},
                                             int threads = 2) {
    auto analysed = AnalysePhotos(photos_, FakePipeline(analysed_), cache, threads, progress_);
    if (!analysed) return std::unexpected(analysed.error());
    return std::move(analysed->templates);
  }

  testing::TemporaryFolder folder_;
  std::vector<EvaluationPhoto> photos_;
  std::shared_ptr<std::atomic<int>> analysed_ = std::make_shared<std::atomic<int>>(0);
  std::ostringstream progress_;
};

TEST_F(EvaluationTemplatesTest, KeepsTheOrderOfThePhotosWhicheverWorkerMadeThem) {
  for (int i = 0; i < 40; ++i) Add(i % 7 == 3 ? "nobody" : std::to_string(i) + " 0");
  for (const int threads : {1, 4}) {
    const auto made = Make({}, threads);
    ASSERT_TRUE(made) << made.error().message;
    for (std::size_t i = 0; i < photos_.size(); ++i) {
      if (i % 7 == 3) {
        EXPECT_EQ((*made)[i].error().reason, Reason::kNoFaceFound);
      } else {
        EXPECT_EQ((*made)[i]->vector.at(0), static_cast<float>(i));
      }
    }
  }
}

TEST_F(EvaluationTemplatesTest, NamesTheLineOfAPhotoThatCannotBeRead) {
  Add("1 0");
  Add("2 0");
  std::filesystem::remove(photos_[1].file);
  for (int time = 0; time < 2; ++time) {
    const auto made = Make();
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().reason, Reason::kFieldInvalid);
    EXPECT_EQ(made.error().metadata.at("line"), "3");
    EXPECT_THAT(made.error().message, HasSubstr("3.photo cannot be read"));
    std::filesystem::create_directory(photos_[1].file);  // a folder is no photo either
  }
  EXPECT_EQ(*analysed_, 0) << "everything is read before hours of work begin";
}

TEST_F(EvaluationTemplatesTest, RefusesAProbeThatIsAnEnrolledFileBeforeAnyWork) {
  Add("1 0");
  Add("1 0");
  photos_[1].role = EvaluationRole::kMate;
  photos_[1].identity = photos_[0].identity;
  const auto made = Make();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().metadata.at("line"), "3");
  EXPECT_EQ(*analysed_, 0);
}

TEST_F(EvaluationTemplatesTest, EndsAtAMistakeOfTheProgramAndKeepsNothingOfIt) {
  Add("broken");
  auto cache = TemplateCache::Open(folder_.path() / "cache", FakePipeline());
  ASSERT_TRUE(cache);
  for (int time = 1; time <= 2; ++time) {
    const auto made = Make(*cache);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().reason, Reason::kInternal);
    EXPECT_EQ(*analysed_, time) << "a mistake is looked at again, not remembered";
  }
}

TEST_F(EvaluationTemplatesTest, LooksAtAPhotoOnceAndAtADamagedKeptTemplateAgain) {
  Add("1 2");
  Add("nobody");
  const auto folder = folder_.path() / "cache";
  auto cache = TemplateCache::Open(folder, FakePipeline());
  ASSERT_TRUE(cache);
  ASSERT_TRUE(Make(*cache));
  ASSERT_TRUE(Make(*cache));
  EXPECT_EQ(*analysed_, 2);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) / 2);
  }
  const auto made = Make(*cache);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ((*made)[0]->vector.at(1), 2.0f);
  EXPECT_EQ((*made)[1].error().reason, Reason::kNoFaceFound);
  EXPECT_EQ(*analysed_, 4);
}

TEST_F(EvaluationTemplatesTest, TellsOfDamagedAndOfOlderFilesAndMakesThemAnew) {
  for (int i = 0; i < 4; ++i) Add(std::to_string(i) + " 0");
  auto cache = TemplateCache::Open(folder_.path() / "cache", FakePipeline());
  ASSERT_TRUE(cache);
  ASSERT_TRUE(Make(*cache));
  const auto damaged = cache->FileOf(HexDigest(BytesOf("2 0")));
  WriteText(damaged, "homeward template 2\nnonsense");
  WriteText(cache->FileOf(HexDigest(BytesOf("0 0"))), "homeward template 1\nTEMPLATE\n12345678");
  progress_.str("");
  ASSERT_TRUE(Make(*cache));
  EXPECT_EQ(*analysed_, 6);
  EXPECT_THAT(progress_.str(),
              HasSubstr(damaged.string() + " is damaged; the photo of line 4 is analysed again"));
  EXPECT_THAT(progress_.str(), HasSubstr("1 files are of an older program and are made anew"));
  EXPECT_THAT(progress_.str(), HasSubstr("2 of 4 photos were analysed before"));
  ASSERT_TRUE(Make(*cache));
  EXPECT_EQ(*analysed_, 6);
}

// The process dies in the middle, as by a power cut; the child's work is there for its successor.
TEST_F(EvaluationTemplatesTest, GoesOnWhereAKilledRunWas) {
  for (int i = 0; i < 20; ++i) Add(std::to_string(i) + " 0");
  auto cache = TemplateCache::Open(folder_.path() / "cache", FakePipeline());
  ASSERT_TRUE(cache);
  Pipeline mortal = FakePipeline(analysed_);
  mortal.make_worker = [this]() -> Result<TemplateMaker> {
    return [this](std::span<const std::uint8_t> photo) {
      if (*analysed_ == 12) std::raise(SIGKILL);
      return (*FakePipeline(analysed_).make_worker())(photo);
    };
  };
  EXPECT_EXIT((void)AnalysePhotos(photos_, mortal, *cache, 1, progress_),
              ::testing::KilledBySignal(SIGKILL), "");
  const auto made = Make(*cache);
  ASSERT_TRUE(made);
  EXPECT_EQ(*analysed_, 8) << "twelve were kept";
  EXPECT_THAT(progress_.str(), HasSubstr("cache: 12 of 20 photos were analysed before"));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ((*made)[i]->vector.at(0), static_cast<float>(i));
  }
}

TEST_F(EvaluationTemplatesTest, NeedsNoPipelineForWhatTheCacheKnows) {
  Add("1 2");
  auto cache = TemplateCache::Open(folder_.path() / "cache", FakePipeline());
  ASSERT_TRUE(cache);
  const auto first = AnalysePhotos(photos_, FakePipeline(), *cache, 1, progress_);
  ASSERT_TRUE(first);
  Pipeline without = FakePipeline();
  without.make_worker = []() -> Result<TemplateMaker> {
    return Fail(Reason::kModelFileMissing, "no weights");
  };
  const auto second = AnalysePhotos(photos_, without, *cache, 1, progress_);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->grades, first->grades);
  EXPECT_EQ(second->grades.at(0).size(), 1u);
}

}  // namespace
}  // namespace homeward
