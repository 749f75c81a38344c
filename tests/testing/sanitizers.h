// Whether this program was built with a sanitizer that changes its memory or its speed a lot.
#pragma once

namespace homeward {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kUnderSanitizer = true;
#else
inline constexpr bool kUnderSanitizer = false;
#endif

}  // namespace homeward
