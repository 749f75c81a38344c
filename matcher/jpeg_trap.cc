#include "matcher/jpeg_trap.h"

#include <algorithm>
#include <cstring>

#include <jerror.h>

namespace homeward {
namespace {

// Some cameras pad the last scan; every pixel was there before it. More than a few bytes would be
// data that the decoder lost its way in.
constexpr int kMaxStrayBytes = 16;

bool IsHarmless(const jpeg_error_mgr& handler) {
  switch (handler.msg_code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
      return true;
    case JWRN_EXTRANEOUS_DATA:
      return handler.msg_parm.i[1] == JPEG_EOI && handler.msg_parm.i[0] <= kMaxStrayBytes;
    default:
      return false;
  }
}

}  // namespace

JpegTrap::JpegTrap() {
  jpeg_std_error(&handler_);
  handler_.trap = this;
  handler_.error_exit = OnError;
  handler_.emit_message = OnMessage;
}

void JpegTrap::OnError(j_common_ptr cinfo) {
  JpegTrap& trap = *static_cast<Handler*>(cinfo->err)->trap;
  trap.handler_.format_message(cinfo, trap.message_.data());
  trap.Leave();
}

void JpegTrap::OnMessage(j_common_ptr cinfo, int level) {
  const bool warning = level < 0;
  if (warning && !IsHarmless(*cinfo->err)) OnError(cinfo);
}

void JpegTrap::GiveUp(const char* why) {
  std::strncpy(message_.data(), why, message_.size() - 1);
  handler_.msg_code = JMSG_NOMESSAGE;
  Leave();
}

void JpegTrap::Leave() { std::longjmp(origin_, 1); }

bool JpegTrap::truncated() const {
  return handler_.msg_code == JWRN_JPEG_EOF || handler_.msg_code == JERR_INPUT_EOF ||
         handler_.msg_code == JERR_INPUT_EMPTY;
}

bool JpegTrap::out_of_memory() const {
  return handler_.msg_code == JERR_NO_BACKING_STORE || handler_.msg_code == JERR_OUT_OF_MEMORY;
}

}  // namespace homeward
