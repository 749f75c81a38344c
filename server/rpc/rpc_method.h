// What the wrapper around every call needs to know about a method.
#pragma once

#include <cstddef>
#include <string_view>

#include "matcher/error.h"
#include "server/rpc/executor.h"

namespace homeward {

struct RpcMethod {
  std::string_view name;  // "CreateRecord"
  WorkClass work_class = WorkClass::kInteractive;
  std::size_t max_message_bytes = 0;  // of a request, or of each message of a stream
};

// Errors: kRequestTooLarge (metadata `bytes`, `limit`).
Result<void> CheckMessageSize(const RpcMethod& method, std::size_t bytes);

}  // namespace homeward
