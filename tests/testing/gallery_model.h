// The gallery and the search told again in the plainest way: lists, and no index. What the real
// ones are compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "matcher/gallery.h"
#include "matcher/gallery_snapshot.h"
#include "matcher/searcher.h"

namespace homeward {

struct ModelFace {
  GalleryFace face;
  std::map<std::string, int> order = {};  // by space, among all templates ever added
};

struct ModelRecord {
  GalleryRecord record;
  std::vector<ModelFace> faces;
  std::map<std::string, ChangeNumber> committed = {};  // of the person's template, by space
};

inline const Template* TemplateOf(const GalleryFace& face, const std::string& space_id) {
  return FindTemplate(face.templates, space_id);
}

// The faces of a record that have a template in the space, in the order in which those came.
inline std::vector<const ModelFace*> FacesIn(const ModelRecord& record, const std::string& space) {
  std::vector<const ModelFace*> faces;
  for (const ModelFace& each : record.faces) {
    if (TemplateOf(each.face, space) != nullptr) faces.push_back(&each);
  }
  std::ranges::sort(faces, {}, [&](const ModelFace* face) { return face->order.at(space); });
  return faces;
}

// Those of them that the person's template is made of: the first of each shot.
inline std::vector<const ModelFace*> CountedIn(const ModelRecord& record,
                                               const std::string& space) {
  std::vector<const ModelFace*> counted;
  std::set<std::int32_t> seen;
  for (const ModelFace* face : FacesIn(record, space)) {
    if (face->face.shot == 0 || seen.insert(face->face.shot).second) counted.push_back(face);
  }
  return counted;
}

inline std::vector<const Template*> TemplatesIn(const ModelRecord& record,
                                                const std::string& space) {
  std::vector<const Template*> templates;
  for (const ModelFace* face : CountedIn(record, space)) {
    templates.push_back(TemplateOf(face->face, space));
  }
  return templates;
}

inline std::vector<float> MeanVector(const std::vector<const Template*>& templates) {
  std::vector<float> mean;
  for (std::size_t i = 0; i < templates.front()->vector.size(); ++i) {
    double sum = 0;
    for (const Template* each : templates) sum += each->vector[i];
    mean.push_back(static_cast<float>(sum / static_cast<double>(templates.size())));
  }
  return mean;
}

struct GalleryModel {
  std::map<RecordId, ModelRecord> records;
  ChangeNumber change_number = 0;
  int templates_added = 0;

  using FaceOrders = std::map<std::pair<RecordId, std::string>, std::vector<int>>;

  FaceOrders Orders() const {
    FaceOrders orders;
    for (const auto& [id, record] : records) {
      std::set<std::string> spaces;
      for (const ModelFace& each : record.faces) {
        for (const Template& stored : each.face.templates) spaces.insert(stored.space_id);
      }
      for (const std::string& space : spaces) {
        for (const ModelFace* each : CountedIn(record, space)) {
          orders[{id, space}].push_back(each->order.at(space));
        }
      }
    }
    return orders;
  }

  void Apply(const GalleryChange& change) {
    const FaceOrders before = Orders();
    ApplyToLists(change);
    for (const auto& [place, orders] : Orders()) {
      const auto former = before.find(place);
      if (former != before.end() && former->second == orders) continue;
      records.at(place.first).committed[place.second] = change.number;
    }
  }

  void ApplyToLists(const GalleryChange& change) {
    change_number = change.number;
    for (const GalleryRecord& put : change.put_records) {
      const auto [entry, added] = records.try_emplace(put.id, ModelRecord{put, {}});
      if (!added) entry->second.record.attributes = put.attributes;
    }
    for (const GalleryFace& face : change.add_faces) {
      AddFace(face, records.at(face.record).faces);
    }
    for (const PhotoId& photo : change.remove_photos) {
      for (auto& [id, record] : records) {
        std::erase_if(record.faces,
                      [&](const ModelFace& each) { return each.face.photo == photo; });
      }
    }
    for (const RecordId& record : change.remove_records) records.erase(record);
  }

  void AddFace(const GalleryFace& face, std::vector<ModelFace>& faces) {
    auto place =
        std::ranges::find(faces, face.face, [](const ModelFace& each) { return each.face.face; });
    if (place == faces.end()) {
      place = faces.insert(place, {.face = face});
    } else {
      auto& templates = place->face.templates;
      templates.insert(templates.end(), face.templates.begin(), face.templates.end());
    }
    for (const Template& each : face.templates) place->order[each.space_id] = templates_added++;
  }

  std::int64_t CountFaces() const {
    std::int64_t count = 0;
    for (const auto& [id, record] : records) count += std::ssize(record.faces);
    return count;
  }

  std::uint64_t FaceDigest() const {
    std::uint64_t digest = 0;
    for (const auto& [id, record] : records) {
      for (const ModelFace& each : record.faces) digest += DigestOf(each.face.face);
    }
    return digest;
  }
};

// One after the other, in fp32.
inline float ScanDistance(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

// The heading of Comparison under which one record is counted.
inline std::int64_t Comparison::* HeadingOf(const ModelRecord& record, const Probe& probe,
                                            const SearchFilter& filter) {
  const RecordAttributes& attributes = record.record.attributes;
  if (probe.self == record.record.id) return &Comparison::own;
  if (!MatchesKind(filter, attributes.kind)) return &Comparison::kind_not_searched;
  if (!MatchesAttributes(filter, attributes)) return &Comparison::filtered;
  if (record.faces.empty()) return &Comparison::no_usable_face;
  const std::string& space = probe.templates.front().space_id;
  const bool in_space = std::ranges::any_of(
      record.faces, [&](const ModelFace& each) { return TemplateOf(each.face, space) != nullptr; });
  return in_space ? &Comparison::compared : &Comparison::other_space;
}

// The pair of faces that are nearest to each other, as {distance, probe, face}.
inline std::tuple<float, int, const ModelFace*> NearestFaces(const Probe& probe,
                                                             const ModelRecord& record) {
  std::tuple<float, int, const ModelFace*> nearest{INFINITY, 0, nullptr};
  for (int i = 0; i < std::ssize(probe.templates); ++i) {
    const Template& shown = probe.templates[static_cast<std::size_t>(i)];
    for (const ModelFace* face : CountedIn(record, shown.space_id)) {
      const float distance =
          ScanDistance(shown.vector, TemplateOf(face->face, shown.space_id)->vector);
      if (distance < std::get<0>(nearest)) nearest = {distance, i, face};
    }
  }
  return nearest;
}

// Search, by comparing the probe's person with that of every record that takes part.
inline SearchResult ScanModel(const GalleryModel& model, const Probe& probe,
                              const SearchRequest& request) {
  SearchResult result{.candidates = {},
                      .nearest_distances = {},
                      .comparison = {},
                      .watermark = model.change_number};
  const std::string& space = probe.templates.front().space_id;
  std::vector<const Template*> shown;
  for (const Template& each : probe.templates) shown.push_back(&each);
  for (const auto& [id, record] : model.records) {
    const auto heading = HeadingOf(record, probe, request.filter);
    ++result.comparison.searchable;
    ++(result.comparison.*heading);
    if (heading != &Comparison::compared) continue;
    const auto stored = TemplatesIn(record, space);
    result.comparison.templates_compared += std::ssize(FacesIn(record, space));
    if (record.committed.at(space) <= request.after) continue;
    const float distance = ScanDistance(MeanVector(shown), MeanVector(stored));
    const auto [face_distance, probe_index, face] = NearestFaces(probe, record);
    result.candidates.push_back({.record = id,
                                 .record_created = record.record.created,
                                 .attributes = record.record.attributes,
                                 .photo = face->face.photo,
                                 .face = face->face.face,
                                 .probe_index = probe_index,
                                 .squared_distance = distance,
                                 .distance = std::sqrt(static_cast<double>(distance))});
  }
  std::ranges::sort(result.candidates, {}, [](const Candidate& each) {
    return std::tuple(each.squared_distance, each.record_created, each.record);
  });
  if (std::ssize(result.candidates) > request.max_candidates) {
    result.candidates.resize(static_cast<std::size_t>(request.max_candidates));
  }
  return result;
}

}  // namespace homeward
