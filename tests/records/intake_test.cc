#include "server/records/intake.h"

#include <gtest/gtest.h>

#include "server/records/validation.h"
#include "tests/testing/enrolment_stories.h"

namespace homeward {
namespace {

using namespace homeward::testing;

TEST(IntakeTest, RefusesThePhotoThatIsOneTooMany) {
  CasebookFolder folder;
  Casebook& book = folder.book();
  const RecordId id = Enrol(book, RecordKind::kStranded, {}).value().record.record.id;
  auto unit = book.store().Begin().value();
  for (std::size_t i = 0; i + 1 < kMaxPhotosPerRecord; ++i) {
    PhotoEntry photo;
    photo.id = PhotoId{book.ids().Next()};
    photo.record = id;
    photo.no_template_reason = NoTemplateReason::kFaceNotFound;
    unit->AddPhoto(photo).value();
  }
  unit->Commit({}).value();
  unit.reset();
  EXPECT_TRUE(AddPhoto(book, id, 1, 0));
  const auto refused = AddPhoto(book, id, 1, 1);
  EXPECT_EQ(ReasonOf(refused), Reason::kTooManyPhotos);
  EXPECT_EQ(refused.error().metadata.at("limit"), "1000");
  EXPECT_EQ(folder.StoredPhotoCount(), 1);
}

TEST(IntakeTest, SaysOfEachFaceWhatItWasComparedWith) {
  CasebookFolder folder;
  Enrol(folder.book(), RecordKind::kMissing, {{1, 0}, {1, 1}}).value();
  Enrol(folder.book(), RecordKind::kAtRisk, {{2, 0}}).value();
  const auto intake = Enrol(folder.book(), RecordKind::kStranded, {{3, 0}}).value();
  EXPECT_EQ(intake.search->search.comparison.templates_compared, 3);
  const auto coverage = folder.book().store().CountCoverage().value();
  EXPECT_EQ(coverage.eligible_pairs, 2 + 3);
  EXPECT_EQ(coverage.compared_pairs, 2 + 3);
}

}  // namespace
}  // namespace homeward
