#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include "clients/catalogue/wording.h"
#include "clients/screen/message_text.h"
#include "clients/screen/search_text.h"
#include "clients/screen/search_view.h"
#include "clients/screen/table.h"
#include "clients/screen/text_width.h"
#include "clients/screen/time_text.h"

namespace homeward::client {
namespace {

constexpr std::string_view kSchema = "homeward.search/1";

std::string ResultWords(const v1::Search& search, const Page& page) {
  return page.Say(search.no_candidate() ? Message::kLogNoCandidate : Message::kLogCandidate);
}

std::vector<std::string> LogCells(const v1::Search& search, const Page& page) {
  return {LocalTimeText(search.create_time()),
          Printable(search.caller()),
          Word(page.catalogue, search.origin()),
          Printable(search.purpose()),
          Printable(search.case_reference()),
          fmt::format("{}/{}", search.comparison().compared_count(),
                      search.comparison().searchable_count()),
          ResultWords(search, page),
          search.name()};
}

std::vector<std::string> SheetCells(const v1::Search& search) {
  return {search.name(),
          google::protobuf::util::TimeUtil::ToString(search.create_time()),
          search.caller(),
          v1::SearchOrigin_Name(search.origin()),
          search.purpose(),
          search.case_reference(),
          search.probe(),
          std::to_string(search.comparison().searchable_count()),
          std::to_string(search.comparison().compared_count()),
          search.no_candidate() ? "true" : "false"};
}

}  // namespace

View SearchView(const v1::Search& search, const Page& page) {
  View view;
  v1::Search facts = search;
  facts.clear_candidates();
  facts.clear_comparison();
  view.text = FieldLines(facts, page) + "\n" + SearchText(search, page, search.candidates_size());
  view.objects.push_back(WithSchema(kSchema, JsonOf(search)));
  view.sheet = SearchSheet(search.probe(), search);
  return view;
}

View SearchLogView(const std::vector<v1::Search>& searches, const Page& page) {
  View view;
  view.is_list = true;
  view.sheet.keys = {"search",         "create_time",    "caller", "origin",
                     "purpose",        "case_reference", "probe",  "searchable_count",
                     "compared_count", "no_candidate"};
  Table table;
  table.columns = {
      {page.Say(Message::kColumnTime)},    {page.Say(Message::kColumnCaller), 6},
      {page.Say(Message::kColumnOrigin)},  {page.Say(Message::kColumnPurpose), 10},
      {page.Say(Message::kColumnCase), 8}, {page.Say(Message::kColumnCompared), 0, true},
      {page.Say(Message::kColumnResult)},  {page.Say(Message::kColumnSearch)}};
  for (const v1::Search& search : searches) {
    table.rows.push_back(LogCells(search, page));
    view.objects.push_back(WithSchema(kSchema, JsonOf(search)));
    view.sheet.rows.push_back(SheetCells(search));
  }
  if (!searches.empty()) view.text = TableText(table, page.width);
  return view;
}

}  // namespace homeward::client
