#include "matcher/gallery.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <thread>

#include "matcher/gallery_snapshot.h"
#include "matcher/searcher.h"
#include "tests/testing/gallery_changes.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {
namespace {

// Everything that can be asked of a snapshot, against the model.
void ExpectEqual(const GallerySnapshot& snapshot, const GalleryModel& model) {
  RC_ASSERT(snapshot.change_number() == model.change_number);
  RC_ASSERT(snapshot.record_count() == std::ssize(model.records));
  RC_ASSERT(snapshot.face_count() == model.CountFaces());
  RC_ASSERT(snapshot.face_digest() == model.FaceDigest());
  std::int64_t live = 0;
  RC_ASSERT(snapshot.records().size() == snapshot.marks().size());
  for (std::size_t row = 0; row < snapshot.marks().size(); ++row) {
    const RecordMark& mark = snapshot.marks()[row];
    const GalleryRecord& record = snapshot.records()[row];
    if (mark.removed) continue;
    ++live;
    RC_ASSERT(snapshot.FindRow(record.id) == row);
    RC_ASSERT(mark.face_count == std::ssize(model.records.at(record.id).faces));
    RC_ASSERT(mark.kind == record.attributes.kind);
  }
  RC_ASSERT(live == std::ssize(model.records));
  for (const auto& [id, record] : model.records) {
    const GalleryRecord* found = snapshot.FindRecord(id);
    RC_ASSERT(found != nullptr);
    RC_ASSERT(found->created == record.record.created);
    RC_ASSERT(found->attributes == record.record.attributes);
    for (const ModelFace& each : record.faces) {
      const GalleryRecord* owner = snapshot.FindRecordOfPhoto(each.face.photo);
      RC_ASSERT(owner != nullptr && owner->id == id);
    }
  }
}

RC_GTEST_PROP(GalleryTest, SnapshotsHoldWhatHadBeenAppliedWhenTheyWerePinned,
              (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  Gallery gallery = MakeTestGallery();
  GalleryModel model;
  std::vector<std::pair<std::shared_ptr<const GallerySnapshot>, GalleryModel>> kept;
  kept.emplace_back(gallery.Pin(), model);
  for (int step = *rc::gen::inRange(1, 25); step > 0; --step) {
    const GalleryChange change = changes.Next(model, 6, 3);
    RC_ASSERT(gallery.Apply(change).has_value());
    model.Apply(change);
    kept.emplace_back(gallery.Pin(), model);
  }
  for (const auto& [snapshot, expected] : kept) ExpectEqual(*snapshot, expected);
}

// What a search finds, with what it is worth: the same in both galleries.
void ExpectSameAnswers(const Gallery& one, const Gallery& other, GalleryChanges& changes) {
  for (const Space& space : TestSpaces()) {
    const Probe probe{.templates = {changes.RandomTemplate(space)}, .self = std::nullopt};
    const SearchRequest request{.filter = {}, .max_candidates = 1'000, .after = 0};
    const auto found = Search(*one.Pin(), probe, request).value();
    const auto expected = Search(*other.Pin(), probe, request).value();
    RC_ASSERT(found.candidates.size() == expected.candidates.size());
    for (std::size_t i = 0; i < found.candidates.size(); ++i) {
      RC_ASSERT(found.candidates[i].record == expected.candidates[i].record);
      RC_ASSERT(found.candidates[i].photo == expected.candidates[i].photo);
      RC_ASSERT(found.candidates[i].distance == expected.candidates[i].distance);
      RC_ASSERT(found.candidates[i].evidence == expected.candidates[i].evidence);
    }
  }
}

RC_GTEST_PROP(GalleryTest, LoadingManyChangesEqualsApplyingEach, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  Gallery applied = MakeTestGallery();
  Gallery loaded = MakeTestGallery();
  GalleryModel model;
  for (int round = 0; round < 2; ++round) {
    for (int step = *rc::gen::inRange(1, 10); step > 0; --step) {
      const GalleryChange change = changes.Next(model, 8, 3);
      RC_ASSERT(applied.Apply(change).has_value());
      RC_ASSERT(loaded.Load(change).has_value());
      model.Apply(change);
    }
    loaded.Publish();
    ExpectEqual(*loaded.Pin(), model);
    ExpectSameAnswers(loaded, applied, changes);
  }
}

RC_GTEST_PROP(GalleryTest, ForgetsThePhotosOfWhatWasRemoved, (std::uint64_t seed)) {
  GalleryChanges changes(seed);
  Gallery gallery = MakeTestGallery();
  GalleryModel model;
  std::vector<GalleryFace> ever;
  for (int step = 0; step < 15; ++step) {
    const GalleryChange change = changes.Next(model, 4, 2);
    RC_ASSERT(gallery.Apply(change).has_value());
    model.Apply(change);
    ever.insert(ever.end(), change.add_faces.begin(), change.add_faces.end());
  }
  const auto snapshot = gallery.Pin();
  for (const GalleryFace& face : ever) {
    const auto record = model.records.find(face.record);
    const bool is_here = record != model.records.end() &&
                         std::ranges::any_of(record->second.faces, [&](const ModelFace& each) {
                           return each.face.photo == face.photo;
                         });
    RC_ASSERT((snapshot->FindRecordOfPhoto(face.photo) != nullptr) == is_here);
  }
}

// A gallery of one record with one face, and the change that could follow.
class GalleryErrorTest : public testing::Test {
 protected:
  GalleryErrorTest() {
    GalleryChange first{.number = 1,
                        .put_records = {{record_, 1, {}}},
                        .add_faces = {Face(record_, photo_, 1)},
                        .remove_photos = {},
                        .remove_records = {}};
    EXPECT_TRUE(gallery_.Apply(first));
    next_.number = 2;
    next_.put_records.push_back({other_, 2, {}});
  }

  static GalleryFace Face(const RecordId& record, const PhotoId& photo, std::uint64_t number) {
    return {record, photo, NumberedId<FaceId>(number), {{"coarse", {1, 2}}}};
  }

  // Refused for this reason, and nothing changed.
  void ExpectRefused(Reason reason) {
    const auto before = gallery_.Pin();
    const auto applied = gallery_.Apply(next_);
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().reason, reason) << applied.error().message;
    EXPECT_EQ(gallery_.Pin(), before);
    EXPECT_EQ(gallery_.Pin()->FindRecord(other_), nullptr);
  }

  Gallery gallery_ = MakeTestGallery();
  const RecordId record_ = NumberedId<RecordId>(1);
  const RecordId other_ = NumberedId<RecordId>(2);
  const PhotoId photo_ = NumberedId<PhotoId>(1);
  GalleryChange next_;
};

TEST_F(GalleryErrorTest, RefusesAChangeThatIsNotLaterThanTheLast) {
  next_.number = 1;
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesAFaceOfAnUnknownRecord) {
  next_.add_faces = {Face(NumberedId<RecordId>(3), NumberedId<PhotoId>(2), 2)};
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesAFaceInThePhotoOfAnotherRecord) {
  next_.add_faces = {Face(other_, photo_, 2)};
  ExpectRefused(Reason::kInternal);
  next_.add_faces = {Face(other_, NumberedId<PhotoId>(2), 2),
                     Face(record_, NumberedId<PhotoId>(2), 3)};
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesAFaceThatIsHereAlreadyOrComesTwice) {
  next_.add_faces = {Face(record_, NumberedId<PhotoId>(2), 1)};
  ExpectRefused(Reason::kInternal);
  next_.add_faces = {Face(other_, NumberedId<PhotoId>(2), 2),
                     Face(other_, NumberedId<PhotoId>(2), 2)};
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesALaterTemplateUnderThePhotoOfAnotherFace) {
  GalleryFace later = Face(record_, NumberedId<PhotoId>(2), 1);
  later.templates = {{"fine", {0, 0, 0, 0, 0}}};
  next_.add_faces = {later};
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesAFaceWithoutTemplatesOrWithTwoOfOneSpace) {
  next_.add_faces = {{other_, NumberedId<PhotoId>(2), NumberedId<FaceId>(2), {}}};
  ExpectRefused(Reason::kInternal);
  next_.add_faces.front().templates = {{"coarse", {1, 2}}, {"coarse", {1, 2}}};
  ExpectRefused(Reason::kInternal);
}

TEST_F(GalleryErrorTest, RefusesTemplatesThatDoNotFitTheirSpace) {
  const float infinity = INFINITY;
  for (const Template& wrong : {Template{"unheard-of", {1, 2}}, Template{"coarse", {1, 2, 3}},
                                Template{"fine", {1, 2}}, Template{"coarse", {1, infinity}}}) {
    next_.add_faces = {Face(other_, NumberedId<PhotoId>(2), 2)};
    next_.add_faces.push_back({other_, NumberedId<PhotoId>(3), NumberedId<FaceId>(3), {wrong}});
    ExpectRefused(Reason::kModelMismatch);
  }
}

TEST_F(GalleryErrorTest, PassesOverRemovalsOfWhatIsNotHere) {
  next_.remove_photos = {NumberedId<PhotoId>(9)};
  next_.remove_records = {NumberedId<RecordId>(9)};
  ASSERT_TRUE(gallery_.Apply(next_));
  EXPECT_EQ(gallery_.Pin()->record_count(), 2);
  EXPECT_EQ(gallery_.Pin()->face_count(), 1);
}

TEST_F(GalleryErrorTest, AppliesTheFieldsOfAChangeInTheirOrder) {
  next_.add_faces = {Face(other_, NumberedId<PhotoId>(2), 2),
                     Face(other_, NumberedId<PhotoId>(3), 3)};
  next_.remove_photos = {NumberedId<PhotoId>(2)};
  next_.remove_records = {record_};
  ASSERT_TRUE(gallery_.Apply(next_));
  const auto snapshot = gallery_.Pin();
  EXPECT_EQ(snapshot->record_count(), 1);
  EXPECT_EQ(snapshot->face_count(), 1);
  EXPECT_EQ(snapshot->face_digest(), DigestOf(NumberedId<FaceId>(3)));
}

TEST_F(GalleryErrorTest, ARecordThatComesBackIsANewOne) {
  next_ = {.number = 2,
           .put_records = {},
           .add_faces = {},
           .remove_photos = {},
           .remove_records = {record_}};
  ASSERT_TRUE(gallery_.Apply(next_));
  next_ = {.number = 3,
           .put_records = {{record_, 3, {}}},
           .add_faces = {Face(record_, photo_, 1)},
           .remove_photos = {},
           .remove_records = {}};
  ASSERT_TRUE(gallery_.Apply(next_));
  const auto snapshot = gallery_.Pin();
  EXPECT_EQ(snapshot->FindRecord(record_)->created, 3);
  EXPECT_EQ(snapshot->face_count(), 1);
}

// The writer adds whole records and erases whole records, so every snapshot must show whole ones;
// run under a race detector.
TEST(GalleryTest, ReadersSeeWholeChangesWhileTheyAreApplied) {
  Gallery gallery = MakeTestGallery();
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> searches = 0;
  const auto read = [&] {
    const Probe probe{.templates = {{"coarse", {0, 0}}}, .self = std::nullopt};
    for (; !done; ++searches) {
      const auto snapshot = gallery.Pin();
      const auto result = Search(*snapshot, probe, {.filter = {}, .max_candidates = 5, .after = 0});
      const Comparison& comparison = result->comparison;
      const bool is_whole = snapshot->face_count() == 2 * snapshot->record_count() &&
                            comparison.compared == snapshot->record_count() &&
                            comparison.templates_compared == snapshot->face_count();
      if (!is_whole) ++wrong;
    }
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (std::uint64_t i = 1; i <= 1'500 || searches < 30; ++i) {
    const auto record = NumberedId<RecordId>(i);
    GalleryChange change;
    change.number = static_cast<ChangeNumber>(i);
    change.put_records = {{record, change.number, {}}};
    const Template near{"coarse", {static_cast<float>(i), 0}};
    change.add_faces = {{record, NumberedId<PhotoId>(i), NumberedId<FaceId>(2 * i), {near}},
                        {record, NumberedId<PhotoId>(i), NumberedId<FaceId>(2 * i + 1), {near}}};
    if (i % 3 == 0) change.remove_records = {NumberedId<RecordId>(i / 2)};
    ASSERT_TRUE(gallery.Apply(change));
  }
  done = true;
  readers.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace homeward
