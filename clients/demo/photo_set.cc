#include "clients/demo/photo_set.h"

#include <algorithm>

#include "clients/cpp/file_bytes.h"
#include "clients/cpp/photo_file.h"

namespace homeward::client {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> PhotosIn(const fs::path& folder) {
  const ClientResult<PhotoFolder> found = ListPhotoFolder(folder);
  return found ? found->photos : std::vector<fs::path>();
}

std::vector<DemoPerson> PeopleIn(const fs::path& folder) {
  std::vector<DemoPerson> people;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    DemoPerson person{entry.path().filename().string(), PhotosIn(entry.path())};
    if (person.photos.size() >= 2) people.push_back(std::move(person));
  }
  std::ranges::sort(people, {}, &DemoPerson::id);
  return people;
}

// Whom a photo shows, by the beginning of its name.
std::optional<std::size_t> PersonOf(const fs::path& photo, const std::vector<DemoPerson>& people) {
  const std::string name = photo.stem().string();
  const auto person = std::ranges::find(people, name.substr(0, name.rfind('-')), &DemoPerson::id);
  if (person == people.end()) return std::nullopt;
  return static_cast<std::size_t>(person - people.begin());
}

// Second photos that the first two stories do not show, and everybody who is not enrolled.
std::vector<FolderPhoto> LeftOver(const PhotoSet& set) {
  std::vector<FolderPhoto> folder;
  for (std::size_t person = 0; person < set.people.size(); ++person) {
    const std::vector<fs::path>& photos = set.people[person].photos;
    const std::size_t used = person < 2 ? 2 : 1;
    for (std::size_t index = used; index < photos.size(); ++index) {
      folder.push_back({photos[index], person});
    }
  }
  for (const fs::path& photo : set.nobody) folder.push_back({photo, std::nullopt});
  return folder;
}

}  // namespace

ClientResult<PhotoSet> ReadPhotoSet(const fs::path& root) {
  std::error_code error;
  const fs::directory_iterator readable(root, error);
  if (error) return std::unexpected(FileUnreadable(root, error));
  PhotoSet set;
  set.people = PeopleIn(root / "people");
  set.nobody = PhotosIn(root / "nobody");
  for (const fs::path& photo : PhotosIn(root / "folder")) {
    set.folder.push_back({photo, PersonOf(photo, set.people)});
  }
  if (set.folder.empty()) set.folder = LeftOver(set);
  return set;
}

}  // namespace homeward::client
