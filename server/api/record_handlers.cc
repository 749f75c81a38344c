#include "server/api/record_handlers.h"

#include <utility>

#include "server/api/call_intent.h"
#include "server/api/canonical_form.h"
#include "server/api/named_resource.h"
#include "server/api/photo_proto.h"
#include "server/api/record_mask.h"
#include "server/api/record_proto.h"
#include "server/api/search_proto.h"
#include "server/records/enrolment.h"
#include "server/records/photo_book.h"
#include "server/records/record_book.h"
#include "server/records/stays.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

Result<NewRecord> NewRecordOf(const v1::CreateRecordRequest& request) {
  auto record = FromProto(request.record());
  if (!record) return std::unexpected(record.error());
  NewRecord input{
      .record = *std::move(record), .photos = {}, .max_candidates = request.max_candidate_count()};
  for (const auto& proto : request.photos()) {
    const auto photo = FromProto("photos", proto);
    if (!photo) return std::unexpected(photo.error());
    input.photos.push_back(*photo);
  }
  return input;
}

Result<NewPhoto> NewPhotoOf(const v1::CreatePhotoRequest& request) {
  if (request.has_photo()) return FromProto("photo", request.photo());
  return Fail(Reason::kFieldMissing, "photo must be set.", {{"field", "photo"}});
}

Result<PhotoView> ViewOf(v1::PhotoView view) {
  switch (view) {
    case v1::PHOTO_VIEW_UNSPECIFIED:
    case v1::UPRIGHT:
      return PhotoView::kUpright;
    case v1::FACE_CROP:
      return PhotoView::kFaceCrop;
    default:  // the contract's enumerations are open
      return InvalidField("view", "has a value that is not known here");
  }
}

Result<v1::Record> RecordOf(const Result<RecordView>& view) {
  if (!view) return std::unexpected(view.error());
  return ToProto(*view);
}

using PairChange = Result<RecordView> (&)(Casebook&, const Intent&, const RecordId&,
                                          const RecordId&);

template <class Request>
Result<v1::Record> ChangePair(Casebook& book, const Call& call, const Request& request,
                              PairChange change) {
  const auto id = RecordNamed(request.name());
  if (!id) return std::unexpected(id.error());
  const auto other = RecordNamed(request.other());
  if (!other) return std::unexpected(other.error());
  return RecordOf(change(book, IntentOf(call, book.hash_key(), request), *id, *other));
}

}  // namespace

Result<v1::CreateRecordResponse> RecordHandlers::CreateRecord(
    const Call& call, const v1::CreateRecordRequest& request) {
  const auto input = NewRecordOf(request);
  if (!input) return std::unexpected(input.error());
  const auto enrolled =
      EnrolRecord(casebook_, PurposefulIntentOf(call, casebook_.hash_key(), request), *input);
  if (!enrolled) return std::unexpected(enrolled.error());
  v1::CreateRecordResponse response;
  *response.mutable_record() = ToProto(enrolled->record);
  for (const PhotoEntry& photo : enrolled->photos) *response.add_photos() = ToProto(photo);
  if (enrolled->search) *response.mutable_search() = ToProto(*enrolled->search);
  return response;
}

Result<v1::Record> RecordHandlers::GetRecord(const Call&, const v1::GetRecordRequest& request) {
  const auto id = RecordNamed(request.name());
  if (!id) return std::unexpected(id.error());
  return RecordOf(FindViewOrTombstone(casebook_.store(), *id));
}

Result<v1::ListRecordsResponse> RecordHandlers::ListRecords(const Call&,
                                                            const v1::ListRecordsRequest& request) {
  auto criteria = FromProto(request.filter());
  if (!criteria) return std::unexpected(criteria.error());
  const auto page =
      homeward::ListRecords(casebook_, {.criteria = *std::move(criteria),
                                        .filter_text = CanonicalForm({&request.filter()}),
                                        .page_size = request.page_size(),
                                        .page_token = request.page_token()});
  if (!page) return std::unexpected(page.error());
  v1::ListRecordsResponse response;
  for (const RecordView& record : page->records) *response.add_records() = ToProto(record);
  response.set_next_page_token(page->next_page_token);
  return response;
}

Result<v1::Record> RecordHandlers::UpdateRecord(const Call& call,
                                                const v1::UpdateRecordRequest& request) {
  const auto id = RecordNamed(request.record().name());
  if (!id) return std::unexpected(id.error());
  const auto edit = EditOf(request);
  if (!edit) return std::unexpected(edit.error());
  return RecordOf(homeward::UpdateRecord(casebook_, IntentOf(call, casebook_.hash_key(), request),
                                         *id, request.record().etag(), *edit));
}

Result<v1::Record> RecordHandlers::EraseRecord(const Call& call,
                                               const v1::EraseRecordRequest& request) {
  const auto id = RecordNamed(request.name());
  if (!id) return std::unexpected(id.error());
  Intent intent = IntentOf(call, casebook_.hash_key(), request);
  intent.purpose = request.reason();
  return RecordOf(homeward::EraseRecord(casebook_, intent, *id, request.etag()));
}

Result<v1::Record> RecordHandlers::LinkStays(const Call& call,
                                             const v1::LinkStaysRequest& request) {
  return ChangePair(casebook_, call, request, homeward::LinkStays);
}

Result<v1::Record> RecordHandlers::UnlinkStays(const Call& call,
                                               const v1::UnlinkStaysRequest& request) {
  return ChangePair(casebook_, call, request, homeward::UnlinkStays);
}

Result<v1::CreatePhotoResponse> RecordHandlers::CreatePhoto(const Call& call,
                                                            const v1::CreatePhotoRequest& request) {
  const auto id = RecordNamed(request.parent());
  if (!id) return std::unexpected(id.error());
  const auto photo = NewPhotoOf(request);
  if (!photo) return std::unexpected(photo.error());
  const auto enrolled =
      EnrolPhoto(casebook_, PurposefulIntentOf(call, casebook_.hash_key(), request), *id, *photo,
                 request.max_candidate_count());
  if (!enrolled) return std::unexpected(enrolled.error());
  v1::CreatePhotoResponse response;
  if (!enrolled->photos.empty()) *response.mutable_photo() = ToProto(enrolled->photos.front());
  if (enrolled->search) *response.mutable_search() = ToProto(*enrolled->search);
  return response;
}

Result<v1::Photo> RecordHandlers::GetPhoto(const Call&, const v1::GetPhotoRequest& request) {
  const auto name = PhotoNamed(request.name());
  if (!name) return std::unexpected(name.error());
  const auto photo = FindPhotoOf(casebook_.store(), *name);
  if (!photo) return std::unexpected(photo.error());
  return ToProto(*photo);
}

Result<v1::ListPhotosResponse> RecordHandlers::ListPhotos(const Call&,
                                                          const v1::ListPhotosRequest& request) {
  const auto id = RecordNamed(request.parent());
  if (!id) return std::unexpected(id.error());
  const auto page = homeward::ListPhotos(casebook_, *id, request.page_size(), request.page_token());
  if (!page) return std::unexpected(page.error());
  v1::ListPhotosResponse response;
  for (const PhotoEntry& photo : page->photos) *response.add_photos() = ToProto(photo);
  response.set_next_page_token(page->next_page_token);
  return response;
}

Result<google::api::HttpBody> RecordHandlers::DownloadPhoto(
    const Call&, const v1::DownloadPhotoRequest& request) {
  const auto name = PhotoNamed(request.name());
  if (!name) return std::unexpected(name.error());
  const auto view = ViewOf(request.view());
  if (!view) return std::unexpected(view.error());
  const auto jpeg = homeward::DownloadPhoto(casebook_, *name, *view);
  if (!jpeg) return std::unexpected(jpeg.error());
  google::api::HttpBody body;
  body.set_content_type("image/jpeg");
  body.set_data(jpeg->data(), jpeg->size());
  return body;
}

Result<google::protobuf::Empty> RecordHandlers::DeletePhoto(const Call& call,
                                                            const v1::DeletePhotoRequest& request) {
  const auto name = PhotoNamed(request.name());
  if (!name) return std::unexpected(name.error());
  const auto deleted =
      homeward::DeletePhoto(casebook_, IntentOf(call, casebook_.hash_key(), request), *name);
  if (!deleted) return std::unexpected(deleted.error());
  return google::protobuf::Empty();
}

}  // namespace homeward
