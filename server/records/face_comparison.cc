#include "server/records/face_comparison.h"

#include <utility>

#include "server/records/person_search.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

Result<Face> FaceOf(Casebook& book, const Intent& intent, const ShownPhoto& shown,
                    const char* which) {
  const auto analyzed = AnalyzePhoto(book, intent, shown);
  auto face = analyzed ? ChooseUsableFace(shown, analyzed->faces)
                       : Result<Face>(std::unexpected(analyzed.error()));
  if (!face) face.error().metadata["photo"] = which;
  return face;
}

}  // namespace

Result<FaceComparison> CompareFaces(Casebook& book, const Intent& intent, const ShownPhoto& first,
                                    const ShownPhoto& second) {
  if (auto ok = CheckPurposefulIntent(intent); !ok) return std::unexpected(ok.error());
  auto one = FaceOf(book, intent, first, "first");
  if (!one) return std::unexpected(one.error());
  auto other = FaceOf(book, intent, second, "second");
  if (!other) return std::unexpected(other.error());
  OperatingPoint point = book.operating_point();
  std::string space_id = SpaceIdsOf(book, point.space_id).front();
  const auto distance =
      Distance(*FindTemplate(one->templates, space_id), *FindTemplate(other->templates, space_id));
  if (!distance) return std::unexpected(distance.error());
  const bool is_above = *distance <= point.threshold;
  return FaceComparison{.space_id = std::move(space_id),
                        .distance = *distance,
                        .operating_point = std::move(point),
                        .above_operating_point = is_above,
                        .first = *std::move(one),
                        .second = *std::move(other)};
}

}  // namespace homeward
