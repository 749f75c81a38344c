// Reading and erasing the photos of records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/records/casebook.h"
#include "server/records/intent.h"
#include "server/records/photo_entry.h"
#include "server/records/resource_name.h"

namespace homeward {

// Errors: kPhotoNotFound, for a photo of another record too.
Result<PhotoEntry> FindPhotoOf(const StoreReader& store, const PhotoName& name);

// The whole picture, in whose pixels its faces are. Errors: kStoreCorrupt; those of the vault.
Result<Photo> ReadStoredPhoto(const Casebook& book, const PhotoEntry& entry);

struct PhotoPage {
  std::vector<PhotoEntry> photos;
  std::string next_page_token;  // empty on the last page
};

// In the order in which they were stored; each photo that stays is on exactly one page, whatever is
// added or erased in between. Errors: kRecordNotFound, kPageTokenInvalid; those of PageSize.
Result<PhotoPage> ListPhotos(Casebook& book, const RecordId& record, int page_size,
                             const std::string& page_token);

enum class PhotoView : std::uint8_t { kUpright, kFaceCrop };

// A JPEG made anew, without any metadata. Errors: kPhotoNotFound; kNoFaceFound (face crop of a
// photo without a face); kStoreCorrupt.
Result<std::vector<std::uint8_t>> DownloadPhoto(Casebook& book, const PhotoName& name,
                                                PhotoView view);

// Erases the photo with bytes, faces and templates; durable when it returns. A failure after the
// photo is gone is finished by repeating the request, or by a restart. Errors: kPhotoNotFound.
Result<void> DeletePhoto(Casebook& book, const Intent& intent, const PhotoName& name);

}  // namespace homeward
