#include "clients/screen/space_view.h"

#include <fmt/format.h>

#include "clients/screen/json.h"
#include "clients/screen/table.h"

namespace homeward::client {
namespace {

constexpr std::string_view kSchema = "homeward.space/1";

// Less than 100 % is never rounded up to it.
std::string FilledText(const v1::Space& space) {
  if (space.face_count() == 0) return "–";
  const auto percent = 100 * space.filled_face_count() / space.face_count();
  return fmt::format("{} / {} ({} %)", space.filled_face_count(), space.face_count(), percent);
}

}  // namespace

View SpaceListView(const v1::ListSpacesResponse& response, const Page& page) {
  View view;
  view.is_list = true;
  view.sheet.keys = {"id", "active", "filled_face_count", "face_count", "model"};
  Table table;
  table.columns = {{page.Say(Message::kColumnSpace)},
                   {page.Say(Message::kColumnInForce)},
                   {page.Say(Message::kColumnFilled), 0, true}};
  for (const v1::Space& space : response.spaces()) {
    table.rows.push_back(
        {space.id(), space.active() ? page.Say(Message::kYes) : "", FilledText(space)});
    view.sheet.rows.push_back({space.id(), space.active() ? "true" : "false",
                               std::to_string(space.filled_face_count()),
                               std::to_string(space.face_count()), space.model()});
    view.objects.push_back(WithSchema(kSchema, JsonOf(space)));
  }
  view.text = TableText(table, page.width);
  return view;
}

}  // namespace homeward::client
