// Who the service is, where it acts by itself.
#pragma once

namespace homeward {

// Under which what the service does of itself is kept.
inline constexpr const char* kServiceCaller = "service";

}  // namespace homeward
