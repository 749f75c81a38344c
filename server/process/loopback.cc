#include "server/process/loopback.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace homeward {
namespace {

bool IsLoopbackHost(const std::string& host) {
  in_addr address{};
  return host == "[::1]" || (inet_pton(AF_INET, host.c_str(), &address) == 1 &&
                             ntohl(address.s_addr) >> IN_CLASSA_NSHIFT == IN_LOOPBACKNET);
}

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; }) &&
         std::stoi(std::string(text)) <= 65535;
}

}  // namespace

Result<std::string> LoopbackAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || !IsPort(std::string_view(address).substr(colon + 1))) {
    return Fail(Reason::kConfigInvalid,
                fmt::format("`{}` is no address to listen on; write HOST:PORT, for instance "
                            "127.0.0.1:0 for any free port.",
                            address),
                {{"listen", address}});
  }
  std::string host = address.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (!IsLoopbackHost(host)) {
    return Fail(Reason::kConfigInvalid,
                fmt::format("`{}` can be reached from outside. Homeward has no accounts yet and "
                            "listens on loopback only: 127.0.0.1 or [::1].",
                            address),
                {{"listen", address}});
  }
  return host + address.substr(colon);
}

}  // namespace homeward
