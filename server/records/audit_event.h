// Who did what to which object, and why. Holds ids, never names or faces.
#pragma once

#include <string>

#include "server/records/clock.h"

namespace homeward {

struct AuditEvent {
  Time at{};
  std::string caller;
  std::string method;   // "CreateRecord"
  std::string object;   // resource name: "records/…"
  std::string purpose;  // or the reason given
  std::string request_id;
};

}  // namespace homeward
