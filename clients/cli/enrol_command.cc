#include "clients/cli/argument_values.h"
#include "clients/cli/commands.h"
#include "clients/cli/photo_arguments.h"
#include "clients/cli/record_fields.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/record_view.h"
#include "clients/screen/search_text.h"

namespace homeward::client {
namespace {

constexpr std::size_t kMostPhotos = 5;
constexpr std::size_t kMostBytes = std::size_t{25} << 20;

ClientError TooLarge() {
  return {grpc::StatusCode::INVALID_ARGUMENT, "REQUEST_TOO_LARGE", "at most 5 photos and 25 MiB"};
}

v1::PhotoKind UsualPhotoKind(v1::RecordKind kind) {
  if (kind == v1::STRANDED) return v1::INTAKE;
  return kind == v1::MISSING ? v1::FAMILY : v1::PHOTO_KIND_UNSPECIFIED;
}

ClientResult<void> LoadPhotos(const PhotoArguments& photos, v1::CreateRecordRequest& request) {
  if (photos.count() > kMostPhotos) return std::unexpected(TooLarge());
  std::size_t bytes = 0;
  for (std::size_t number = 0; number < photos.count(); ++number) {
    ClientResult<v1::NewPhoto> photo = photos.LoadNew(number);
    if (!photo) return std::unexpected(photo.error());
    bytes += photo->data().size();
    if (bytes > kMostBytes) return std::unexpected(TooLarge());
    *request.add_photos() = *std::move(photo);
  }
  return {};
}

ExitCode Enrol(v1::CreateRecordRequest request, const PhotoArguments& photos, Desk& desk) {
  if (const auto loaded = LoadPhotos(photos, request); !loaded) return Fail(desk, loaded.error());
  const ClientResult<v1::CreateRecordResponse> response = desk.client.CreateRecord(request);
  if (!response) {
    const ExitCode code = Fail(desk, response.error());
    // Nobody knows whether it was stored; the same id finds out without storing it twice.
    if (code == ExitCode::kUnreachable) {
      desk.printer.Note(Message::kRepeatWithId, {{"id", request.request_id()}});
    }
    return code;
  }
  const int listed = request.max_candidate_count();
  desk.printer.Print(
      EnrolmentView(*response, desk.printer.page(), listed > 0 ? listed : kShortList));
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareEnrol(const Arguments& arguments) {
  if (arguments.subjects.size() < 2) return std::unexpected(UsageError{Message::kUsageEnrol});
  const auto kind = ParseKind(arguments.subjects.front());
  if (!kind) return std::unexpected(kind.error());
  const auto purpose = ReadPurpose(arguments);
  if (!purpose) return std::unexpected(purpose.error());
  const auto top = ReadTop(arguments);
  if (!top) return std::unexpected(top.error());
  auto photos = PhotoArguments::Read(arguments, std::span(arguments.subjects).subspan(1),
                                     UsualPhotoKind(*kind));
  if (!photos) return std::unexpected(photos.error());
  auto fields = ReadStatedFields(arguments, *kind);
  if (!fields) return std::unexpected(fields.error());
  v1::CreateRecordRequest request;
  *request.mutable_record() = std::move(fields->record);
  request.set_purpose(*purpose);
  request.set_case_reference(arguments.case_reference.value_or(""));
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  request.set_max_candidate_count(*top);
  return
      [request, photos = *std::move(photos)](Desk& desk) { return Enrol(request, photos, desk); };
}

}  // namespace homeward::client
