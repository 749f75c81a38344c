#include "clients/screen/operating_point_view.h"

#include <fmt/format.h>

#include "clients/screen/message_text.h"
#include "clients/screen/search_text.h"
#include "clients/screen/table.h"
#include "clients/screen/text_width.h"
#include "clients/screen/time_text.h"

namespace homeward::client {
namespace {

constexpr std::string_view kSchema = "homeward.operating_point/1";

std::string ShareText(double share) { return fmt::format("{:.4f}", share); }

std::string RateText(Message message, const v1::MeasuredRate& measured, const Page& page) {
  return WrapAfter("", 0,
                   page.Say(message, {{"rate", ShareText(measured.rate())},
                                      {"low", ShareText(measured.low())},
                                      {"high", ShareText(measured.high())},
                                      {"count", std::to_string(measured.search_count())}}),
                   page.width);
}

std::string PointText(const v1::OperatingPoint& point, const Page& page) {
  v1::OperatingPoint facts = point;
  facts.clear_false_alarms();
  facts.clear_misses();
  std::string text = FieldLines(facts, page);
  if (point.has_false_alarms()) {
    text += RateText(Message::kMeasuredAlarms, point.false_alarms(), page);
  }
  if (point.has_misses()) text += RateText(Message::kMeasuredMisses, point.misses(), page);
  for (const v1::OperatingPointActivation& each : point.activations()) {
    text += WrapAfter(
        "", 0,
        page.Say(Message::kPointActivation, {{"time", LocalTimeText(each.activate_time())},
                                             {"caller", Printable(each.caller())},
                                             {"purpose", Printable(each.purpose())}}),
        page.width);
  }
  return text;
}

std::vector<std::string> Cells(const v1::OperatingPoint& point, const Page& page) {
  return {point.name(),
          point.active() ? page.Say(Message::kYes) : "",
          page.Say(Message::kOneIn, {{"one_in", OneIn(point.fpir())}}),
          point.has_false_alarms() ? ShareText(point.false_alarms().rate()) : "",
          std::to_string(point.gallery_size()),
          DateText(point.measure_date()),
          Printable(point.data())};
}

Sheet SheetOf(const std::vector<v1::OperatingPoint>& points) {
  Sheet sheet;
  sheet.keys = {"name",      "active",       "shipped",       "space",        "fpir", "chance",
                "threshold", "gallery_size", "fpir_measured", "measure_date", "data"};
  for (const v1::OperatingPoint& point : points) {
    sheet.rows.push_back(
        {point.name(), point.active() ? "true" : "false", point.shipped() ? "true" : "false",
         point.space(), fmt::format("{}", point.fpir()), fmt::format("{}", point.chance()),
         fmt::format("{}", point.threshold()), std::to_string(point.gallery_size()),
         point.has_false_alarms() ? fmt::format("{}", point.false_alarms().rate()) : "",
         DateText(point.measure_date()), point.data()});
  }
  return sheet;
}

// A share in the document; "–" where it was not measured.
std::string ShareIn(const Json& rates, const char* key) {
  const Json value = rates.value(key, Json());
  return value.is_number() ? ShareText(value.get<double>()) : "–";
}

std::vector<std::string> CohortCells(const std::string& name, const Json& before,
                                     const Json& after) {
  return {Printable(name),
          after.value("non_mated", Json(0)).dump(),
          ShareIn(before, "fpir_observed"),
          ShareIn(after, "fpir_observed"),
          after.value("mated", Json(0)).dump(),
          ShareIn(before, "fnir"),
          ShareIn(after, "fnir")};
}

// Everybody first, then each cohort.
std::vector<std::vector<std::string>> CohortRows(const Json& document, const std::string& all) {
  const Json before = document.value("before", Json::object());
  const Json after = document.value("after", Json::object());
  std::vector<std::vector<std::string>> rows = {CohortCells(all, before, after)};
  const Json cohorts_before = before.value("cohorts", Json::object());
  const Json cohorts_after = after.value("cohorts", Json::object());
  for (const auto& [name, cohort] : cohorts_after.items()) {
    rows.push_back(CohortCells(name, cohorts_before.value(name, Json::object()), cohort));
  }
  return rows;
}

// A number in the document in five digits, without zeros at its end.
std::string NumberIn(const Json& object, const char* key) {
  const Json value = object.value(key, Json());
  return value.is_number() ? fmt::format("{:.5g}", value.get<double>()) : "–";
}

}  // namespace

View OperatingPointView(const v1::OperatingPoint& point, const Page& page) {
  View view;
  view.text = PointText(point, page);
  view.objects.push_back(WithSchema(kSchema, JsonOf(point)));
  view.sheet = SheetOf({point});
  return view;
}

View OperatingPointListView(const std::vector<v1::OperatingPoint>& points, const Page& page) {
  View view;
  view.is_list = true;
  view.sheet = SheetOf(points);
  Table table;
  table.columns = {{page.Say(Message::kColumnPoint)},
                   {page.Say(Message::kColumnInForce)},
                   {page.Say(Message::kColumnPromised), 0, true},
                   {page.Say(Message::kColumnObserved), 0, true},
                   {page.Say(Message::kColumnPeople), 0, true},
                   {page.Say(Message::kColumnDate)},
                   {page.Say(Message::kColumnData), 12}};
  for (const v1::OperatingPoint& point : points) {
    table.rows.push_back(Cells(point, page));
    view.objects.push_back(WithSchema(kSchema, JsonOf(point)));
  }
  if (!points.empty()) view.text = TableText(table, page.width);
  return view;
}

View CalibrationView(const Json& document, const std::string& stored_as, const Page& page) {
  const Json point = document.value("operating_point", Json::object());
  const Json before = document.value("before", Json::object());
  const Json after = document.value("after", Json::object());
  const Values values = {{"one_in", OneIn(point.value("fpir", 1.0))},
                         {"people", NumberIn(point, "gallery_size")},
                         {"bound_before", NumberIn(before, "bound")},
                         {"bound_after", NumberIn(after, "bound")}};
  const bool by_chance = document.value("decided_by", "") == "chance";
  View view;
  view.text = WrapAfter(
      "", 0,
      page.Say(by_chance ? Message::kCalibrationByChance : Message::kCalibrationByDistance, values),
      page.width);
  Table table;
  table.columns = {{page.Say(Message::kColumnCohort), 10},
                   {page.Say(Message::kColumnStrangers), 0, true},
                   {page.Say(Message::kColumnAlarmsBefore), 0, true},
                   {page.Say(Message::kColumnAlarmsAfter), 0, true},
                   {page.Say(Message::kColumnMated), 0, true},
                   {page.Say(Message::kColumnMissesBefore), 0, true},
                   {page.Say(Message::kColumnMissesAfter), 0, true}};
  table.rows = CohortRows(document, page.Say(Message::kEverybody));
  view.text += TableText(table, page.width);
  Json object = document;
  object["stored_as"] = stored_as.empty() ? Json(nullptr) : Json(stored_as);
  view.objects.push_back(std::move(object));
  view.sheet = {
      {"cohort", "non_mated", "fpir_before", "fpir_after", "mated", "fnir_before", "fnir_after"},
      CohortRows(document, "")};
  return view;
}

}  // namespace homeward::client
