// Everything searchable: which record, photo and face a template belongs to, with the attributes a
// search may filter by. A cache: a function of the database at one change number.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/face_index.h"
#include "matcher/id.h"
#include "matcher/search_filter.h"
#include "matcher/strangers.h"
#include "matcher/template.h"
#include "matcher/yardstick.h"

namespace homeward {

// Counts committed changes; the later of two has the larger number.
using ChangeNumber = std::int64_t;

struct GalleryRecord {
  RecordId id;
  ChangeNumber created = 0;
  RecordAttributes attributes;
};

struct GalleryFace {
  RecordId record;
  PhotoId photo;
  FaceId face;
  std::vector<Template> templates;  // at least one; at most one per space
  // Faces of a record that have one number, not 0, show the same photograph (face_print.h) and
  // count as one: that which came first.
  std::int32_t shot = 0;
};

// What one committed transaction did to the gallery. Applied in the order of the fields.
struct GalleryChange {
  ChangeNumber number = 0;
  std::vector<GalleryRecord> put_records;  // added, or attributes replaced (`created` stays)
  // Their record exists already or is in put_records. A face that is here already gains templates
  // in spaces where it had none.
  std::vector<GalleryFace> add_faces;
  // What is not here is passed over: a photo without a usable face never was.
  std::vector<PhotoId> remove_photos;
  std::vector<RecordId> remove_records;  // with all their faces
};

class GallerySnapshot;  // gallery_snapshot.h

// Somebody who can be searched in a space: the number their record was created by, their place in
// the gallery and their template.
struct SpacePerson {
  ChangeNumber record = 0;
  PartitionedSlot place;
  std::span<const float> vector;
};

// What is remembered of the persons of a space, who are there for as long as the call.
using SpreadRecall =
    std::function<SpreadMemory(const MeasuredSpace& space, std::span<const SpacePerson> persons)>;

// A gallery with what is not part of its snapshot and costs most to make.
struct KeptGallery {
  std::shared_ptr<const GallerySnapshot> snapshot;
  std::map<std::string, KeptSpreads> spreads;  // by space, of those with a yardstick
};

// Thread safety: Apply, Load, Publish and Keep from one thread at a time (the store's writer lock);
// Pin from any, never blocked by Apply for longer than the exchange of a pointer.
class Gallery {
 public:
  using IndexFactory = std::function<std::unique_ptr<FaceIndex>(const Space&)>;

  Gallery(std::vector<MeasuredSpace> spaces, const IndexFactory& make_index);
  ~Gallery();

  // Costs about what the change holds, not what the gallery holds. Errors: kInternal if
  // change.number is not larger than the last one, or a face has no template, comes twice, has one
  // in that space already, or names an unknown record or the photo of another; kModelMismatch for a
  // template of an unknown space, of wrong size or not finite. On error nothing was applied. Ends
  // the process if memory runs out half-way, as the gallery can only be rebuilt then.
  Result<void> Apply(const GalleryChange& change);
  // The two halves of Apply. Between many changes in a row, as when a database is read, nobody need
  // see each state, and to publish them costs more than to load them. Errors: as Apply's.
  Result<void> Load(const GalleryChange& change);
  void Publish();
  // The first publication of all that was loaded, with what `recall` remembers of who is there
  // instead of all that it costs to find it out. The gallery is the same.
  void Publish(const SpreadRecall& recall);
  // As it was published last. By whoever may call Apply.
  KeptGallery Keep();
  std::shared_ptr<const GallerySnapshot> Pin() const;

 private:
  struct State;
  std::unique_ptr<State> state_;  // only Apply touches it
  mutable std::mutex published_mutex_;
  std::shared_ptr<const GallerySnapshot> published_;
};

}  // namespace homeward
