#include <algorithm>
#include <string>

#include "clients/cli/commands.h"
#include "clients/cli/record_fields.h"
#include "clients/cpp/request_id.h"
#include "clients/screen/record_view.h"
#include "clients/screen/text_width.h"

namespace homeward::client {
namespace {

// The record's kind decides where region, place and date go, so it is read first; its etag makes
// sure that nobody changes it in between.
ExitCode Update(const std::string& name, const Arguments& arguments, Desk& desk) {
  v1::GetRecordRequest get;
  get.set_name(name);
  const ClientResult<v1::Record> current = desk.client.GetRecord(get);
  if (!current) return Fail(desk, current.error());
  const UsageResult<StatedFields> fields = ReadStatedFields(arguments, current->kind());
  if (!fields) {
    desk.printer.Complain(
        {desk.printer.page().Say(fields.error().message, fields.error().values), {}});
    return fields.error().exit_code;
  }
  v1::UpdateRecordRequest request;
  *request.mutable_record() = fields->record;
  request.mutable_record()->set_name(name);
  request.mutable_record()->set_etag(arguments.etag.value_or(current->etag()));
  for (const std::string& path : fields->paths) request.mutable_update_mask()->add_paths(path);
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  const ClientResult<v1::Record> updated = desk.client.UpdateRecord(request);
  if (!updated) return Fail(desk, updated.error());
  desk.printer.Print(RecordView(*updated, {}, desk.printer.page()));
  return ExitCode::kDone;
}

bool Confirms(const std::string& name, Desk& desk) {
  desk.terminal.err << WrapAfter("", 0,
                                 desk.printer.page().Say(Message::kAskErase, {{"name", name}}),
                                 desk.printer.page().width)
                    << std::flush;
  std::string answer;
  std::getline(desk.terminal.in, answer);
  return answer == "y" || answer == "Y" || answer == "yes" || answer == "是";
}

ExitCode Erase(const v1::EraseRecordRequest& request, bool yes, Desk& desk) {
  if (!yes && (!desk.terminal.in_is_terminal || !desk.terminal.err_is_terminal)) {
    desk.printer.Complain({desk.printer.page().Say(Message::kUsageYes), {}});
    return ExitCode::kUsage;
  }
  if (!yes && !Confirms(request.name(), desk)) {
    desk.printer.Note(Message::kNothingErased);
    return ExitCode::kFailed;
  }
  const ClientResult<v1::Record> tombstone = desk.client.EraseRecord(request);
  if (!tombstone) return Fail(desk, tombstone.error());
  View view = RecordView(*tombstone, {}, desk.printer.page());
  view.text =
      WrapAfter("", 0, desk.printer.page().Say(Message::kErased, {{"name", request.name()}}),
                desk.printer.page().width);
  desk.printer.Print(view);
  return ExitCode::kDone;
}

}  // namespace

UsageResult<Job> PrepareRecordUpdate(const Arguments& arguments) {
  const auto name = ReadName(arguments, "records/");
  if (!name) return std::unexpected(name.error());
  const auto fields = ReadStatedFields(arguments, v1::MISSING);  // of any kind that has a place
  if (!fields) return std::unexpected(fields.error());
  if (fields->paths.empty()) return std::unexpected(UsageError{Message::kUsageNothingToChange});
  return [name = *name, arguments](Desk& desk) { return Update(name, arguments, desk); };
}

UsageResult<Job> PrepareRecordErase(const Arguments& arguments) {
  const auto name = ReadName(arguments, "records/");
  if (!name) return std::unexpected(name.error());
  if (!arguments.reason || arguments.reason->empty()) {
    return std::unexpected(UsageError{Message::kUsageReason});
  }
  v1::EraseRecordRequest request;
  request.set_name(*name);
  request.set_reason(*arguments.reason);
  request.set_etag(arguments.etag.value_or(""));
  request.set_request_id(arguments.request_id.value_or(NewRequestId()));
  return [request, yes = arguments.yes](Desk& desk) { return Erase(request, yes, desk); };
}

}  // namespace homeward::client
