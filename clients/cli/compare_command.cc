#include "clients/cli/commands.h"
#include "clients/cli/photo_arguments.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

ExitCode Compare(v1::CompareFacesRequest request, const PhotoArguments& photos, Desk& desk) {
  ClientResult<v1::ProbePhoto> first = photos.LoadProbe(0);
  if (!first) return Fail(desk, first.error());
  ClientResult<v1::ProbePhoto> second = photos.LoadProbe(1);
  if (!second) return Fail(desk, second.error());
  *request.mutable_first() = *std::move(first);
  *request.mutable_second() = *std::move(second);
  const ClientResult<v1::CompareFacesResponse> response = desk.client.CompareFaces(request);
  if (!response) return Fail(desk, response.error());
  desk.printer.Print(
      ComparisonView(photos.path(0), photos.path(1), *response, desk.printer.page()));
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareCompare(const Arguments& arguments) {
  if (arguments.subjects.size() != 2) return std::unexpected(UsageError{Message::kUsageCompare});
  const auto purpose = ReadPurpose(arguments);
  if (!purpose) return std::unexpected(purpose.error());
  auto photos = PhotoArguments::Read(arguments, arguments.subjects);
  if (!photos) return std::unexpected(photos.error());
  v1::CompareFacesRequest request;
  request.set_purpose(*purpose);
  return
      [request, photos = *std::move(photos)](Desk& desk) { return Compare(request, photos, desk); };
}

}  // namespace homeward::client
