#include "server/records/resource_name.h"

#include <gtest/gtest.h>

#include "tests/testing/sequential_ids.h"

namespace homeward {
namespace {

TEST(ResourceNameTest, IsReadBackAsItWasWritten) {
  testing::SequentialIds ids;
  const RecordId record{ids.Next()};
  const PhotoName photo{record, PhotoId{ids.Next()}};
  const SearchId search{ids.Next()};
  EXPECT_EQ(NameOf(record), "records/" + record.ToString());
  EXPECT_EQ(NameOf(photo), "records/" + record.ToString() + "/photos/" + photo.photo.ToString());
  EXPECT_EQ(NameOf(search), "searches/" + search.ToString());
  EXPECT_EQ(ParseRecordName(NameOf(record)), record);
  EXPECT_EQ(ParsePhotoName(NameOf(photo)), photo);
  EXPECT_EQ(ParseSearchName(NameOf(search)), search);
}

TEST(ResourceNameTest, IsNothingWhereItIsNotWellFormed) {
  const std::string id = RecordId{}.ToString();
  for (const std::string& name :
       {std::string(), id, std::string("records/"), "records/" + id + "/", "records/" + id + "x",
        "Records/" + id, "searches/" + id, "records/" + id.substr(1), " records/" + id,
        "records/" + id + "/photos/" + id}) {
    EXPECT_FALSE(ParseRecordName(name)) << name;
  }
  for (const std::string& name :
       {std::string(), "records/" + id, "records/" + id + "/photos/", "photos/" + id,
        "records//photos/" + id, "records/" + id + "/photos/" + id + "/photos/" + id,
        "records/" + id + "/faces/" + id}) {
    EXPECT_FALSE(ParsePhotoName(name)) << name;
  }
  EXPECT_FALSE(ParseSearchName("records/" + id));
}

TEST(ResourceNameTest, NamesAnOperatingPointByItsOwnName) {
  EXPECT_EQ(NameOfOperatingPoint("lfw-fpir-0.01"), "operatingPoints/lfw-fpir-0.01");
  EXPECT_EQ(ParseOperatingPointName("operatingPoints/lfw-fpir-0.01"), "lfw-fpir-0.01");
  EXPECT_EQ(ParseOperatingPointName("operatingPoints/" + std::string(63, 'a')),
            std::string(63, 'a'));
  for (const std::string& name :
       {std::string("lfw"), std::string("operatingPoints/"), std::string("operatingPoints/-a"),
        std::string("operatingPoints/a."), std::string("operatingPoints/A"),
        std::string("operatingPoints/a/b"), "operatingPoints/" + std::string(64, 'a')}) {
    EXPECT_FALSE(ParseOperatingPointName(name)) << name;
  }
}

}  // namespace
}  // namespace homeward
