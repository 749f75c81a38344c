// The one port to the database, in the words of the domain. Adapters: sqlite_store.h.
//
// Errors of every method: kStoreUnavailable (busy beyond the wait, I/O), kStoreFull, kStoreCorrupt;
// further ones are named. "Not there" is an empty optional, never an error.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/gallery.h"
#include "server/records/audit_event.h"
#include "server/records/operating_point_entry.h"
#include "server/records/photo_entry.h"
#include "server/records/record.h"
#include "server/records/search_entry.h"

namespace homeward {

// Newest first; `before` is the created_change (records) or sequence (all else) of the last row of
// the page before, 0 for the first page.
struct Page {
  int size = 50;
  std::int64_t before = 0;
};

// A search with its place in the order of all searches.
struct SequencedSearch {
  std::int64_t sequence = 0;
  SearchEntry search;
};

// An operating point with its place, from 1, in the order of all of them.
struct SequencedOperatingPoint {
  std::int64_t sequence = 0;
  OperatingPointEntry entry;
};

// What a request_id was used for. The answer is rebuilt from what it names.
struct RequestEntry {
  std::string caller;
  std::string method;
  std::string request_id;
  Sha256 digest{};  // of the request's content, to detect another request under the same id
  std::optional<RecordId> record;
  std::vector<PhotoId> photos;
  std::optional<SearchId> search;
};

// One face compared with everything eligible that was committed up to `compared_through`.
struct CoverageEntry {
  FaceId face;
  std::string space_id;
  ChangeNumber compared_through = 0;
  std::int64_t compared_faces = 0;
};

// A photo with its place, from 1, in the order of all of them.
struct UnfilledPhoto {
  std::int64_t sequence = 0;
  PhotoId id;
};

// Of the faces that have a template in any space, how many have one in this.
struct SpaceFill {
  std::int64_t faces = 0;
  std::int64_t filled = 0;
};

// Pairs of live templates of one space from different records of eligible kinds.
struct Coverage {
  std::int64_t eligible_pairs = 0;
  std::int64_t compared_pairs = 0;  // those that the later of the two compared
};

// What can be read, inside and outside a transaction.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  // Tombstones (state kErased) are found too, with nothing but id, kind, state and times.
  virtual Result<std::optional<Record>> FindRecord(const RecordId& id) const = 0;
  // Open records that pass `filter` (search_filter.h), newest first.
  virtual Result<std::vector<Record>> ListRecords(const SearchFilter& filter,
                                                  const Page& page) const = 0;
  virtual Result<std::vector<RecordId>> ListLinkedStays(const RecordId& id) const = 0;
  virtual Result<std::optional<PhotoEntry>> FindPhoto(const PhotoId& id) const = 0;
  // In the order in which they were stored.
  virtual Result<std::vector<PhotoEntry>> ListPhotos(const RecordId& record) const = 0;
  virtual Result<std::optional<SearchEntry>> FindSearch(const SearchId& id) const = 0;
  // Newest first, without candidates. An empty case_reference asks for all.
  virtual Result<std::vector<SequencedSearch>> ListSearches(const std::string& case_reference,
                                                            const Page& page) const = 0;
  virtual Result<std::optional<RequestEntry>> FindRequest(const std::string& caller,
                                                          const std::string& request_id) const = 0;
  virtual Result<std::optional<OperatingPointEntry>> FindOperatingPoint(
      const std::string& name) const = 0;
  // Newest first.
  virtual Result<std::vector<SequencedOperatingPoint>> ListOperatingPoints(
      const Page& page) const = 0;
  // Of the operating point with this name, the last `most`, newest first.
  virtual Result<std::vector<Activation>> ListActivations(const std::string& point,
                                                          int most) const = 0;
  // Of any point.
  virtual Result<std::optional<Activation>> FindLastActivation() const = 0;
  // At most `most` photos after the one of this sequence that show a face with a template, but none
  // in the space; in the order in which they were stored.
  virtual Result<std::vector<UnfilledPhoto>> ListUnfilled(const std::string& space_id,
                                                          std::int64_t after, int most) const = 0;
  virtual Result<SpaceFill> CountFilled(const std::string& space_id) const = 0;
};

// One write transaction under the writer lock, which it holds until it is destroyed: rolled back
// unless Commit returned a value. Whatever a caller does between Commit and destruction (publishing
// to the gallery) is therefore ordered as the commits are. Used by one thread.
class UnitOfWork : public StoreReader {
 public:
  // The number this transaction gets if it changes what can be searched: one more than the last.
  virtual ChangeNumber change_number() const = 0;

  // Adds a record; the store sets created_change. At most one in a unit of work, since its number
  // orders the records. Errors: kInternal for a second one and for an id used before.
  virtual Result<void> AddRecord(const Record& record) = 0;
  // Replaces what can change of an open record. Errors: kRecordNotFound.
  virtual Result<void> UpdateRecord(const Record& record) = 0;
  // Leaves a tombstone: photos, faces, templates, links, coverage and details go; searches keep
  // their rows. Returns the photos whose bytes must go. Errors: kRecordNotFound.
  virtual Result<std::vector<PhotoId>> EraseRecord(const RecordId& id, Time at,
                                                   const std::string& reason) = 0;
  // Adds a photo with its faces and templates; the store sets `change`. Errors: kRecordNotFound.
  virtual Result<void> AddPhoto(const PhotoEntry& photo) = 0;
  // A further template of a face that was stored before. Errors: kInternal where the face is not
  // there, or has one in that space.
  virtual Result<void> AddTemplate(const FaceId& face, const Template& face_template) = 0;
  // Errors: kPhotoNotFound.
  virtual Result<void> DeletePhoto(const PhotoId& id) = 0;
  // Errors: kAlreadyLinked, kNotLinked. The order of the two does not matter.
  virtual Result<void> LinkStays(const RecordId& one, const RecordId& other, Time at) = 0;
  virtual Result<void> UnlinkStays(const RecordId& one, const RecordId& other) = 0;
  virtual Result<void> AddSearch(const SearchEntry& search) = 0;
  // Errors: kInternal for a face without a template in the space.
  virtual Result<void> AddCoverage(const CoverageEntry& coverage) = 0;
  // Errors: kRequestIdReused if the caller used the id before.
  virtual Result<void> RememberRequest(const RequestEntry& request) = 0;
  // Errors: kOperatingPointExists.
  virtual Result<void> AddOperatingPoint(const OperatingPointEntry& entry) = 0;
  virtual Result<void> AddActivation(const Activation& activation) = 0;

  // The only way to make anything last: with who, what and why. Durable when it returns a value.
  virtual Result<void> Commit(const AuditEvent& event) = 0;
};

// Thread safe: any number of readers beside one writer.
class Store : public StoreReader {
 public:
  // Waits for the writer lock.
  virtual Result<std::unique_ptr<UnitOfWork>> Begin() = 0;
  // The last committed change of what can be searched.
  virtual Result<ChangeNumber> LastChange() const = 0;
  // Every open record with its faces, as changes in the order of their numbers, from one consistent
  // view. Records whose photos came later appear in several changes. Stops at the first error
  // `apply` returns, and returns it.
  virtual Result<void> LoadGallery(
      const std::function<Result<void>(const GalleryChange&)>& apply) const = 0;
  virtual Result<Coverage> CountCoverage() const = 0;
  // Every photo that the database knows.
  virtual Result<std::vector<PhotoId>> ListPhotoIds() const = 0;
  // After an erasure: leaves nothing of it in the write-ahead log or free pages.
  virtual Result<void> ScrubErased() = 0;
};

}  // namespace homeward
