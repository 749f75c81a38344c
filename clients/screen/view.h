// One result in every form in which it can be read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/screen/csv.h"
#include "clients/screen/json.h"

namespace homeward::client {

struct View {
  // For people: whole lines, within the page.
  std::string text;
  // For programs: one object a result, each with its `schema` first.
  std::vector<Json> objects;
  // For spreadsheets.
  Sheet sheet;
  // Whether there could be any number of objects: as one JSON document they are an array.
  bool is_list = false;
};

// `object` with its schema, "homeward.NAME/VERSION", in front. A version keeps its keys and their
// meaning; new keys may come.
Json WithSchema(std::string_view schema, Json object);

}  // namespace homeward::client
