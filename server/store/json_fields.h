// JSON documents of domain values, each field named once: a function `Fields(io, value)` calls
// io("name", value.name) for every field, and writes with a JsonWriter or reads with a JsonReader.
// Fields at their default are left out and keys are sorted, so that equal values give equal text.
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "matcher/error.h"
#include "server/store/stored_values.h"

namespace homeward {

// A value that has no JSON form, or JSON that is no such value. Stays within ToJson and FromJson.
struct JsonMismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// T to read, or const T to write: what a Fields function takes.
template <class Self, class T>
concept StoredAs = std::same_as<std::remove_const_t<Self>, T>;

template <class T>
concept JsonNumber = std::integral<T> && !std::same_as<T, bool>;

template <class T>
constexpr bool kIsSequence = false;
template <class T>
constexpr bool kIsSequence<std::vector<T>> = true;
template <class T, std::size_t N>
constexpr bool kIsSequence<std::array<T, N>> = true;

class JsonWriter {
 public:
  template <class T>
  void operator()(const char* key, const T& value) {
    if constexpr (std::equality_comparable<T>) {
      if (value == T{}) return;
    }
    nlohmann::json written = Write(value);
    if (!written.empty()) json_[key] = std::move(written);
  }
  template <class T>
  void operator()(const char* key, const std::optional<T>& value) {
    if (value) json_[key] = Write(*value);
  }
  nlohmann::json Take() { return std::move(json_); }

  template <class T>
  static nlohmann::json Write(const T& value) {
    if constexpr (std::floating_point<T>) {
      if (!std::isfinite(value)) throw JsonMismatch("a number is not finite");
      return value;
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::same_as<T, Date>) {
      return DateNumber(value);
    } else if constexpr (std::same_as<T, Time>) {
      return value.time_since_epoch().count();
    } else if constexpr (std::same_as<T, cv::Point2f>) {
      return Write(std::array{value.x, value.y});
    } else if constexpr (std::same_as<T, cv::Rect2f>) {
      return Write(std::array{value.x, value.y, value.width, value.height});
    } else if constexpr (kIsSequence<T>) {
      nlohmann::json array = nlohmann::json::array();
      for (const auto& element : value) array.push_back(Write(element));
      return array;
    } else if constexpr (std::constructible_from<nlohmann::json, const T&>) {
      return value;
    } else {
      JsonWriter writer;
      Fields(writer, value);
      return writer.Take();
    }
  }

 private:
  nlohmann::json json_ = nlohmann::json::object();
};

class JsonReader {
 public:
  explicit JsonReader(const nlohmann::json& json) : json_(json) {
    if (!json.is_object()) throw JsonMismatch("no object");
  }

  template <class T>
  void operator()(const char* key, T& value) {
    if (const auto found = json_.find(key); found != json_.end()) Read(*found, value);
  }
  template <class T>
  void operator()(const char* key, std::optional<T>& value) {
    if (const auto found = json_.find(key); found != json_.end()) Read(*found, value.emplace());
  }

  template <class T>
  static void Read(const nlohmann::json& json, T& value) {
    if constexpr (std::floating_point<T>) {
      if (!json.is_number()) throw JsonMismatch("no number");
      value = json.get<T>();
    } else if constexpr (JsonNumber<T>) {
      const auto number = Integer(json);
      if (!std::in_range<T>(number)) throw JsonMismatch("too large a number");
      value = static_cast<T>(number);
    } else if constexpr (std::is_enum_v<T>) {
      const auto known = EnumeratorOf<T>(Integer(json));
      if (!known) throw JsonMismatch("an unknown enumerator");
      value = *known;
    } else if constexpr (std::same_as<T, Date>) {
      const auto date = DateOfNumber(Integer(json));
      if (!date) throw JsonMismatch("no date");
      value = *date;
    } else if constexpr (std::same_as<T, Time>) {
      value = Time(Time::duration(Integer(json)));
    } else if constexpr (std::same_as<T, cv::Point2f>) {
      std::array<float, 2> xy{};
      Read(json, xy);
      value = {xy[0], xy[1]};
    } else if constexpr (std::same_as<T, cv::Rect2f>) {
      std::array<float, 4> sides{};
      Read(json, sides);
      value = {sides[0], sides[1], sides[2], sides[3]};
    } else if constexpr (kIsSequence<T>) {
      ReadSequence(json, value);
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, bool>) {
      json.get_to(value);
    } else {
      JsonReader reader(json);
      Fields(reader, value);
    }
  }

 private:
  static std::int64_t Integer(const nlohmann::json& json) {
    if (!json.is_number_integer()) throw JsonMismatch("no whole number");
    return json.get<std::int64_t>();
  }
  template <class T>
  static void ReadSequence(const nlohmann::json& json, T& value) {
    if (!json.is_array()) throw JsonMismatch("no array");
    if constexpr (requires { value.resize(json.size()); }) value.resize(json.size());
    if (json.size() != value.size()) throw JsonMismatch("an array of another length");
    for (std::size_t i = 0; i < value.size(); ++i) Read(json[i], value[i]);
  }

  const nlohmann::json& json_;
};

// Errors: kInternal for text that is not UTF-8 and numbers that are not finite.
template <class T>
Result<std::string> ToJson(const T& value) {
  try {
    return JsonWriter::Write(value).dump();
  } catch (const std::exception&) {
    return Fail(Reason::kInternal, "Text that is not UTF-8, or a number that is none.");
  }
}

// Errors: kStoreCorrupt.
template <class T>
Result<void> FromJson(std::string_view text, T& value) {
  try {
    JsonReader::Read(nlohmann::json::parse(text), value);
    return {};
  } catch (const std::exception&) {
    return Fail(Reason::kStoreCorrupt,
                "The database is damaged: a stored document is not readable.");
  }
}

}  // namespace homeward
