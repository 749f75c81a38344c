// The rows of operating points and of their activations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/records/operating_point_entry.h"
#include "server/store/sqlite_connection.h"
#include "server/store/store.h"

namespace homeward {

// The methods do their part of the Store's, which says what is asked of them.
class OperatingPointTable {
 public:
  explicit OperatingPointTable(SqliteConnection& connection) : connection_(connection) {}

  Result<std::optional<OperatingPointEntry>> Find(const std::string& name) const;
  Result<std::vector<SequencedOperatingPoint>> List(const Page& page) const;
  Result<void> Add(const OperatingPointEntry& entry);

  Result<std::vector<Activation>> ListActivations(const std::string& point, int most) const;
  Result<std::optional<Activation>> FindLastActivation() const;
  Result<void> AddActivation(const Activation& activation);

 private:
  SqliteConnection& connection_;
};

}  // namespace homeward
