#include "server/records/photo_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PhotoBookTest : public ::testing::Test {
 protected:
  Result<void> Delete(const PhotoName& name) {
    return DeletePhoto(book_, IntentFor("DeletePhoto"), name);
  }
  static PhotoName NameIn(const Enrolment& enrolment, std::size_t which = 0) {
    return {enrolment.record.record.id, enrolment.photos[which].id};
  }

  CasebookFolder folder_;
  Casebook& book_ = folder_.book();
};

TEST_F(PhotoBookTest, FindsAPhotoOnlyUnderItsOwnRecord) {
  const auto one = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  const auto other = Enrol(book_, RecordKind::kStranded, {{2, 0}}).value();
  EXPECT_EQ(FindPhotoOf(book_.store(), NameIn(one)).value().id, one.photos[0].id);
  EXPECT_EQ(ReasonOf(FindPhotoOf(book_.store(), {other.record.record.id, one.photos[0].id})),
            Reason::kPhotoNotFound);
}

TEST_F(PhotoBookTest, ListsEveryPhotoOnceInPages) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}, {1, 1}, {1, 2}}).value();
  const RecordId id = stored.record.record.id;
  AddPhoto(book_, id, 1, 3).value();
  AddPhoto(book_, id, 1, 4).value();
  for (const int size : {1, 2, 3, 5, 0}) {
    std::vector<PhotoId> listed;
    std::string token;
    do {
      const auto page = ListPhotos(book_, id, size, token).value();
      for (const PhotoEntry& photo : page.photos) listed.push_back(photo.id);
      token = page.next_page_token;
    } while (!token.empty());
    ASSERT_THAT(listed, SizeIs(5)) << size;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(listed[i], stored.photos[i].id) << size;
  }
}

TEST_F(PhotoBookTest, VisitsEachPhotoThatStaysOnceWhileOthersComeAndGo) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}, {1, 1}, {1, 2}}).value();
  const RecordId id = stored.record.record.id;
  std::map<PhotoId, int> visits;
  const auto first = ListPhotos(book_, id, 2, "").value();
  for (const PhotoEntry& photo : first.photos) ++visits[photo.id];
  Delete(NameIn(stored, 1)).value();  // the last one shown
  const auto added = AddPhoto(book_, id, 1, 3).value();
  std::string token = first.next_page_token;
  while (!token.empty()) {
    const auto page = ListPhotos(book_, id, 1, token).value();
    for (const PhotoEntry& photo : page.photos) ++visits[photo.id];
    token = page.next_page_token;
  }
  EXPECT_THAT(visits, SizeIs(4));
  for (const auto& [photo, count] : visits) EXPECT_EQ(count, 1);
  EXPECT_TRUE(visits.contains(added.photos[0].id));
}

TEST_F(PhotoBookTest, RefusesTheTokenOfAnotherRecord) {
  const auto one = Enrol(book_, RecordKind::kStranded, {{1, 0}, {1, 1}}).value();
  const auto other = Enrol(book_, RecordKind::kStranded, {{2, 0}, {2, 1}}).value();
  const auto token = ListPhotos(book_, one.record.record.id, 1, "").value().next_page_token;
  EXPECT_EQ(ReasonOf(ListPhotos(book_, other.record.record.id, 1, token)),
            Reason::kPageTokenInvalid);
  EXPECT_EQ(ReasonOf(ListPhotos(book_, RecordId{}, 1, "")), Reason::kRecordNotFound);
}

TEST_F(PhotoBookTest, MakesTheDownloadAnewWithoutWhatCameWithTheFile) {
  // A comment segment right after the start of the file, as a camera might leave one.
  auto bytes = EncodeJpeg(DrawFaces({{.identity = 1}})).value();
  const std::string comment = "taken at home";
  std::vector<std::uint8_t> segment{0xff, 0xfe, 0, static_cast<std::uint8_t>(comment.size() + 2)};
  segment.insert(segment.end(), comment.begin(), comment.end());
  bytes.insert(bytes.begin() + 2, segment.begin(), segment.end());
  const auto stored =
      EnrolRecord(book_, IntentFor("CreateRecord"),
                  {.record = RecordOfKind(RecordKind::kStranded), .photos = {NewPhotoOf(bytes)}})
          .value();
  const auto jpeg = DownloadPhoto(book_, NameIn(stored), PhotoView::kUpright).value();
  EXPECT_FALSE(std::string(jpeg.begin(), jpeg.end()).contains(comment));
  const auto photo = DecodePhoto(jpeg).value();
  EXPECT_EQ(photo.bgr.cols, stored.photos[0].width_px);
  EXPECT_EQ(photo.bgr.rows, stored.photos[0].height_px);
}

TEST_F(PhotoBookTest, CropsTheEnrolledFaceWithAMargin) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  const auto jpeg = DownloadPhoto(book_, NameIn(stored), PhotoView::kFaceCrop).value();
  const auto crop = DecodePhoto(jpeg).value();
  const auto& box = stored.photos[0].faces[0].face.box;
  // 40 % on each side, as far as the picture reaches.
  EXPECT_NEAR(crop.bgr.cols, box.x + 1.4F * box.width, 2);
  EXPECT_EQ(crop.bgr.rows, stored.photos[0].height_px);
}

TEST_F(PhotoBookTest, HasNoCropOfAPhotoWithoutAFace) {
  const auto blank = PhotoOf(std::vector<SyntheticFace>());
  const auto stored =
      EnrolRecord(book_, IntentFor("CreateRecord"),
                  {.record = RecordOfKind(RecordKind::kStranded), .photos = {NewPhotoOf(blank)}})
          .value();
  EXPECT_EQ(ReasonOf(DownloadPhoto(book_, NameIn(stored), PhotoView::kFaceCrop)),
            Reason::kNoFaceFound);
  EXPECT_TRUE(DownloadPhoto(book_, NameIn(stored), PhotoView::kUpright));
  EXPECT_EQ(ReasonOf(DownloadPhoto(book_, {}, PhotoView::kUpright)), Reason::kPhotoNotFound);
}

TEST_F(PhotoBookTest, SaysWhenStoredBytesWereDamaged) {
  const auto stored = Enrol(book_, RecordKind::kStranded, {{1, 0}}).value();
  std::ofstream(folder_.photo_folder() / stored.photos[0].id.ToString(), std::ios::app) << "x";
  EXPECT_EQ(ReasonOf(DownloadPhoto(book_, NameIn(stored), PhotoView::kUpright)),
            Reason::kStoreCorrupt);
}

TEST_F(PhotoBookTest, ErasesAPhotoWithBytesAndTemplates) {
  const auto stored = Enrol(book_, RecordKind::kMissing, {{1, 0}, {1, 1}}).value();
  Delete(NameIn(stored)).value();
  EXPECT_EQ(folder_.StoredPhotoCount(), 1);
  EXPECT_EQ(ReasonOf(FindPhotoOf(book_.store(), NameIn(stored))), Reason::kPhotoNotFound);
  EXPECT_EQ(ReasonOf(Delete(NameIn(stored))), Reason::kPhotoNotFound);
  const auto view = FindView(book_.store(), stored.record.record.id).value();
  EXPECT_EQ(view.photo_count, 1);
  EXPECT_NE(EtagOf(view.record), EtagOf(stored.record.record));
}

TEST_F(PhotoBookTest, TakesARecordOutOfReachWithItsLastPhoto) {
  const auto stored = Enrol(book_, RecordKind::kMissing, {{1, 0}}).value();
  Delete(NameIn(stored)).value();
  const auto bytes = PhotoOf(1);
  const auto found = SearchWith(book_, bytes).value();
  EXPECT_THAT(found.search.candidates, IsEmpty());
  EXPECT_EQ(found.search.search.comparison.no_usable_face, 1);
}

}  // namespace
}  // namespace homeward
