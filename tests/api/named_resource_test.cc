#include "server/api/named_resource.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/store/random_values.h"
#include "tests/testing/reasons.h"

namespace homeward {
namespace {

using namespace homeward::testing;

RC_GTEST_PROP(NamedResourceTest, FindsTheIdsOfEveryNameThatIsGivenOut, (std::uint64_t seed)) {
  RandomValues random(seed);
  const auto record = random.NewId<RecordId>();
  const PhotoName photo{record, random.NewId<PhotoId>()};
  const auto search = random.NewId<SearchId>();
  RC_ASSERT(RecordNamed(NameOf(record)).value() == record);
  RC_ASSERT(PhotoNamed(NameOf(photo)).value().record == record);
  RC_ASSERT(PhotoNamed(NameOf(photo)).value().photo == photo.photo);
  RC_ASSERT(SearchNamed(NameOf(search)).value() == search);
}

// One resource, one name: what is nearly a name names nothing, and says what a name is like.
TEST(NamedResourceTest, RefusesWhatIsNearlyAName) {
  RandomValues random(1);
  const std::string record = NameOf(random.NewId<RecordId>());
  const std::string photo =
      NameOf(PhotoName{RecordId::Parse(record.substr(8)).value(), random.NewId<PhotoId>()});
  for (const std::string& name :
       {std::string(), std::string("records/"), record.substr(0, record.size() - 1), record + "0",
        record + "/", "/" + record, " " + record, record + "\n", record + std::string(1, '\0'),
        "Records" + record.substr(7), record.substr(8), photo, "records/" + std::string(26, 'z'),
        "records/" + std::string(26, '\xff'), "records/" + std::string(1 << 20, '0'),
        "records/../" + record}) {
    EXPECT_EQ(ReasonOf(RecordNamed(name)), Reason::kRecordNotFound) << name.substr(0, 99);
  }
  for (const std::string& name :
       {record, record + "/photos/", photo + "/photos/" + photo.substr(photo.size() - 26),
        photo + "/", "/photos/" + photo.substr(photo.size() - 26)}) {
    EXPECT_EQ(ReasonOf(PhotoNamed(name)), Reason::kPhotoNotFound) << name;
  }
  EXPECT_EQ(ReasonOf(SearchNamed(record)), Reason::kSearchNotFound);
}

TEST(NamedResourceTest, TakesNoOtherSpellingOfAnId) {
  RandomValues random(2);
  std::string name = NameOf(random.NewId<RecordId>());
  for (char& letter : name) letter = static_cast<char>(std::toupper(letter));
  name.replace(0, 8, "records/");
  EXPECT_EQ(ReasonOf(RecordNamed(name)), Reason::kRecordNotFound);
}

}  // namespace
}  // namespace homeward
