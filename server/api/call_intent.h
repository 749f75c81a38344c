// A call as the domain sees it: who wants what, and why.
#pragma once

#include <google/protobuf/message.h>

#include <initializer_list>
#include <string>

#include "server/records/intent.h"
#include "server/records/keyed_hash.h"
#include "server/rpc/call.h"

namespace homeward {

// Of the call, with this request_id. A repetition is known by the method and the content of
// `messages`; the digest is keyed, because it is kept, and a request may hold a photo that is not.
Intent IntentOf(const Call& call, const HashKey& key, const std::string& request_id,
                std::initializer_list<const google::protobuf::Message*> messages);

template <class Request>
Intent IntentOf(const Call& call, const HashKey& key, const Request& request) {
  return IntentOf(call, key, request.request_id(), {&request});
}

// With the purpose and the case reference, too.
template <class Request>
Intent PurposefulIntentOf(const Call& call, const HashKey& key, const Request& request) {
  Intent intent = IntentOf(call, key, request);
  intent.purpose = request.purpose();
  intent.case_reference = request.case_reference();
  return intent;
}

}  // namespace homeward
