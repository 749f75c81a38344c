#include "matcher/error.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace homeward {
namespace {

constexpr int kReasonCount = static_cast<int>(Reason::kInternal) + 1;

bool IsUpperSnake(std::string_view name) {
  return !name.empty() && name.front() != '_' && name.back() != '_' &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

// The names that the public contract declares, without the one that is never sent.
std::set<std::string> NamesInContract() {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/proto/homeward/v1/error_reason.proto");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::string sign;
    if (words >> name >> sign && sign == "=" && IsUpperSnake(name)) names.insert(name);
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
  for (int i = 0; i < kReasonCount; ++i) {
    const std::string_view name = Name(static_cast<Reason>(i));
    EXPECT_TRUE(IsUpperSnake(name)) << i << ": " << name;
    EXPECT_LE(name.size(), 63u) << name;
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
