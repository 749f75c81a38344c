#include "clients/screen/view.h"

#include <utility>

namespace homeward::client {

Json WithSchema(std::string_view schema, Json object) {
  Json whole = Json::object();
  whole["schema"] = schema;
  for (auto& [key, value] : object.items()) whole[key] = std::move(value);
  return whole;
}

}  // namespace homeward::client
