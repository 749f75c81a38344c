// Why something was refused.
#pragma once

#include <gtest/gtest.h>

#include "matcher/error.h"

namespace homeward::testing {

template <class T>
Reason ReasonOf(const Result<T>& result) {
  EXPECT_FALSE(result.has_value()) << "it succeeded";
  return result ? Reason::kInternal : result.error().reason;
}

}  // namespace homeward::testing
