// The fields of a record that the command line can state, and the filter on them.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/arguments.h"
#include "clients/cli/usage_error.h"
#include "homeward/v1/record.pb.h"
#include "homeward/v1/search.pb.h"

namespace homeward::client {

struct StatedFields {
  v1::Record record;               // of the kind, with what was stated
  std::vector<std::string> paths;  // of the fields that were stated, for an update mask
};

// Region, place and date are those of where and when the person was found, lost or registered,
// whichever the kind has. `--from` gives any field as JSON; the other options come on top of it.
UsageResult<StatedFields> ReadStatedFields(const Arguments& arguments, v1::RecordKind kind);

UsageResult<v1::SearchFilter> ReadFilter(const Arguments& arguments);

}  // namespace homeward::client
