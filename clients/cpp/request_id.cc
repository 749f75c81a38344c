#include "clients/cpp/request_id.h"

#include <fmt/format.h>

#include <random>

namespace homeward::client {

std::string NewRequestId() {
  std::random_device chance;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", chance(), chance(), chance(), chance());
}

}  // namespace homeward::client
