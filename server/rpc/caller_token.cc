#include "server/rpc/caller_token.h"

#include <sodium.h>

namespace homeward {

Result<std::string> CallerToken::Authenticate(std::string_view authorization) const {
  constexpr std::string_view kScheme = "Bearer ";
  const bool is_bearer = authorization.starts_with(kScheme);
  if (is_bearer) authorization.remove_prefix(kScheme.size());
  if (!is_bearer || token_.empty() || authorization.size() != token_.size() ||
      sodium_memcmp(authorization.data(), token_.data(), token_.size()) != 0) {
    return Fail(Reason::kUnauthenticated,
                "Every call needs the token in the file `token` of the service's data folder.");
  }
  return caller_;
}

}  // namespace homeward
