#include "server/records/attribute_flags.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace homeward {
namespace {

// Without spaces, ideographic ones included, and in lower case where there is such a thing, so that
// the same name written differently is the same.
std::string Folded(std::string_view text) {
  static constexpr std::string_view kIdeographicSpace = "\u3000";
  std::string folded;
  while (!text.empty()) {
    const bool wide = text.starts_with(kIdeographicSpace);
    const auto c = static_cast<unsigned char>(text.front());
    if (!wide && std::isspace(c) == 0) folded += static_cast<char>(c < 128 ? std::tolower(c) : c);
    text.remove_prefix(wide ? kIdeographicSpace.size() : 1);
  }
  return folded;
}

std::vector<std::string> NamesOf(const Person& person) {
  std::vector<std::string> names{Folded(person.claimed_name)};
  for (const std::string& alias : person.aliases) names.push_back(Folded(alias));
  std::erase(names, "");
  return names;
}

bool NamesDiffer(const Person& one, const Person& other) {
  const auto names = NamesOf(one);
  const auto others = NamesOf(other);
  return !names.empty() && !others.empty() &&
         std::ranges::find_first_of(names, others) == names.end();
}

bool SexesDiffer(const Person& one, const Person& other) {
  return one.sex != Sex::kUnknown && other.sex != Sex::kUnknown && one.sex != other.sex;
}

bool AgesDiffer(const RecordAttributes& one, const RecordAttributes& other) {
  const auto before = [](const RecordAttributes& a, const RecordAttributes& b) {
    return a.birth_year_max && b.birth_year_min && *a.birth_year_max < *b.birth_year_min;
  };
  return before(one, other) || before(other, one);
}

bool AccentsDiffer(const Person& one, const Person& other) {
  const std::string accent = Folded(one.accent);
  const std::string other_accent = Folded(other.accent);
  return !accent.contains(other_accent) && !other_accent.contains(accent);
}

}  // namespace

std::vector<AttributeFlag> AttributeFlagsOf(const Record& one, const Record& other) {
  std::vector<AttributeFlag> flags;
  if (NamesDiffer(one.person, other.person)) flags.push_back(AttributeFlag::kNameDiffers);
  if (SexesDiffer(one.person, other.person)) flags.push_back(AttributeFlag::kSexDiffers);
  if (AgesDiffer(AttributesOf(one), AttributesOf(other))) {
    flags.push_back(AttributeFlag::kAgeDiffers);
  }
  if (AccentsDiffer(one.person, other.person)) flags.push_back(AttributeFlag::kAccentDiffers);
  return flags;
}

}  // namespace homeward
