// Where the service listens, as HOST:PORT.
#pragma once

#include <string_view>

namespace homeward::client {

// Whether the address names this very machine: localhost, 127.0.0.0/8, [::1] or a Unix socket.
bool IsThisMachine(std::string_view server);

}  // namespace homeward::client
