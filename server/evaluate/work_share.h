// Independent pieces of work, shared out to threads.
#pragma once

#include <cstddef>
#include <functional>

#include "matcher/error.h"

namespace homeward {

using Worker = std::function<Result<void>(std::size_t piece)>;

// Gives each of `threads` (>= 1) threads a worker of its own and runs each of the pieces 0..count-1
// once, on whichever is free. Stops handing out pieces at the first error and returns it.
// `make_worker` is called by the calling thread. Exceptions of workers are not caught.
Result<void> ShareOut(std::size_t count, int threads,
                      const std::function<Result<Worker>()>& make_worker);

}  // namespace homeward
