#include "server/api/call_intent.h"

#include "server/api/canonical_form.h"

namespace homeward {

Intent IntentOf(const Call& call, const HashKey& key, const std::string& request_id,
                std::initializer_list<const google::protobuf::Message*> messages) {
  Intent intent;
  intent.caller = call.caller;
  intent.method = call.method;
  intent.cancelled = call.cancelled;
  intent.request_id = request_id;
  if (!request_id.empty()) intent.digest = KeyedHash(key, CanonicalForm(messages));
  return intent;
}

}  // namespace homeward
