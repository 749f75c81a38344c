#include "server/evaluate/template_cache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/evaluate/fake_pipeline.h"
#include "tests/testing/temporary_folder.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

class TemplateCacheTest : public ::testing::Test {
 protected:
  TemplateCache Open(const Pipeline& pipeline) const {
    return TemplateCache::Open(folder_.path() / "deep" / "cache", pipeline).value();
  }
  static std::optional<CacheMiss> MissOf(const TemplateCache& cache, std::string_view digest) {
    const auto found = cache.Find(digest);
    return found ? std::nullopt : std::optional(found.error());
  }
  fs::path OnlyFile() const {
    return fs::directory_iterator(folder_.path() / "deep/cache")->path();
  }

  testing::TemporaryFolder folder_;
  const GradedTemplate made_{{"fake", {0.1F, -std::numeric_limits<float>::min()}}, {-3.5F}};
};

TEST_F(TemplateCacheTest, GivesBackToTheBitWhatWasKept) {
  ASSERT_TRUE(Open(FakePipeline()).Put("d1", made_));
  const auto found = Open(FakePipeline()).Find("d1");
  ASSERT_TRUE(found.has_value() && found->has_value());
  EXPECT_EQ((*found)->face_template.space_id, "fake");
  EXPECT_EQ((*found)->face_template.vector, made_.face_template.vector);
  EXPECT_EQ((*found)->grades, made_.grades);
  EXPECT_EQ(MissOf(Open(FakePipeline()), "d2"), CacheMiss::kAbsent);
}

TEST_F(TemplateCacheTest, KeepsThePrintWhereThereIsOne) {
  GradedTemplate printed = made_;
  printed.print.emplace().values.fill(7);
  printed.print->values.back() = 200;
  ASSERT_TRUE(Open(FakePipeline()).Put("d1", printed));
  EXPECT_EQ(Open(FakePipeline()).Find("d1").value().value().print, printed.print);
  ASSERT_TRUE(Open(FakePipeline()).Put("d2", made_));
  EXPECT_EQ(Open(FakePipeline()).Find("d2").value().value().print, std::nullopt);
}

TEST_F(TemplateCacheTest, KeepsFailuresToEnrolWithTheirReasons) {
  const TemplateCache cache = Open(FakePipeline());
  for (const Reason reason : kFailuresToEnrol) {
    const std::string digest(Name(reason));
    ASSERT_TRUE(cache.Put(digest, Fail(reason, "why")));
    const auto found = cache.Find(digest);
    ASSERT_TRUE(found.has_value()) << digest;
    ASSERT_FALSE(found->has_value());
    EXPECT_EQ(found->error().reason, reason);
  }
}

TEST_F(TemplateCacheTest, KnowsNothingOfTemplatesThatWereMadeOtherwise) {
  ASSERT_TRUE(Open(FakePipeline()).Put("d1", made_));
  Pipeline other = FakePipeline();
  other.models_digest = "digest-2";
  EXPECT_FALSE(Open(other).Find("d1"));
  other = FakePipeline();
  other.options = "fancy";
  EXPECT_FALSE(Open(other).Find("d1"));
  other = FakePipeline();
  other.space.id = "fake-2";
  EXPECT_FALSE(Open(other).Find("d1"));
}

TEST_F(TemplateCacheTest, KnowsDamageWhereverItIs) {
  const TemplateCache cache = Open(FakePipeline());
  for (const Result<GradedTemplate>& kept :
       {Result<GradedTemplate>(made_), Result<GradedTemplate>(Fail(Reason::kNoFaceFound, ""))}) {
    ASSERT_TRUE(cache.Put("d1", kept));
    const std::string whole = ReadText(OnlyFile());
    for (std::size_t at = 0; at < whole.size(); ++at) {
      WriteText(OnlyFile(), whole.substr(0, at));
      EXPECT_EQ(MissOf(cache, "d1"), CacheMiss::kDamaged) << "cut at " << at;
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      WriteText(OnlyFile(), changed);
      EXPECT_EQ(MissOf(cache, "d1"), CacheMiss::kDamaged) << "changed at " << at;
    }
    WriteText(OnlyFile(), whole + "x");
    EXPECT_EQ(MissOf(cache, "d1"), CacheMiss::kDamaged);
  }
  ASSERT_TRUE(cache.Put("d1", made_));
  EXPECT_TRUE(cache.Find("d1"));
}

TEST_F(TemplateCacheTest, TellsAFileOfAnOlderProgramFromADamagedOne) {
  const TemplateCache cache = Open(FakePipeline());
  ASSERT_TRUE(cache.Put("d1", made_));
  WriteText(OnlyFile(), "homeward template 1\nTEMPLATE\n12345678");
  EXPECT_EQ(MissOf(cache, "d1"), CacheMiss::kOlder);
  ASSERT_TRUE(cache.Put("d1", made_));
  Pipeline more = FakePipeline();
  more.measures.push_back("another");
  EXPECT_EQ(MissOf(Open(more), "d1"), CacheMiss::kOlder) << "it does not say what is asked for";
}

TEST_F(TemplateCacheTest, IsTheOwnersAlone) {
  ASSERT_TRUE(Open(FakePipeline()).Put("d1", made_));
  const auto others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(OnlyFile()).permissions() & others, fs::perms::none);
  EXPECT_EQ(fs::status(OnlyFile().parent_path()).permissions() & others, fs::perms::none);
}

TEST_F(TemplateCacheTest, LeavesOneWholeFileWhenSeveralWriteAtOnce) {
  const TemplateCache cache = Open(FakePipeline());
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([&] {
        for (int round = 0; round < 50; ++round) EXPECT_TRUE(cache.Put("d1", made_));
      });
    }
  }
  EXPECT_TRUE(cache.Find("d1"));
  EXPECT_EQ(std::distance(fs::directory_iterator(OnlyFile().parent_path()), {}), 1);
}

TEST_F(TemplateCacheTest, RefusesAFolderThatCannotBe) {
  WriteText(folder_.path() / "file", "");
  const auto cache = TemplateCache::Open(folder_.path() / "file" / "cache", FakePipeline());
  ASSERT_FALSE(cache);
  EXPECT_EQ(cache.error().reason, Reason::kConfigInvalid);
}

TEST(HexDigestTest, IsSha256) {
  EXPECT_EQ(HexDigest({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace homeward
