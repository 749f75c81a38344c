// Random changes of a gallery of two spaces, each valid after those before it.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "matcher/flat_index.h"
#include "tests/testing/gallery_model.h"

namespace homeward {

inline const std::vector<Space>& TestSpaces() {
  static const std::vector<Space> spaces = {{"coarse", "coarse.dat", 2}, {"fine", "fine.dat", 5}};
  return spaces;
}

// Some synthetic faces, and a line that holds from a few people on.
inline std::shared_ptr<const Yardstick> TestYardstick(const Space& space) {
  std::mt19937_64 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> rows;
  for (int i = 0; i < (kSpreadNeighbours + 10) * space.dimension; ++i) {
    rows.push_back(normal(random));
  }
  return std::make_shared<const Yardstick>(Cohort::Create(space.dimension, rows).value(),
                                           ChanceLine{.intercept = 3,
                                                      .slope = 1.5,
                                                      .gallery_exponent = 0.5,
                                                      .least_gallery = 5,
                                                      .data = "made up",
                                                      .measured_on = "2026-11-01"});
}

inline Gallery MakeTestGallery() {
  std::vector<MeasuredSpace> spaces;
  for (const Space& space : TestSpaces()) spaces.push_back({space, TestYardstick(space)});
  return Gallery(std::move(spaces),
                 [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); });
}

class GalleryChanges {
 public:
  explicit GalleryChanges(std::uint64_t seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool OneIn(std::size_t n) { return Below(n) == 0; }

  template <class Id>
  Id NewId() {
    Id id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
    return id;
  }

  // Half of the vectors lie on a coarse grid, so that duplicates, zeros and ties are common.
  Template RandomTemplate(const Space& space) {
    std::vector<float> vector(static_cast<std::size_t>(space.dimension));
    std::normal_distribution<float> normal;
    const bool on_grid = OneIn(2);
    for (float& each : vector) {
      each = on_grid ? static_cast<float>(static_cast<int>(Below(3)) - 1) : normal(random_);
    }
    return {space.id, std::move(vector)};
  }

  RecordAttributes RandomAttributes() {
    static const std::vector<std::string> kRegions = {"", "410000", "410902", "410902001",
                                                      "110000"};
    RecordAttributes attributes;
    attributes.kind = static_cast<RecordKind>(1 + Below(3));
    attributes.sex = static_cast<Sex>(Below(4));
    if (OneIn(2)) attributes.birth_year_min = static_cast<int>(1940 + Below(60));
    if (attributes.birth_year_min) attributes.birth_year_max = *attributes.birth_year_min + 3;
    if (OneIn(2)) attributes.event_day = static_cast<int>(Below(100));
    attributes.region_code = kRegions[Below(kRegions.size())];
    attributes.unit = OneIn(3) ? "" : "units/" + std::to_string(Below(3));
    return attributes;
  }

  SearchFilter RandomFilter() {
    SearchFilter filter;
    if (OneIn(2)) filter.kinds = EligibleKinds(static_cast<RecordKind>(1 + Below(3)));
    if (OneIn(4)) filter.region_codes = {"410900"};
    if (OneIn(4)) filter.units = {"units/1"};
    if (OneIn(4)) filter.sex = static_cast<Sex>(Below(4));
    if (OneIn(4)) filter.birth_year_min = static_cast<int>(1940 + Below(60));
    if (OneIn(4)) filter.event_day_max = static_cast<int>(Below(100));
    return filter;
  }

  // A face of a new photo, or of the photo given, with a template in one space or both.
  GalleryFace RandomFace(const RecordId& record, const PhotoId& photo) {
    GalleryFace face{record, photo, NewId<FaceId>(), {}, static_cast<std::int32_t>(Below(4))};
    const std::size_t which = Below(4);
    if (which != 0) face.templates.push_back(RandomTemplate(TestSpaces()[1]));
    if (which <= 1) face.templates.push_back(RandomTemplate(TestSpaces()[0]));
    return face;
  }

  // New records with up to `most_photos` photos each, photos for old records, templates of the
  // other space for faces of one, new attributes, and removals, all at once.
  GalleryChange Next(const GalleryModel& model, std::size_t most_records, std::size_t most_photos) {
    GalleryChange change;
    change.number = model.change_number + 1 + static_cast<ChangeNumber>(Below(3));
    for (std::size_t i = Below(most_records + 1); i > 0; --i) {
      change.put_records.push_back({NewId<RecordId>(), change.number, RandomAttributes()});
      AddPhotos(change, change.put_records.back().id, Below(most_photos + 1));
    }
    for (const auto& [id, record] : model.records) {
      if (OneIn(10)) change.put_records.push_back({id, change.number, RandomAttributes()});
      if (OneIn(10)) AddPhotos(change, id, 1);
      if (OneIn(10) && !record.faces.empty()) {
        change.remove_photos.push_back(record.faces[Below(record.faces.size())].face.photo);
      }
      if (OneIn(5)) AddMissingTemplates(change, record);
      if (OneIn(20)) change.remove_records.push_back(id);
    }
    return change;
  }

 private:
  void AddMissingTemplates(GalleryChange& change, const ModelRecord& record) {
    for (const ModelFace& each : record.faces) {
      // Nobody makes a template of a photo in the very change that removes it.
      if (std::ranges::find(change.remove_photos, each.face.photo) != change.remove_photos.end()) {
        continue;
      }
      GalleryFace face = each.face;
      face.templates.clear();
      for (const Space& space : TestSpaces()) {
        if (TemplateOf(each.face, space.id) == nullptr) {
          face.templates.push_back(RandomTemplate(space));
        }
      }
      if (!face.templates.empty()) change.add_faces.push_back(std::move(face));
    }
  }

  void AddPhotos(GalleryChange& change, const RecordId& record, std::size_t count) {
    for (; count > 0; --count) {
      const auto photo = NewId<PhotoId>();
      for (std::size_t faces = 1 + Below(2); faces > 0; --faces) {
        change.add_faces.push_back(RandomFace(record, photo));
      }
    }
  }

  std::mt19937_64 random_;
};

}  // namespace homeward
