#include "server/evaluate/space_choice.h"

#include <fmt/format.h>

#include <algorithm>

namespace homeward {
namespace {

std::string NamesOf(const std::vector<Space>& spaces) {
  std::string names;
  for (const Space& space : spaces) names += (names.empty() ? "" : ", ") + space.id;
  return names;
}

}  // namespace

Result<std::vector<Space>> ChooseSpaces(const std::vector<Space>& served,
                                        const std::vector<std::string>& ids) {
  if (ids.empty()) return served;
  std::vector<Space> chosen;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(served, id, &Space::id);
    if (found == served.end()) {
      return Fail(Reason::kConfigInvalid,
                  fmt::format("There is no space `{}`; there are: {}.", id, NamesOf(served)),
                  {{"space", id}, {"spaces", NamesOf(served)}});
    }
    if (std::ranges::find(chosen, id, &Space::id) != chosen.end()) {
      return Fail(Reason::kConfigInvalid, fmt::format("The space `{}` is named twice.", id),
                  {{"space", id}});
    }
    chosen.push_back(*found);
  }
  return chosen;
}

}  // namespace homeward
