// What the stories happen on: the service, the photos, and who is stored in it under which name.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "clients/cpp/client.h"
#include "clients/demo/photo_set.h"
#include "clients/screen/page.h"

namespace homeward::client {

class Stage {
 public:
  // All must outlive the stage.
  Stage(Client& client, const PhotoSet& photos, const Page& page)
      : client_(client), photos_(photos), page_(page) {}

  Client& client() const { return client_; }
  const PhotoSet& photos() const { return photos_; }
  const Page& page() const { return page_; }

  // The invented name of a person.
  std::string NameOf(std::size_t person) const;

  // Stores a photo of a person and searches with it. Nobody else is in the photo: the layout says
  // so.
  ClientResult<v1::CreateRecordResponse> Enrol(std::size_t person, std::size_t photo,
                                               v1::RecordKind kind,
                                               const std::string& claimed_name);

  // Whether the record was stored for this person.
  bool IsOf(const std::string& record, std::size_t person) const;

 private:
  Client& client_;
  const PhotoSet& photos_;
  const Page& page_;
  std::map<std::string, std::size_t> person_of_;  // by the name of the record
};

}  // namespace homeward::client
