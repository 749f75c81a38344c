// What a gallery found out about everybody's nearest others, kept on disk for the next start. Never
// needed: without it the gallery is the same and takes longer to make.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "matcher/gallery.h"
#include "matcher/gallery_snapshot.h"
#include "server/store/spread_file.h"

namespace homeward {

// A folder with one file for each space (docs/snapshot.md). What somebody leaves by an erasure is
// gone from it when Forget returns; what a crash before that left there is gone when FinishRecall
// does. Thread safe, as far as is said.
class SpreadArchive {
 public:
  // What a start made of the file of a space.
  struct Finding {
    std::string space_id;
    std::size_t persons = 0;
    std::size_t recalled = 0;  // of them, those whose lists were taken from the file
    std::string why_not;       // where none were
  };

  // Makes the folder (0700), and removes what a crash left half written. Errors: kStoreFull,
  // kStoreUnavailable.
  static Result<std::unique_ptr<SpreadArchive>> Open(const std::filesystem::path& folder,
                                                     const SpreadFile::Secret& secret);

  // For Gallery::Publish: one space after the other, at a start. A file in which anything is off
  // is not used. What was returned may be used until FinishRecall.
  SpreadMemory Recall(const MeasuredSpace& space, std::span<const SpacePerson> persons);
  // Takes out of the files whoever was not there, removes those that are of no use, and says what
  // was found, by space. Before anybody is served. Errors: as Forget's.
  Result<std::vector<Finding>> FinishRecall();

  // Writes the gallery that `keep` gives in the place of what is there, at a low pace for as long
  // as it takes; ends early, and leaves what was there, when `stopped()` and when somebody is to
  // be forgotten meanwhile. Returns whether it came to its end. One at a time. Errors: `keep`'s,
  // kStoreFull, kStoreUnavailable.
  Result<bool> Save(const std::function<Result<KeptGallery>()>& keep,
                    const std::function<bool()>& stopped);
  // Of the gallery that the files hold; of several the earliest, and 0 where one is missing.
  ChangeNumber saved_change() const;

  // Nothing of the persons of this record, or of their places among the others of anybody, is in
  // any file when it returns. To be called after the gallery has let go of them. Errors:
  // kStoreFull, kStoreUnavailable, where a file could neither be rewritten nor removed.
  Result<void> Forget(ChangeNumber record);

  ~SpreadArchive();

 private:
  struct Recollection;

  SpreadArchive(std::filesystem::path folder, const SpreadFile::Secret& secret);

  std::filesystem::path PathOf(const std::string& space_id) const;
  Result<bool> SaveSpaces(const std::function<Result<KeptGallery>()>& keep,
                          const std::function<bool()>& stopped);
  Result<bool> SaveSpace(const GallerySpace& space, const KeptGallery& kept,
                         const std::function<bool()>& stopped);
  // These three with mutex_ held. Takes them out, or removes the file.
  Result<void> ForgetPlaces(const std::string& space_id, const std::vector<bool>& places);
  Result<void> Remove(const std::string& space_id);
  Result<void> RemoveOthers();

  const std::filesystem::path folder_;
  const SpreadFile::Secret secret_;
  std::map<std::string, std::unique_ptr<Recollection>> recollections_;  // of a start, by space
  mutable std::mutex mutex_;
  std::condition_variable saved_;
  // Somebody is to be forgotten, and what is being saved may still hold them.
  std::atomic<bool> forgetting_ = false;
  // Guarded by mutex_:
  bool saving_ = false;
  ChangeNumber saved_change_ = 0;
  // By space, the records of the places of the file that is there; 0 for nobody.
  std::map<std::string, std::vector<ChangeNumber>> written_;
};

}  // namespace homeward
