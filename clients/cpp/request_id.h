// A request_id that no other request has: 32 hexadecimal digits of chance.
#pragma once

#include <string>

namespace homeward::client {

std::string NewRequestId();

}  // namespace homeward::client
