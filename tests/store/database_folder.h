// A folder for one test's database.
#pragma once

#include "tests/testing/temporary_folder.h"

namespace homeward {

class DatabaseFolder : public testing::TemporaryFolder {
 public:
  std::filesystem::path file() const { return path() / "homeward.db"; }
};

}  // namespace homeward
