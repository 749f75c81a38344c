#include "clients/screen/record_view.h"

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include "clients/catalogue/wording.h"
#include "clients/screen/message_text.h"
#include "clients/screen/table.h"
#include "clients/screen/text_width.h"
#include "clients/screen/time_text.h"

namespace homeward::client {
namespace {

constexpr std::string_view kSchema = "homeward.record/1";

std::string AgeText(const v1::Person& person) {
  if (!person.has_age_min() || !person.has_age_max()) return "";
  if (person.age_min() == person.age_max()) return std::to_string(person.age_min());
  return fmt::format("{}–{}", person.age_min(), person.age_max());
}

std::vector<std::string> SheetCells(const v1::Record& record) {
  const v1::Person& person = record.person();
  return {record.name(),
          v1::RecordKind_Name(record.kind()),
          v1::RecordState_Name(record.state()),
          record.unit(),
          record.source_reference(),
          person.claimed_name(),
          v1::Sex_Name(person.sex()),
          person.has_age_min() ? std::to_string(person.age_min()) : "",
          person.has_age_max() ? std::to_string(person.age_max()) : "",
          std::to_string(record.photo_count()),
          google::protobuf::util::TimeUtil::ToString(record.create_time())};
}

Sheet RecordSheet() {
  return {{"record", "kind", "state", "unit", "source_reference", "claimed_name", "sex", "age_min",
           "age_max", "photo_count", "create_time"},
          {}};
}

std::string SexText(const v1::Person& person, const Page& page) {
  return person.sex() == v1::SEX_UNSPECIFIED ? "" : Word(page.catalogue, person.sex());
}

std::vector<std::string> ListCells(const v1::Record& record, const Page& page) {
  return {record.state() == v1::ERASED ? Word(page.catalogue, record.state())
                                       : Word(page.catalogue, record.kind()),
          Printable(record.person().claimed_name()),
          SexText(record.person(), page),
          AgeText(record.person()),
          Printable(record.unit()),
          std::to_string(record.photo_count()),
          record.name()};
}

}  // namespace

std::string WarningText(const v1::Record& record, const Page& page) {
  std::string text;
  for (const v1::RecordWarning& warning : record.warnings()) {
    text += WrapAfter("", 0,
                      page.Say(Message::kWarning, {{"what", Word(page.catalogue, warning.code())}}),
                      page.width);
  }
  return text;
}

View RecordView(const v1::Record& record, const std::vector<v1::Photo>& photos, const Page& page) {
  View view;
  view.text = FieldLines(record, page) + WarningText(record, page);
  Json list = Json::array();
  for (const v1::Photo& photo : photos) {
    view.text += "\n" + WrapAfter("", 0, photo.name(), page.width);
    view.text += WrapAfter(
        "", 2,
        fmt::format("{}×{} · {}", photo.width_px(), photo.height_px(), FaceWords(photo, page)),
        page.width);
    list.push_back(JsonOf(photo));
  }
  Json object = JsonOf(record);
  object["photos"] = std::move(list);
  view.objects.push_back(WithSchema(kSchema, std::move(object)));
  view.sheet = RecordSheet();
  view.sheet.rows.push_back(SheetCells(record));
  return view;
}

View RecordListView(const std::vector<v1::Record>& records, const Page& page) {
  View view;
  view.is_list = true;
  view.sheet = RecordSheet();
  Table table;
  table.columns = {{page.Say(Message::kColumnKind)},    {page.Say(Message::kColumnName), 6},
                   {page.Say(Message::kColumnSex)},     {page.Say(Message::kColumnAge)},
                   {page.Say(Message::kColumnUnit), 8}, {page.Say(Message::kColumnPhotos), 0, true},
                   {page.Say(Message::kColumnRecord)}};
  for (const v1::Record& record : records) {
    table.rows.push_back(ListCells(record, page));
    view.objects.push_back(WithSchema(kSchema, JsonOf(record)));
    view.sheet.rows.push_back(SheetCells(record));
  }
  if (!records.empty()) view.text = TableText(table, page.width);
  return view;
}

}  // namespace homeward::client
