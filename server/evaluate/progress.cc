#include "server/evaluate/progress.h"

#include <fmt/format.h>

#include <utility>

namespace homeward {

Progress::Progress(std::ostream& out, std::string what, std::size_t total)
    : out_(out), what_(std::move(what)), total_(total) {}

void Progress::Step() {
  const std::scoped_lock lock(mutex_);
  ++done_;
  const std::size_t percent = 100 * done_ / total_;
  if (percent == percent_) return;
  percent_ = percent;
  out_ << fmt::format("{}: {} of {} ({} %)\n", what_, done_, total_, percent) << std::flush;
}

}  // namespace homeward
