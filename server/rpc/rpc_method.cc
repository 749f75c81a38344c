#include "server/rpc/rpc_method.h"

#include <fmt/format.h>

namespace homeward {

Result<void> CheckMessageSize(const RpcMethod& method, std::size_t bytes) {
  if (bytes <= method.max_message_bytes) return {};
  const std::string limit = std::to_string(method.max_message_bytes);
  return Fail(Reason::kRequestTooLarge,
              fmt::format("{} takes at most {} bytes in one message; this one has {}.", method.name,
                          limit, bytes),
              {{"bytes", std::to_string(bytes)}, {"limit", limit}});
}

}  // namespace homeward
