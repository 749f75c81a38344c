#include "clients/cli/photo_arguments.h"

#include "clients/cli/argument_values.h"
#include "clients/cpp/photo_file.h"

namespace homeward::client {

UsageResult<PhotoArguments> PhotoArguments::Read(const Arguments& arguments,
                                                 std::span<const std::string> paths,
                                                 v1::PhotoKind default_kind) {
  PhotoArguments photos;
  photos.paths_.assign(paths.begin(), paths.end());
  photos.single_face_ = arguments.single_face;
  photos.kind_ = default_kind;
  for (const std::string& text : arguments.face_boxes) {
    const auto choice = ParseFaceChoice(text);
    if (!choice) return std::unexpected(choice.error());
    const auto index = static_cast<std::size_t>(choice->photo - 1);
    if (index >= paths.size()) {
      return std::unexpected(UsageError{
          Message::kUsageFaceBoxPhoto, {{"value", text}, {"count", std::to_string(paths.size())}}});
    }
    photos.boxes_[index] = choice->box;
  }
  if (arguments.photo_kind) {
    const auto kind = ParsePhotoKind(*arguments.photo_kind);
    if (!kind) return std::unexpected(kind.error());
    photos.kind_ = *kind;
  }
  if (arguments.capture_date) {
    const auto date = ParseDate(*arguments.capture_date);
    if (!date) return std::unexpected(date.error());
    photos.capture_date_ = *date;
  }
  return photos;
}

template <class Photo>
ClientResult<Photo> PhotoArguments::Load(std::size_t number) const {
  ClientResult<std::string> bytes = ReadPhoto(paths_.at(number));
  if (!bytes) return std::unexpected(bytes.error());
  Photo photo;
  photo.set_data(*std::move(bytes));
  photo.set_single_face(single_face_);
  if (const auto box = boxes_.find(number); box != boxes_.end()) {
    *photo.mutable_face_box() = box->second;
  }
  return photo;
}

ClientResult<v1::ProbePhoto> PhotoArguments::LoadProbe(std::size_t number) const {
  return Load<v1::ProbePhoto>(number);
}

ClientResult<v1::NewPhoto> PhotoArguments::LoadNew(std::size_t number) const {
  ClientResult<v1::NewPhoto> photo = Load<v1::NewPhoto>(number);
  if (!photo) return photo;
  photo->set_kind(kind_);
  if (capture_date_) *photo->mutable_capture_date() = *capture_date_;
  return photo;
}

}  // namespace homeward::client
