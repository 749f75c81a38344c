#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/screen/search_view.h"

namespace homeward::client {
namespace {

ExitCode Show(const std::string& name, Desk& desk) {
  v1::GetSearchRequest request;
  request.set_name(name);
  const ClientResult<v1::Search> search = desk.client.GetSearch(request);
  if (!search) return Fail(desk, search.error());
  desk.printer.Print(SearchView(*search, desk.printer.page()));
  return ExitCode::kDone;
}

ExitCode List(v1::ListSearchesRequest request, int limit, Desk& desk) {
  desk.printer.BeginList();
  int listed = 0;
  do {
    request.set_page_size(std::min(limit - listed, kLargestPage));
    const ClientResult<v1::ListSearchesResponse> page = desk.client.ListSearches(request);
    if (!page) return Fail(desk, page.error());
    listed += page->searches_size();
    desk.printer.Print(
        SearchLogView({page->searches().begin(), page->searches().end()}, desk.printer.page()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && listed < limit);
  if (listed == 0) desk.printer.Note(Message::kNoSearches);
  if (!request.page_token().empty()) {
    desk.printer.Note(Message::kMoreLines, {{"count", std::to_string(listed)}});
  }
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareSearchLog(const Arguments& arguments) {
  if (!arguments.subjects.empty()) {
    const auto name = ReadName(arguments, "searches/");
    if (!name) return std::unexpected(name.error());
    return [name = *name](Desk& desk) { return Show(name, desk); };
  }
  const auto limit = ReadLimit(arguments);
  if (!limit) return std::unexpected(limit.error());
  v1::ListSearchesRequest request;
  request.set_case_reference(arguments.case_reference.value_or(""));
  return [request, limit = *limit](Desk& desk) { return List(request, limit, desk); };
}

}  // namespace homeward::client
