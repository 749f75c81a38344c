#include "server/records/photo_book.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "server/records/deed.h"
#include "server/records/erasure.h"
#include "server/records/page_token.h"
#include "server/records/record_book.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

// Of the face's size, on each side: enough for hair, chin and ears.
constexpr float kCropMargin = 0.4F;

// Up to where a list of photos was shown: those of earlier changes, and of the last one those
// named. Photos of one change have no order that outlives the erasure of one of them.
struct Shown {
  ChangeNumber change = 0;
  std::vector<std::string> of_last_change;

  bool Holds(const PhotoEntry& photo) const {
    return photo.change < change ||
           (photo.change == change &&
            std::ranges::find(of_last_change, photo.id.ToString()) != of_last_change.end());
  }
  void Add(const PhotoEntry& photo) {
    if (photo.change != change) of_last_change.clear();
    change = photo.change;
    of_last_change.push_back(photo.id.ToString());
  }
};

std::string ToText(const Shown& shown) {
  std::string text = std::to_string(shown.change);
  for (const std::string& id : shown.of_last_change) text += ' ' + id;
  return text;
}

// `text` was written by ToText: its seal has been checked.
Shown ShownFrom(const std::string& text) {
  std::istringstream words(text);
  Shown shown;
  words >> shown.change;
  for (std::string id; words >> id;) shown.of_last_change.push_back(id);
  return shown;
}

cv::Mat CropFace(const cv::Mat& bgr, const cv::Rect2f& box) {
  const cv::Rect2f wide{box.x - kCropMargin * box.width, box.y - kCropMargin * box.height,
                        (1 + 2 * kCropMargin) * box.width, (1 + 2 * kCropMargin) * box.height};
  const cv::Rect inside = cv::Rect(wide) & cv::Rect({}, bgr.size());
  return inside.empty() ? bgr : bgr(inside).clone();
}

}  // namespace

Result<PhotoEntry> FindPhotoOf(const StoreReader& store, const PhotoName& name) {
  auto photo = store.FindPhoto(name.photo);
  if (!photo) return std::unexpected(photo.error());
  if (!*photo || (*photo)->record != name.record) {
    return Fail(Reason::kPhotoNotFound, "There is no such photo, or it was erased.");
  }
  return **std::move(photo);
}

Result<Photo> ReadStoredPhoto(const Casebook& book, const PhotoEntry& entry) {
  const auto bytes = book.vault().Get(entry.id, entry.sha256);
  if (!bytes) return std::unexpected(bytes.error());
  auto photo = DecodePhoto(*bytes, book.photo_limits());
  // It was decoded when it was stored.
  if (!photo) return Fail(Reason::kStoreCorrupt, "The stored photo does not decode any more.");
  return photo;
}

Result<PhotoPage> ListPhotos(Casebook& book, const RecordId& record, int page_size,
                             const std::string& page_token) {
  const std::string parent = NameOf(record);
  const ListIdentity list{"ListPhotos", parent};
  const auto size = PageSize(page_size);
  if (!size) return std::unexpected(size.error());
  const auto position = OpenPageToken(book.hash_key(), list, page_token);
  if (!position) return std::unexpected(position.error());
  if (const auto found = FindOpenRecord(book.store(), record); !found) {
    return std::unexpected(found.error());
  }
  auto photos = book.store().ListPhotos(record);
  if (!photos) return std::unexpected(photos.error());
  Shown shown = *position ? ShownFrom(**position) : Shown{};
  std::erase_if(*photos, [&](const PhotoEntry& photo) { return shown.Holds(photo); });
  const bool has_more = std::ssize(*photos) > *size;
  if (has_more) photos->resize(static_cast<std::size_t>(*size));
  for (const PhotoEntry& photo : *photos) shown.Add(photo);
  PhotoPage page{.photos = *std::move(photos), .next_page_token = {}};
  if (has_more) page.next_page_token = SealPageToken(book.hash_key(), list, ToText(shown));
  return page;
}

Result<std::vector<std::uint8_t>> DownloadPhoto(Casebook& book, const PhotoName& name,
                                                PhotoView view) {
  const auto entry = FindPhotoOf(book.store(), name);
  if (!entry) return std::unexpected(entry.error());
  if (view == PhotoView::kFaceCrop && entry->faces.empty()) {
    return Fail(Reason::kNoFaceFound, "No face was found in this photo.");
  }
  const auto photo = ReadStoredPhoto(book, *entry);
  if (!photo) return std::unexpected(photo.error());
  return EncodeJpeg(view == PhotoView::kUpright
                        ? photo->bgr
                        : CropFace(photo->bgr, entry->faces.front().face.box));
}

Result<void> DeletePhoto(Casebook& book, const Intent& intent, const PhotoName& name) {
  if (auto ok = CheckIntent(intent); !ok) return ok;
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    const auto photo = FindPhotoOf(unit, name);
    if (!photo) return std::unexpected(photo.error());
    auto record = FindOpenRecord(unit, name.record);
    if (!record) return std::unexpected(record.error());
    if (auto gone = unit.DeletePhoto(name.photo); !gone) return std::unexpected(gone.error());
    const auto marked = MarkChanged(unit, *std::move(record), book.clock().Now());
    if (!marked) return std::unexpected(marked.error());
    Deed deed{.object = NameOf(name), .record = name.record, .photos = {name.photo}};
    deed.gallery.remove_photos.push_back(name.photo);
    return deed;
  });
  if (!done) return std::unexpected(done.error());
  return FinishErasure(book, name.record, done->photos);
}

}  // namespace homeward
