#include <gmock/gmock.h>

#include <limits>

#include "tests/store/store_contract.h"

namespace homeward {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(StoreContractTest, FindsAPhotoAsItWasAdded) {
  const RecordId record = Add(RecordKind::kStranded).id;
  PhotoEntry bare;
  bare.id = samples().NewId<PhotoId>();
  bare.record = record;
  bare.no_template_reason = NoTemplateReason::kFaceNotFound;
  PhotoEntry several = samples().NewPhoto(record, {kSpaceB, kSpaceA});
  several.faces.push_back(samples().NewPhoto(record, {}).faces[0]);
  for (PhotoEntry photo : {samples().NewPhoto(record, {kSpaceA}), bare, several}) {
    Do([&](UnitOfWork& work) { Must(work.AddPhoto(photo)); });
    photo.change = Must(store().LastChange());
    EXPECT_EQ(Describe(*Must(store().FindPhoto(photo.id))), Describe(photo));
  }
  EXPECT_EQ(Must(store().FindPhoto(samples().NewId<PhotoId>())), std::nullopt);
}

TEST_P(StoreContractTest, ListsTheFacesAndPhotosOfARecordAsTheyCame) {
  const RecordId one = Add(RecordKind::kStranded).id;
  const RecordId other = Add(RecordKind::kStranded).id;
  const PhotoEntry first = samples().NewPhoto(one, {});
  const PhotoEntry second = samples().NewPhoto(one, {});
  Do([&](UnitOfWork& work) {
    Must(work.AddPhoto(first));
    Must(work.AddPhoto(second));
  });
  const PhotoEntry between = AddPhoto(other, {});
  const PhotoEntry third = AddPhoto(one, {});
  const auto id_of = [](const PhotoEntry& photo) { return photo.id; };
  std::vector<PhotoId> listed;
  std::ranges::transform(Must(store().ListPhotos(one)), std::back_inserter(listed), id_of);
  EXPECT_THAT(listed, ElementsAre(first.id, second.id, third.id));
  EXPECT_THAT(Must(store().ListPhotoIds()), ElementsAre(first.id, second.id, between.id, third.id));
  EXPECT_THAT(Must(store().ListPhotos(samples().NewId<RecordId>())), IsEmpty());
}

TEST_P(StoreContractTest, AddsPhotosOnlyToRecordsThatAreThereAndOpen) {
  const RecordId erased = Add(RecordKind::kStranded).id;
  Erase(erased);
  const auto work = Must(store().Begin());
  for (const RecordId& record : {erased, samples().NewId<RecordId>()}) {
    EXPECT_EQ(Outcome(work->AddPhoto(samples().NewPhoto(record, {kSpaceA}))), "RECORD_NOT_FOUND");
  }
}

TEST_P(StoreContractTest, RefusesPhotoAndFaceIdsUsedBefore) {
  const RecordId record = Add(RecordKind::kStranded).id;
  const PhotoEntry photo = AddPhoto(record, {kSpaceA});
  PhotoEntry same_face = samples().NewPhoto(record, {kSpaceA});
  same_face.faces[0].id = photo.faces[0].id;
  EXPECT_EQ(Outcome(Must(store().Begin())->AddPhoto(photo)), "INTERNAL");
  EXPECT_EQ(Outcome(Must(store().Begin())->AddPhoto(same_face)), "INTERNAL");
}

TEST_P(StoreContractTest, AddsAFurtherTemplateToAStoredFaceOnce) {
  const RecordId record = Add(RecordKind::kStranded).id;
  const PhotoEntry photo = AddPhoto(record, {kSpaceA});
  const FaceId face = photo.faces[0].id;
  const Template late{kSpaceB, {5, 6, 7}};
  Do([&](UnitOfWork& work) { Must(work.AddTemplate(face, late)); });
  const auto stored = Must(store().FindPhoto(photo.id))->faces[0].templates;
  ASSERT_EQ(stored.size(), 2u);
  EXPECT_EQ(FindTemplate(stored, kSpaceB)->vector, late.vector);
  EXPECT_EQ(Outcome(Must(store().Begin())->AddTemplate(face, late)), "INTERNAL");
  EXPECT_EQ(Outcome(Must(store().Begin())->AddTemplate(samples().NewId<FaceId>(), late)),
            "INTERNAL");
}

TEST_P(StoreContractTest, KnowsWhichPhotosLackATemplateInASpace) {
  const RecordId record = Add(RecordKind::kStranded).id;
  const PhotoEntry one = AddPhoto(record, {kSpaceA});
  AddPhoto(record, {});  // not usable in any space
  AddPhoto(record, {kSpaceA, kSpaceB});
  const PhotoEntry other = AddPhoto(record, {kSpaceA});
  const auto unfilled = Must(store().ListUnfilled(kSpaceB, 0, 10));
  ASSERT_EQ(unfilled.size(), 2u);
  EXPECT_EQ(unfilled[0].id, one.id);
  EXPECT_EQ(unfilled[1].id, other.id);
  EXPECT_THAT(Must(store().ListUnfilled(kSpaceA, 0, 10)), IsEmpty());
  EXPECT_EQ(Must(store().ListUnfilled(kSpaceB, 0, 1)).size(), 1u);
  EXPECT_EQ(Must(store().ListUnfilled(kSpaceB, unfilled[0].sequence, 10)).front().id, other.id);
  EXPECT_EQ(Must(store().CountFilled(kSpaceB)).filled, 1);
  EXPECT_EQ(Must(store().CountFilled(kSpaceB)).faces, 3);
  Do([&](UnitOfWork& work) {
    for (const PhotoEntry& photo : {one, other}) {
      Must(work.AddTemplate(photo.faces[0].id, {kSpaceB, {1, 2, 3}}));
    }
    EXPECT_EQ(Must(work.CountFilled(kSpaceB)).filled, 3);
  });
  EXPECT_THAT(Must(store().ListUnfilled(kSpaceB, 0, 10)), IsEmpty());
  Erase(record);
  EXPECT_EQ(Must(store().CountFilled(kSpaceB)).faces, 0);
}

TEST_P(StoreContractTest, RefusesTemplatesThatCannotBeCompared) {
  const RecordId record = Add(RecordKind::kStranded).id;
  const std::vector<std::vector<float>> refused = {
      {}, {1, std::numeric_limits<float>::quiet_NaN()}, {std::numeric_limits<float>::infinity()}};
  for (const auto& vector : refused) {
    PhotoEntry photo = samples().NewPhoto(record, {kSpaceA});
    photo.faces[0].templates[0].vector = vector;
    EXPECT_EQ(Outcome(Must(store().Begin())->AddPhoto(photo)), "INTERNAL");
  }
  EXPECT_EQ(
      Outcome(Must(store().Begin())->AddPhoto(samples().NewPhoto(record, {kSpaceA, kSpaceA}))),
      "INTERNAL")
      << "two templates of one space";
}

TEST_P(StoreContractTest, DeletesAPhotoWithItsFaces) {
  const RecordId record = Add(RecordKind::kStranded).id;
  const PhotoEntry deleted = AddPhoto(record, {kSpaceA, kSpaceB});
  const PhotoEntry kept = AddPhoto(record, {kSpaceA});
  Do([&](UnitOfWork& work) {
    Must(work.AddCoverage({deleted.faces[0].id, kSpaceA, 1, 0}));
    Must(work.DeletePhoto(deleted.id));
    EXPECT_EQ(Outcome(work.DeletePhoto(deleted.id)), "PHOTO_NOT_FOUND");
    EXPECT_EQ(Outcome(work.DeletePhoto(samples().NewId<PhotoId>())), "PHOTO_NOT_FOUND");
  });
  EXPECT_EQ(Must(store().FindPhoto(deleted.id)), std::nullopt);
  EXPECT_THAT(Must(store().ListPhotoIds()), ElementsAre(kept.id));
  EXPECT_EQ(Describe(*Must(store().FindPhoto(kept.id))), Describe(kept));
}

}  // namespace
}  // namespace homeward
