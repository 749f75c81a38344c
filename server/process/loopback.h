// Addresses that only this machine can reach.
#pragma once

#include <string>

#include "matcher/error.h"

namespace homeward {

// `address`, HOST:PORT, with HOST an address of 127.0.0.0/8 or [::1]; localhost becomes 127.0.0.1.
// Errors: kConfigInvalid (metadata `listen`) for every other host, and for what is no such address.
Result<std::string> LoopbackAddress(const std::string& address);

}  // namespace homeward
