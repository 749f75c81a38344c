#include "clients/cli/commands.h"
#include "clients/cli/new_file.h"
#include "clients/cli/photo_arguments.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/record_view.h"
#include "clients/screen/search_text.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

ExitCode Add(v1::CreatePhotoRequest request, const PhotoArguments& photos, Desk& desk) {
  ClientResult<v1::NewPhoto> photo = photos.LoadNew(0);
  if (!photo) return Fail(desk, photo.error());
  *request.mutable_photo() = *std::move(photo);
  const ClientResult<v1::CreatePhotoResponse> response = desk.client.CreatePhoto(request);
  if (!response) return Fail(desk, response.error());
  const int listed = request.max_candidate_count();
  desk.printer.Print(
      PhotoAddedView(*response, desk.printer.page(), listed > 0 ? listed : kShortList));
  return ExitCode::kDone;
}

// The name of a photo; for a record its only photo.
ClientResult<std::string> PhotoName(const std::string& name, Client& client) {
  if (name.find("/photos/") != std::string::npos) return name;
  v1::ListPhotosRequest request;
  request.set_parent(name);
  const ClientResult<v1::ListPhotosResponse> photos = client.ListPhotos(request);
  if (!photos) return std::unexpected(photos.error());
  if (photos->photos_size() == 1) return photos->photos(0).name();
  ClientError error{grpc::StatusCode::FAILED_PRECONDITION,
                    photos->photos_size() == 0 ? "PHOTO_NOT_FOUND" : "SEVERAL_PHOTOS", name};
  for (const v1::Photo& photo : photos->photos()) error.metadata["names"] += "\n" + photo.name();
  return std::unexpected(std::move(error));
}

View DownloadView(const std::string& name, const std::string& file,
                  const google::api::HttpBody& body, const Page& page) {
  View view;
  view.text = WrapAfter("", 0, page.Say(Message::kPhotoWritten, {{"file", file}}), page.width);
  const std::string bytes = std::to_string(body.data().size());
  view.objects.push_back(WithSchema("homeward.photo_file/1", {{"photo", name},
                                                              {"file", file},
                                                              {"content_type", body.content_type()},
                                                              {"bytes", body.data().size()}}));
  view.sheet = {{"photo", "file", "content_type", "bytes"},
                {{name, file, body.content_type(), bytes}}};
  return view;
}

ExitCode Get(const std::string& subject, const Arguments& arguments, Desk& desk) {
  const ClientResult<std::string> name = PhotoName(subject, desk.client);
  if (!name) return Fail(desk, name.error());
  v1::DownloadPhotoRequest request;
  request.set_name(*name);
  request.set_view(arguments.crop ? v1::FACE_CROP : v1::UPRIGHT);
  const ClientResult<google::api::HttpBody> body = desk.client.DownloadPhoto(request);
  if (!body) return Fail(desk, body.error());
  if (*arguments.file == "-") {
    desk.terminal.out << body->data();
    return ExitCode::kDone;
  }
  const ClientResult<void> written = WriteNewFile(*arguments.file, body->data(), arguments.force);
  if (!written) return Fail(desk, written.error());
  desk.printer.Print(DownloadView(*name, *arguments.file, *body, desk.printer.page()));
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PreparePhotoAdd(const Arguments& arguments) {
  if (arguments.subjects.size() != 2) return std::unexpected(UsageError{Message::kUsagePhotoAdd});
  const auto purpose = ReadPurpose(arguments);
  if (!purpose) return std::unexpected(purpose.error());
  const auto top = ReadTop(arguments);
  if (!top) return std::unexpected(top.error());
  auto photos = PhotoArguments::Read(arguments, std::span(arguments.subjects).subspan(1));
  if (!photos) return std::unexpected(photos.error());
  const std::string& record = arguments.subjects.front();
  v1::CreatePhotoRequest request;
  request.set_parent(record.starts_with("records/") ? record : "records/" + record);
  request.set_purpose(*purpose);
  request.set_case_reference(arguments.case_reference.value_or(""));
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  request.set_max_candidate_count(*top);
  return [request, photos = *std::move(photos)](Desk& desk) { return Add(request, photos, desk); };
}

UsageResult<Job> PreparePhotoGet(const Arguments& arguments) {
  const auto name = ReadName(arguments, "records/");
  if (!name) return std::unexpected(name.error());
  if (!arguments.file) return std::unexpected(UsageError{Message::kUsageFile});
  return [name = *name, arguments](Desk& desk) {
    if (*arguments.file == "-" && desk.terminal.out_is_terminal) {
      desk.printer.Complain({desk.printer.page().Say(Message::kUsageFile), {}});
      return ExitCode::kUsage;
    }
    return Get(name, arguments, desk);
  };
}

}  // namespace homeward::client
