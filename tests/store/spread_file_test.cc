#include "server/store/spread_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/store/archived_gallery.h"

namespace homeward {
namespace {

// Damage of every kind to a file whose bytes are given, never leaving it as it was.
Bytes Damaged(const Bytes& good, const Bytes& foreign, std::mt19937_64& random) {
  Bytes bytes = good;
  const auto row = [&](std::size_t i) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(kFirstRow + i * sizeof(SpreadRow));
  };
  const std::size_t rows = (good.size() - kFirstRow) / sizeof(SpreadRow);
  while (bytes == good) {
    const std::size_t one = random() % rows;
    const std::size_t other = random() % rows;
    switch (random() % 7) {
      case 0:
      case 1:
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << random() % 8);
        break;
      case 2:
        for (int i = 0; i < 64; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        break;
      case 3:
        bytes.resize(random() % bytes.size());
        break;
      case 4:
        bytes.resize(bytes.size() + 1 + random() % 1024);
        break;
      case 5:
        std::swap_ranges(row(one), row(one) + sizeof(SpreadRow), row(other));
        break;
      default:
        bytes = foreign;
        if (random() % 2 == 0) {  // its rows under our header
          std::copy_n(good.begin(), kFirstRow, bytes.begin());
        }
    }
  }
  return bytes;
}

TEST(SpreadFileTest, SlowNoneOfTwoThousandDamagedFilesIsServedFrom) {
  constexpr std::size_t kPeople = 60;
  ArchivedGallery life(11);
  ArchivedGallery stranger(12);
  for (ArchivedGallery* each : {&life, &stranger}) {
    each->Populate(kPeople);
    ASSERT_TRUE(each->Save());
  }
  const auto files = FilesIn(life.folder());
  std::vector<Bytes> good;
  for (const auto& file : files) good.push_back(BytesOf(file));
  std::mt19937_64 random(20261122);
  for (int i = 0; i < 2000; ++i) {
    const std::size_t which = random() % files.size();
    for (std::size_t file = 0; file < files.size(); ++file) Write(files[file], good[file]);
    Write(files[which], Damaged(good[which], BytesOf(FilesIn(stranger.folder())[which]), random));
    const auto findings = life.Restart();
    ASSERT_EQ(std::ranges::count(findings, std::size_t{0}, &SpreadArchive::Finding::recalled), 1)
        << i;
    ASSERT_NO_FATAL_FAILURE(life.ExpectSameAsWithoutArchive()) << i;
  }
}

}  // namespace
}  // namespace homeward
