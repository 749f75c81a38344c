// Who wants what done, and why; and how a repetition of the same request is known.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "matcher/error.h"
#include "server/records/audit_event.h"
#include "server/records/photo_entry.h"
#include "server/store/store.h"

namespace homeward {

struct Intent {
  std::string caller;
  std::string method;  // "CreateRecord"
  std::string purpose;
  std::string case_reference;
  std::string request_id;  // empty: a repetition would be another request
  Sha256 digest{};         // of the method and the request's content
  // Asked between the steps of long work, never after a commit.
  std::function<bool()> cancelled = [] { return false; };
};

// Errors: kCancelled if the caller went away or its time ran out.
Result<void> CheckNotCancelled(const Intent& intent);

// What was done for the same request before. nullopt: nothing, or it has no request_id.
// Errors: kRequestIdReused if the caller used the id for another request.
Result<std::optional<RequestEntry>> FindAnswered(const StoreReader& store, const Intent& intent);

}  // namespace homeward
