#include <gmock/gmock.h>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GalleryFace FaceOf(const PhotoEntry& photo) {
  return {photo.record, photo.id, photo.faces[0].id, photo.faces[0].templates, photo.faces[0].shot};
}

GalleryChange Change(ChangeNumber number, std::vector<GalleryRecord> records,
                     std::vector<GalleryFace> faces) {
  GalleryChange change;
  change.number = number;
  change.put_records = std::move(records);
  change.add_faces = std::move(faces);
  return change;
}

std::string Describe(const std::vector<GalleryChange>& changes) {
  std::string text;
  for (const GalleryChange& change : changes) text += homeward::Describe(change);
  return text;
}

TEST_P(StoreContractTest, LoadsNothingFromAnEmptyStore) {
  EXPECT_THAT(LoadChanges(store()), IsEmpty());
}

TEST_P(StoreContractTest, LoadsTheGalleryAsTheChangesThatMadeIt) {
  Record early = Add(RecordKind::kStranded);
  const Record late = samples().NewRecord(RecordKind::kMissing);
  const PhotoEntry both = samples().NewPhoto(late.id, {kSpaceA, kSpaceB});
  Do([&](UnitOfWork& work) {
    Must(work.AddRecord(late));
    Must(work.AddPhoto(both));
  });
  AddPhoto(late.id, {});  // no template: nothing to search
  const PhotoEntry later = AddPhoto(early.id, {kSpaceA});
  early.person.birth_date = Date{1990, 0, 0};
  Do([&](UnitOfWork& work) { Must(work.UpdateRecord(early)); });

  EXPECT_EQ(Describe(LoadChanges(store())),
            Describe({Change(1, {{early.id, 1, AttributesOf(early)}}, {}),
                      Change(2, {{late.id, 2, AttributesOf(late)}}, {FaceOf(both)}),
                      Change(4, {}, {FaceOf(later)}), Change(5, {}, {})}));
}

TEST_P(StoreContractTest, LoadsALaterTemplateWithTheChangeThatItCameWith) {
  const Record record = Add(RecordKind::kStranded);
  const PhotoEntry photo = AddPhoto(record.id, {kSpaceA});
  const PhotoEntry next = AddPhoto(record.id, {kSpaceA, kSpaceB});
  const Template late{kSpaceB, {5, 6, 7}};
  Do([&](UnitOfWork& work) { Must(work.AddTemplate(photo.faces[0].id, late)); });
  GalleryFace further = FaceOf(photo);
  further.templates = {late};
  EXPECT_EQ(Describe(LoadChanges(store())),
            Describe({Change(1, {{record.id, 1, AttributesOf(record)}}, {}),
                      Change(2, {}, {FaceOf(photo)}), Change(3, {}, {FaceOf(next)}),
                      Change(4, {}, {further})}));
}

TEST_P(StoreContractTest, LoadsNothingOfWhatWasErasedOrDeleted) {
  const Record erased = Add(RecordKind::kStranded);
  AddPhoto(erased.id, {kSpaceA});
  const Record kept = Add(RecordKind::kStranded);
  const PhotoEntry deleted = AddPhoto(kept.id, {kSpaceA});
  Erase(erased.id);
  Do([&](UnitOfWork& work) { Must(work.DeletePhoto(deleted.id)); });
  EXPECT_EQ(Describe(LoadChanges(store())),
            Describe({Change(3, {{kept.id, 3, AttributesOf(kept)}}, {}), Change(6, {}, {})}));
}

TEST_P(StoreContractTest, StopsLoadingAtTheFirstError) {
  Add(RecordKind::kStranded);
  Add(RecordKind::kStranded);
  int calls = 0;
  const auto loaded = store().LoadGallery([&](const GalleryChange&) -> Result<void> {
    ++calls;
    return Fail(Reason::kModelMismatch, "");
  });
  EXPECT_EQ(Outcome(loaded), "MODEL_MISMATCH");
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace homeward
