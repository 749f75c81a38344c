// Records, photos and searches to store, each with ids of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/store/store.h"
#include "tests/testing/numbered_ids.h"

namespace homeward {

inline constexpr const char* kSpaceA = "space-a";
inline constexpr const char* kSpaceB = "space-b";

inline Time At(std::int64_t seconds) { return Time(std::chrono::seconds(seconds)); }

// Each with new ids, and every other field set to something of its own.
class StoreSamples {
 public:
  template <class IdType>
  IdType NewId() {
    // Neither order nor prefix of ids may matter: the later one is the smaller.
    return NumberedId<IdType>(0x7fff'ffff'ffff'ffff - ++ids_);
  }

  Record NewRecord(RecordKind kind);
  // With one face that has a template in each of `spaces`; none makes the face unusable.
  PhotoEntry NewPhoto(const RecordId& record, const std::vector<std::string>& spaces);
  // With two candidates.
  SearchEntry NewSearch(const std::string& case_reference);
  RequestEntry NewRequest(const std::string& caller, const std::string& request_id);
  AuditEvent NewEvent();

 private:
  std::uint64_t ids_ = 0;
};

}  // namespace homeward
