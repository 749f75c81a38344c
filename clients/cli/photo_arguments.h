// The photos of a command: where they are, which face is meant, and what kind they are of.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clients/cli/arguments.h"
#include "clients/cli/usage_error.h"
#include "clients/cpp/client_error.h"
#include "homeward/v1/match_service.pb.h"
#include "homeward/v1/record_service.pb.h"

namespace homeward::client {

class PhotoArguments {
 public:
  // For the photos at `paths`, in their order. `default_kind` where the command line states none.
  static UsageResult<PhotoArguments> Read(const Arguments& arguments,
                                          std::span<const std::string> paths,
                                          v1::PhotoKind default_kind = v1::PHOTO_KIND_UNSPECIFIED);

  std::size_t count() const { return paths_.size(); }
  const std::string& path(std::size_t number) const { return paths_.at(number); }

  // Read the file with this number, counted from 0. Errors: as ReadPhoto.
  ClientResult<v1::ProbePhoto> LoadProbe(std::size_t number) const;
  ClientResult<v1::NewPhoto> LoadNew(std::size_t number) const;

 private:
  template <class Photo>
  ClientResult<Photo> Load(std::size_t number) const;

  std::vector<std::string> paths_;
  std::map<std::size_t, v1::Box> boxes_;
  bool single_face_ = false;
  v1::PhotoKind kind_ = v1::PHOTO_KIND_UNSPECIFIED;
  std::optional<google::type::Date> capture_date_;
};

}  // namespace homeward::client
