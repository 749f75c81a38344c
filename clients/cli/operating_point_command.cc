#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/operating_point_view.h"

namespace homeward::client {
namespace {

constexpr const char* kPrefix = "operatingPoints/";

ExitCode List(int limit, Desk& desk) {
  v1::ListOperatingPointsRequest request;
  desk.printer.BeginList();
  int listed = 0;
  do {
    request.set_page_size(std::min(limit - listed, kLargestPage));
    const ClientResult<v1::ListOperatingPointsResponse> page =
        desk.client.ListOperatingPoints(request);
    if (!page) return Fail(desk, page.error());
    listed += page->operating_points_size();
    desk.printer.Print(OperatingPointListView(
        {page->operating_points().begin(), page->operating_points().end()}, desk.printer.page()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && listed < limit);
  if (!request.page_token().empty()) {
    desk.printer.Note(Message::kMoreLines, {{"count", std::to_string(listed)}});
  }
  return ExitCode::kDone;
}

ExitCode Show(const std::string& name, Desk& desk) {
  v1::GetOperatingPointRequest request;
  request.set_name(name);
  const ClientResult<v1::OperatingPoint> point = desk.client.GetOperatingPoint(request);
  if (!point) return Fail(desk, point.error());
  desk.printer.Print(OperatingPointView(*point, desk.printer.page()));
  return ExitCode::kDone;
}

ExitCode Activate(const v1::ActivateOperatingPointRequest& request, Desk& desk) {
  const ClientResult<v1::OperatingPoint> point = desk.client.ActivateOperatingPoint(request);
  if (!point) return Fail(desk, point.error());
  desk.printer.Print(OperatingPointView(*point, desk.printer.page()));
  desk.printer.Note(Message::kPointActivated, {{"name", point->name()}});
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareOperatingPointList(const Arguments& arguments) {
  const auto limit = ReadLimit(arguments);
  if (!limit) return std::unexpected(limit.error());
  return [limit = *limit](Desk& desk) { return List(limit, desk); };
}

UsageResult<Job> PrepareOperatingPointShow(const Arguments& arguments) {
  const auto name = ReadName(arguments, kPrefix);
  if (!name) return std::unexpected(name.error());
  return [name = *name](Desk& desk) { return Show(name, desk); };
}

UsageResult<Job> PrepareOperatingPointActivate(const Arguments& arguments) {
  const auto name = ReadName(arguments, kPrefix);
  if (!name) return std::unexpected(name.error());
  if (!arguments.reason || arguments.reason->empty()) {
    return std::unexpected(UsageError{Message::kUsageActivate});
  }
  v1::ActivateOperatingPointRequest request;
  request.set_name(*name);
  request.set_purpose(*arguments.reason);
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  return [request](Desk& desk) { return Activate(request, desk); };
}

}  // namespace homeward::client
