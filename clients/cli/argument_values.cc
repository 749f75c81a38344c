#include "clients/cli/argument_values.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace homeward::client {
namespace {

template <class T>
std::optional<T> Number(std::string_view text) {
  T number{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> Pixels(std::string_view text) {
  const std::optional<double> number = Number<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

template <class T>
UsageResult<T> Named(Message message, const std::string& text,
                     std::initializer_list<std::pair<std::string_view, T>> names) {
  for (const auto& [name, value] : names) {
    if (text == name) return value;
  }
  return std::unexpected(UsageError{message, {{"value", text}}});
}

// Cuts `text` before the next `separator`, which it leaves out.
std::string_view TakePart(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

}  // namespace

UsageResult<v1::RecordKind> ParseKind(const std::string& text) {
  return Named<v1::RecordKind>(Message::kUsageKind, text,
                               {{"stranded", v1::STRANDED},
                                {"missing", v1::MISSING},
                                {"at-risk", v1::AT_RISK},
                                {"at_risk", v1::AT_RISK}});
}

UsageResult<v1::Sex> ParseSex(const std::string& text) {
  return Named<v1::Sex>(Message::kUsageSex, text,
                        {{"female", v1::FEMALE}, {"male", v1::MALE}, {"other", v1::OTHER_SEX}});
}

UsageResult<v1::PhotoKind> ParsePhotoKind(const std::string& text) {
  return Named<v1::PhotoKind>(Message::kUsagePhotoKind, text,
                              {{"intake", v1::INTAKE},
                               {"family", v1::FAMILY},
                               {"document", v1::DOCUMENT_PHOTO},
                               {"historical", v1::HISTORICAL}});
}

UsageResult<AgeRange> ParseAge(const std::string& text) {
  std::string_view rest = text;
  const std::optional<int> min = Number<int>(TakePart(rest, '-'));
  const std::optional<int> max = text.find('-') == std::string::npos ? min : Number<int>(rest);
  if (!min || !max || *min < 0 || *max < *min || *max > 130) {
    return std::unexpected(UsageError{Message::kUsageAge, {{"value", text}}});
  }
  return AgeRange{*min, *max};
}

UsageResult<google::type::Date> ParseDate(const std::string& text) {
  std::string_view rest = text;
  const std::optional<int> year = Number<int>(TakePart(rest, '-'));
  const std::optional<unsigned> month = Number<unsigned>(TakePart(rest, '-'));
  const std::optional<unsigned> day = Number<unsigned>(rest);
  const bool padded = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const bool complete = year && month && day && padded;
  if (!complete || !std::chrono::year_month_day(std::chrono::year(*year),
                                                std::chrono::month(*month), std::chrono::day(*day))
                        .ok()) {
    return std::unexpected(UsageError{Message::kUsageDate, {{"value", text}}});
  }
  google::type::Date date;
  date.set_year(*year);
  date.set_month(static_cast<int>(*month));
  date.set_day(static_cast<int>(*day));
  return date;
}

UsageResult<FaceChoice> ParseFaceChoice(const std::string& text) {
  const UsageError error{Message::kUsageFaceBox, {{"value", text}}};
  std::string_view rest = text;
  FaceChoice choice;
  if (text.find(':') != std::string::npos) {
    const std::optional<int> photo = Number<int>(TakePart(rest, ':'));
    if (!photo || *photo < 1) return std::unexpected(error);
    choice.photo = *photo;
  }
  const std::optional<double> x = Pixels(TakePart(rest, ','));
  const std::optional<double> y = Pixels(TakePart(rest, ','));
  const std::optional<double> width = Pixels(TakePart(rest, ','));
  const std::optional<double> height = Pixels(rest);
  if (!x || !y || !width || !height || *width <= 0 || *height <= 0) return std::unexpected(error);
  choice.box.set_x_px(*x);
  choice.box.set_y_px(*y);
  choice.box.set_width_px(*width);
  choice.box.set_height_px(*height);
  return choice;
}

UsageResult<int> ParseNumber(const std::string& option, const std::string& text, int min, int max) {
  const std::optional<int> number = Number<int>(text);
  if (number && *number >= min && *number <= max) return *number;
  return std::unexpected(UsageError{Message::kUsageNumber,
                                    {{"option", option},
                                     {"value", text},
                                     {"min", std::to_string(min)},
                                     {"max", std::to_string(max)}}});
}

}  // namespace homeward::client
