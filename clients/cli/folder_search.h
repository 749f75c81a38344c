// A search with many photos, one line of result each, as they finish.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/desk.h"
#include "clients/cli/photo_arguments.h"

namespace homeward::client {

struct FolderSearch {
  PhotoArguments photos;
  std::vector<std::string> names;  // of the photos, for the results
  std::size_t other_file_count = 0;
};

// kFailed where a photo was not searched.
ExitCode SearchFolder(const v1::StreamFaceSearchesConfig& config, const FolderSearch& folder,
                      Desk& desk);

}  // namespace homeward::client
