// The gallery and the search told again in the plainest way: lists, and no index. What the real
// ones are compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
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
  ChangeNumber committed = 0;
  int order = 0;  // among all faces ever added
};

struct ModelRecord {
  GalleryRecord record;
  std::vector<ModelFace> faces;
};

struct GalleryModel {
  std::map<RecordId, ModelRecord> records;
  ChangeNumber change_number = 0;
  int faces_added = 0;

  void Apply(const GalleryChange& change) {
    change_number = change.number;
    for (const GalleryRecord& put : change.put_records) {
      const auto [entry, added] = records.try_emplace(put.id, ModelRecord{put, {}});
      if (!added) entry->second.record.attributes = put.attributes;
    }
    for (const GalleryFace& face : change.add_faces) {
      records.at(face.record).faces.push_back({face, change.number, faces_added++});
    }
    for (const PhotoId& photo : change.remove_photos) {
      for (auto& [id, record] : records) {
        std::erase_if(record.faces,
                      [&](const ModelFace& each) { return each.face.photo == photo; });
      }
    }
    for (const RecordId& record : change.remove_records) records.erase(record);
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

inline const Template* TemplateOf(const GalleryFace& face, const std::string& space_id) {
  const auto found = std::ranges::find(face.templates, space_id, &Template::space_id);
  return found == face.templates.end() ? nullptr : &*found;
}

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

// Search, by comparing every template with every face of every record that takes part.
inline SearchResult ScanModel(const GalleryModel& model, const Probe& probe,
                              const SearchRequest& request) {
  SearchResult result{.candidates = {}, .comparison = {}, .watermark = model.change_number};
  for (const auto& [id, record] : model.records) {
    const auto heading = HeadingOf(record, probe, request.filter);
    ++result.comparison.searchable;
    ++(result.comparison.*heading);
    if (heading != &Comparison::compared) continue;
    std::vector<std::tuple<float, int, int>> hits;  // distance, order, probe
    for (const ModelFace& each : record.faces) {
      const Template* stored = TemplateOf(each.face, probe.templates.front().space_id);
      if (stored == nullptr) continue;
      ++result.comparison.templates_compared;
      if (each.committed <= request.after) continue;
      for (int i = 0; i < std::ssize(probe.templates); ++i) {
        const auto& vector = probe.templates[static_cast<std::size_t>(i)].vector;
        hits.emplace_back(ScanDistance(vector, stored->vector), each.order, i);
      }
    }
    if (hits.empty()) continue;
    const auto [distance, order, probe_index] = std::ranges::min(hits);
    const auto& hit = std::ranges::find(record.faces, order, &ModelFace::order)->face;
    result.candidates.push_back({.record = id,
                                 .record_created = record.record.created,
                                 .attributes = record.record.attributes,
                                 .photo = hit.photo,
                                 .face = hit.face,
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
