#include "matcher/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace homeward {
namespace {

constexpr int kReasonCount = static_cast<int>(Reason::kInternal) + 1;

// The names that the public contract declares, without the one that is never sent.
std::set<std::string> NamesInContract() {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/proto/homeward/v1/error_reason.proto");
  const std::regex entry(R"(^\s+([A-Z][A-Z0-9_]*) = \d+;)");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (std::regex_search(line, match, entry)) names.insert(match[1]);
  }
  names.erase("ERROR_REASON_UNSPECIFIED");
  return names;
}

TEST(ErrorTest, NamesEveryReasonAsTheContractDoes) {
  std::set<std::string> names;
  for (int i = 0; i < kReasonCount; ++i) names.emplace(Name(static_cast<Reason>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kReasonCount)) << "two reasons share a name";
  EXPECT_EQ(names, NamesInContract());
}

TEST(ErrorTest, NamesFitErrorInfo) {
  const std::regex upper_snake("[A-Z][A-Z0-9_]{0,61}[A-Z0-9]");
  for (int i = 0; i < kReasonCount; ++i) {
    const std::string name(Name(static_cast<Reason>(i)));
    EXPECT_TRUE(std::regex_match(name, upper_snake)) << i << ": " << name;
  }
}

TEST(ErrorTest, FailKeepsReasonMessageAndMetadata) {
  const Result<int> failed = Fail(Reason::kPhotoEmpty, "no bytes", {{"photo_index", "2"}});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().reason, Reason::kPhotoEmpty);
  EXPECT_EQ(failed.error().message, "no bytes");
  EXPECT_EQ(failed.error().metadata.at("photo_index"), "2");
  EXPECT_EQ(Name(failed.error().reason), "PHOTO_EMPTY");
}

}  // namespace
}  // namespace homeward
