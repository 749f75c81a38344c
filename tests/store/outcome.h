// What came of a call, for tests that expect one or the other.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "matcher/error.h"

namespace homeward {

// The value; without one the test fails there and then.
template <class T>
T Must(Result<T> result) {
  if (!result) {
    throw std::runtime_error(std::string(Name(result.error().reason)) + ": " +
                             result.error().message);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// The name of the reason why there is no value, or "OK".
template <class T>
std::string Outcome(const Result<T>& result) {
  return result ? "OK" : std::string(Name(result.error().reason));
}

}  // namespace homeward
