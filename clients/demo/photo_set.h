// The photos that the stories are played with, as they lie in a folder:
//
//   people/PERSON/*   two photos or more of each person; the first is enrolled, the second shown
//   nobody/*          persons who are never enrolled
//   folder/*          optional: what the police compare. PERSON-anything shows that person, all
//   other
//                     photos have no right answer. Without it, the photos that are left over.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "clients/cpp/client_error.h"

namespace homeward::client {

struct DemoPerson {
  std::string id;  // the name of the folder
  std::vector<std::filesystem::path> photos;
};

struct FolderPhoto {
  std::filesystem::path path;
  std::optional<std::size_t> person;  // in PhotoSet::people; none: no right answer
};

struct PhotoSet {
  std::vector<DemoPerson> people;  // with two photos or more, by name
  std::vector<std::filesystem::path> nobody;
  std::vector<FolderPhoto> folder;
};

// Whatever of the layout is there. Errors: kFileUnreadable where `root` is no folder.
ClientResult<PhotoSet> ReadPhotoSet(const std::filesystem::path& root);

}  // namespace homeward::client
