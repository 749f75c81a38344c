// Statements of a record that contradict each other. Never a refusal: papers and people err.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/records/record.h"

namespace homeward {

enum class WarningCode : std::uint8_t {
  kSexContradictsCitizenId = 1,
  kAgeContradictsCitizenId = 2,
  kCitizenIdLegacy = 3,
  kAgeContradictsBirthDate = 4,
};

struct Warning {
  WarningCode code;
  std::vector<std::string> fields;  // as paths of homeward.v1.Record

  friend bool operator==(const Warning&, const Warning&) = default;
};

std::vector<Warning> WarningsOf(const Record& record);

}  // namespace homeward
