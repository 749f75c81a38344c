#include "server/records/intent.h"

namespace homeward {

Result<void> CheckNotCancelled(const Intent& intent) {
  if (!intent.cancelled()) return {};
  return Fail(Reason::kCancelled, "The caller went away or its time ran out; nothing was stored.");
}

Result<std::optional<RequestEntry>> FindAnswered(const StoreReader& store, const Intent& intent) {
  if (intent.request_id.empty()) return std::nullopt;
  auto found = store.FindRequest(intent.caller, intent.request_id);
  if (!found || !*found) return found;
  if ((*found)->method != intent.method || (*found)->digest != intent.digest) {
    return Fail(Reason::kRequestIdReused,
                "This request_id was used before for another request; use a new one.",
                {{"request_id", intent.request_id}});
  }
  return found;
}

}  // namespace homeward
