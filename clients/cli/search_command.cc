#include <filesystem>

#include "clients/cli/commands.h"
#include "clients/cli/folder_search.h"
#include "clients/cli/photo_arguments.h"
#include "clients/cli/record_fields.h"
#include "clients/cpp/photo_file.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

namespace fs = std::filesystem;

// "records/x" and "records/x/photos/y" mean what is stored, unless a file has that name.
bool IsStored(const std::string& subject) {
  return subject.starts_with("records/") && !fs::exists(subject);
}

bool IsFolder(const std::string& subject) {
  std::error_code ignored;
  return fs::is_directory(subject, ignored);
}

// An error is a result too: programs get it as one, people beside the results.
ExitCode Conclude(const std::string& subject, const v1::SearchFacesRequest& request,
                  const ClientResult<v1::SearchFacesResponse>& outcome, Desk& desk) {
  const int listed = request.max_candidate_count();
  desk.printer.Print(
      AnswerView(subject, outcome, desk.printer.page(), listed > 0 ? listed : kShortList));
  return outcome ? ExitCode::kDone : Fail(desk, outcome.error());
}

ExitCode SearchStored(const v1::SearchFacesRequest& request, const std::string& subject,
                      Desk& desk) {
  return Conclude(subject, request, desk.client.SearchFaces(request), desk);
}

ExitCode SearchPhoto(v1::SearchFacesRequest request, const PhotoArguments& photos, Desk& desk) {
  ClientResult<v1::ProbePhoto> photo = photos.LoadProbe(0);
  if (!photo) return Conclude(photos.path(0), request, std::unexpected(photo.error()), desk);
  *request.mutable_photo() = *std::move(photo);
  return Conclude(photos.path(0), request, desk.client.SearchFaces(request), desk);
}

// Every photo of the subjects, with the name that the results show.
ClientResult<FolderSearch> Gather(const Arguments& arguments, std::vector<std::string>& paths) {
  FolderSearch folder;
  for (const std::string& subject : arguments.subjects) {
    if (!IsFolder(subject)) {
      paths.push_back(subject);
      folder.names.push_back(subject);
      continue;
    }
    const ClientResult<PhotoFolder> found = ListPhotoFolder(subject);
    if (!found) return std::unexpected(found.error());
    folder.other_file_count += found->other_file_count;
    for (const fs::path& photo : found->photos) {
      paths.push_back(photo.string());
      folder.names.push_back(photo.lexically_relative(subject).string());
    }
  }
  return folder;
}

ExitCode SearchMany(const v1::StreamFaceSearchesConfig& config, const Arguments& arguments,
                    Desk& desk) {
  std::vector<std::string> paths;
  ClientResult<FolderSearch> folder = Gather(arguments, paths);
  if (!folder) return Fail(desk, folder.error());
  if (paths.empty()) {
    desk.printer.Complain({desk.printer.page().Say(Message::kErrorNoPhotos), {}});
    return ExitCode::kLocalFile;
  }
  folder->photos = *PhotoArguments::Read(arguments, paths);  // was read before
  return SearchFolder(config, *folder, desk);
}

v1::SearchFacesRequest StoredRequest(v1::SearchFacesRequest request, const std::string& subject) {
  if (subject.find("/photos/") != std::string::npos) {
    request.set_stored_photo(subject);
  } else {
    request.set_stored_record(subject);
  }
  return request;
}

}  // namespace

UsageResult<Job> PrepareSearch(const Arguments& arguments) {
  if (arguments.subjects.empty()) return std::unexpected(UsageError{Message::kUsageSearch});
  const auto purpose = ReadPurpose(arguments);
  if (!purpose) return std::unexpected(purpose.error());
  const auto top = ReadTop(arguments);
  if (!top) return std::unexpected(top.error());
  const auto filter = ReadFilter(arguments);
  if (!filter) return std::unexpected(filter.error());
  const auto photos = PhotoArguments::Read(arguments, arguments.subjects);
  if (!photos) return std::unexpected(photos.error());
  const std::string& subject = arguments.subjects.front();
  if (arguments.subjects.size() > 1 || IsFolder(subject)) {
    v1::StreamFaceSearchesConfig config;
    *config.mutable_filter() = *filter;
    config.set_purpose(*purpose);
    config.set_case_reference(arguments.case_reference.value_or(""));
    config.set_max_candidate_count(*top);
    return [config, arguments](Desk& desk) { return SearchMany(config, arguments, desk); };
  }
  v1::SearchFacesRequest request;
  *request.mutable_filter() = *filter;
  request.set_purpose(*purpose);
  request.set_case_reference(arguments.case_reference.value_or(""));
  request.set_max_candidate_count(*top);
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  if (IsStored(subject)) {
    return [request = StoredRequest(request, subject), subject](Desk& desk) {
      return SearchStored(request, subject, desk);
    };
  }
  return [request, photos = *photos](Desk& desk) { return SearchPhoto(request, photos, desk); };
}

}  // namespace homeward::client
