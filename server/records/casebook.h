// Everything that records/ works with, in one place: the composition root makes it, the handlers
// use it. The functions over it are in the files named after what they do: enrolment.h,
// face_search.h, record_book.h, ...
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/fusion.h"
#include "matcher/gallery.h"
#include "matcher/photo.h"
#include "matcher/template.h"
#include "server/records/analyzer_pool.h"
#include "server/records/clock.h"
#include "server/store/photo_vault.h"
#include "server/store/spread_archive.h"
#include "server/store/store.h"

namespace homeward {

// Thread safe, as each part is. The parts must outlive it.
class Casebook {
 public:
  struct Parts {
    Store& store;
    PhotoVault& vault;
    Gallery& gallery;
    AnalyzerPool& analyzers;
    const Clock& clock;
    IdSource& ids;
    // Those shipped for the analyzers' spaces; at least the leading one has one.
    std::vector<OperatingPoint> operating_points;
    // Of the analyzers' spaces.
    std::vector<Fusion> fusions = {};
    // What erasures reach too; may be null.
    SpreadArchive* spreads = nullptr;
    std::array<std::uint8_t, 32> hash_key{};  // for the keyed hashes of photos that are not kept
    PhotoLimits photo_limits{};
  };
  explicit Casebook(Parts parts)
      : parts_(std::move(parts)),
        operating_point_(*FindShippedPoint(analyzers().spaces().front().id)) {}

  Store& store() const { return parts_.store; }
  PhotoVault& vault() const { return parts_.vault; }
  Gallery& gallery() const { return parts_.gallery; }
  SpreadArchive* spreads() const { return parts_.spreads; }
  AnalyzerPool& analyzers() const { return parts_.analyzers; }
  const Clock& clock() const { return parts_.clock; }
  IdSource& ids() const { return parts_.ids; }
  const std::vector<OperatingPoint>& shipped_operating_points() const {
    return parts_.operating_points;
  }
  // Null where none is shipped for the space.
  const OperatingPoint* FindShippedPoint(std::string_view space_id) const {
    const auto found =
        std::ranges::find(parts_.operating_points, space_id, &OperatingPoint::space_id);
    return found == parts_.operating_points.end() ? nullptr : &*found;
  }
  // Null where the analyzers do not work in it.
  const Space* FindSpace(std::string_view id) const {
    const auto found = std::ranges::find(analyzers().spaces(), id, &Space::id);
    return found == analyzers().spaces().end() ? nullptr : &*found;
  }
  const std::vector<Fusion>& fusions() const { return parts_.fusions; }
  // Null where no fusion of the analyzers' spaces has this id.
  const Fusion* FindFusion(std::string_view id) const {
    const auto found = std::ranges::find(fusions(), id, &Fusion::id);
    return found == fusions().end() ? nullptr : &*found;
  }
  // The one in force, which also says in which space or fusion of the analyzers faces are compared;
  // whoever decides by it takes it once. operating_point_book.h changes it.
  OperatingPoint operating_point() const {
    const std::lock_guard lock(mutex_);
    return operating_point_;
  }
  void PutInForce(OperatingPoint point) {
    const std::lock_guard lock(mutex_);
    operating_point_ = std::move(point);
  }
  const std::array<std::uint8_t, 32>& hash_key() const { return parts_.hash_key; }
  const PhotoLimits& photo_limits() const { return parts_.photo_limits; }

 private:
  const Parts parts_;
  mutable std::mutex mutex_;
  OperatingPoint operating_point_;  // guarded by mutex_
};

}  // namespace homeward
