#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/cli/record_fields.h"
#include "clients/screen/record_view.h"

namespace homeward::client {
namespace {

ClientResult<std::vector<v1::Photo>> PhotosOf(const std::string& record, Client& client) {
  std::vector<v1::Photo> photos;
  v1::ListPhotosRequest request;
  request.set_parent(record);
  do {
    const ClientResult<v1::ListPhotosResponse> page = client.ListPhotos(request);
    if (!page) return std::unexpected(page.error());
    photos.insert(photos.end(), page->photos().begin(), page->photos().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return photos;
}

ExitCode Show(const std::string& name, Desk& desk) {
  v1::GetRecordRequest request;
  request.set_name(name);
  const ClientResult<v1::Record> record = desk.client.GetRecord(request);
  if (!record) return Fail(desk, record.error());
  std::vector<v1::Photo> photos;
  if (record->state() != v1::ERASED) {
    ClientResult<std::vector<v1::Photo>> found = PhotosOf(name, desk.client);
    if (!found) return Fail(desk, found.error());
    photos = *std::move(found);
  }
  desk.printer.Print(RecordView(*record, photos, desk.printer.page()));
  return ExitCode::kDone;
}

ExitCode List(v1::ListRecordsRequest request, int limit, Desk& desk) {
  desk.printer.BeginList();
  int listed = 0;
  do {
    request.set_page_size(std::min(limit - listed, kLargestPage));
    const ClientResult<v1::ListRecordsResponse> page = desk.client.ListRecords(request);
    if (!page) return Fail(desk, page.error());
    listed += page->records_size();
    desk.printer.Print(
        RecordListView({page->records().begin(), page->records().end()}, desk.printer.page()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && listed < limit);
  if (listed == 0) desk.printer.Note(Message::kNoRecords);
  if (!request.page_token().empty()) {
    desk.printer.Note(Message::kMoreLines, {{"count", std::to_string(listed)}});
  }
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareRecordShow(const Arguments& arguments) {
  const auto name = ReadName(arguments, "records/");
  if (!name) return std::unexpected(name.error());
  return [name = *name](Desk& desk) { return Show(name, desk); };
}

UsageResult<Job> PrepareRecordList(const Arguments& arguments) {
  const auto limit = ReadLimit(arguments);
  if (!limit) return std::unexpected(limit.error());
  const auto filter = ReadFilter(arguments);
  if (!filter) return std::unexpected(filter.error());
  v1::ListRecordsRequest request;
  *request.mutable_filter() = *filter;
  return [request, limit = *limit](Desk& desk) { return List(request, limit, desk); };
}

}  // namespace homeward::client
