// The way out of libjpeg: an error or warning in the library ends the step that was running and
// becomes an Error. Without it libjpeg ends the process.
#pragma once

#include <array>
#include <csetjmp>
#include <cstdio>
#include <string>

#include <jpeglib.h>

namespace homeward {

class JpegTrap {
 public:
  JpegTrap();
  JpegTrap(const JpegTrap&) = delete;
  JpegTrap& operator=(const JpegTrap&) = delete;

  // For cinfo.err. Must outlive the cinfo.
  jpeg_error_mgr* handler() { return &handler_; }

  // Runs `step`, which calls libjpeg. Returns false when the library gave up; then only
  // jpeg_destroy_* may be called. `step` is left by longjmp, so nothing in it may have a destructor
  // and what it allocates must belong to its caller.
  template <class Step>
  [[gnu::noinline]] bool Run(Step step) {
    if (setjmp(origin_) != 0) return false;
    step();
    return true;
  }

  // Ends the running step with a reason of our own.
  [[noreturn]] void GiveUp(const char* why);

  // What the library, or GiveUp, said; only after Run returned false.
  std::string message() const { return message_.data(); }
  // The file ended before its end marker.
  bool truncated() const;
  // The memory limit would have been exceeded.
  bool out_of_memory() const;

 private:
  struct Handler : jpeg_error_mgr {
    JpegTrap* trap = nullptr;
  };

  [[noreturn]] static void OnError(j_common_ptr cinfo);
  static void OnMessage(j_common_ptr cinfo, int level);
  [[noreturn]] void Leave();

  Handler handler_;
  std::jmp_buf origin_;
  std::array<char, JMSG_LENGTH_MAX> message_{};
};

}  // namespace homeward
