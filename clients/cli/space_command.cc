#include "clients/cli/commands.h"
#include "clients/screen/space_view.h"

namespace homeward::client {

UsageResult<Job> PrepareSpaceList(const Arguments&) {
  return [](Desk& desk) {
    const ClientResult<v1::ListSpacesResponse> spaces = desk.client.ListSpaces({});
    if (!spaces) return Fail(desk, spaces.error());
    desk.printer.BeginList();
    desk.printer.Print(SpaceListView(*spaces, desk.printer.page()));
    return ExitCode::kDone;
  };
}

}  // namespace homeward::client
