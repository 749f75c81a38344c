#include "clients/cpp/server_address.h"

#include <algorithm>

namespace homeward::client {
namespace {

// Only a numeric address counts: a name such as 127.example.org may lead anywhere.
bool IsNumeric(std::string_view host) {
  return std::ranges::all_of(
      host, [](char letter) { return letter == '.' || (letter >= '0' && letter <= '9'); });
}

}  // namespace

bool IsThisMachine(std::string_view server) {
  if (server.starts_with("unix:")) return true;
  const std::string_view host = server.substr(0, server.rfind(':'));
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && IsNumeric(host));
}

}  // namespace homeward::client
