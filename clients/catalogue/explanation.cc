#include "clients/catalogue/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace homeward::client {
namespace {

std::string Key(std::string_view prefix, std::string_view reason) {
  std::string key(prefix);
  std::ranges::transform(reason, std::back_inserter(key), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return key;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string InMebibytes(const std::string& bytes) {
  double number = 0;
  std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
  return fmt::format("{:.1f}", number / (1 << 20));
}

// The box as the command line takes it: whole pixels.
std::string BoxArgument(std::string_view box) {
  std::string argument;
  for (const std::string_view part : Split(box, ',')) {
    double number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    argument += fmt::format("{}{}", argument.empty() ? "" : ",", std::lround(number));
  }
  return argument;
}

// Which photo of a call with several the boxes belong to, as the command line numbers them.
std::string PhotoPrefix(const Values& metadata) {
  if (const auto photo = metadata.find("photo"); photo != metadata.end()) {
    return photo->second == "second" ? "2:" : "1:";
  }
  const auto index = metadata.find("photo_index");
  if (index == metadata.end()) return "";
  int number = 0;
  std::from_chars(index->second.data(), index->second.data() + index->second.size(), number);
  return fmt::format("{}:", number + 1);
}

// The choices that an error about faces leaves: a flag for each face.
std::vector<std::string> FaceChoices(const Values& metadata) {
  std::vector<std::string> choices;
  const auto boxes = metadata.find("boxes");
  if (boxes == metadata.end()) return choices;
  for (const std::string_view box : Split(boxes->second, ';')) {
    choices.push_back(fmt::format("--face-box {}{}", PhotoPrefix(metadata), BoxArgument(box)));
  }
  return choices;
}

Values ValuesOf(const ClientError& error) {
  Values values = error.metadata;
  values["message"] = error.message;
  for (const auto& [from, to] : {std::pair{"bytes", "mebibytes"}, {"limit", "limit_mebibytes"}}) {
    if (const auto value = values.find(from); value != values.end()) {
      values[to] = InMebibytes(value->second);
    }
  }
  return values;
}

}  // namespace

std::string ErrorKey(std::string_view reason) { return Key("error_", reason); }

std::string NextKey(std::string_view reason) { return Key("next_", reason); }

Explanation Explain(const Catalogue& catalogue, const ClientError& error) {
  const Values values = ValuesOf(error);
  Explanation explanation;
  if (const auto what = catalogue.SayByKey(ErrorKey(error.reason), values)) {
    explanation.what = *what;
  } else {
    explanation.what = catalogue.Say(Message::kErrorUnknown, values);
  }
  const auto next = catalogue.SayByKey(NextKey(error.reason), values);
  if (next && !next->empty()) explanation.next.push_back(*next);
  for (std::string& choice : FaceChoices(values)) {
    explanation.next.push_back("  " + std::move(choice));
  }
  return explanation;
}

}  // namespace homeward::client
