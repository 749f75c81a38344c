#include "server/rpc/stream_window.h"

#include <utility>

namespace homeward {

using Next = StreamWindow::Next;

Next StreamWindow::Begin() { return Decide(); }

Next StreamWindow::MessageRead() {
  reading_ = false;
  if (!stopped()) ++working_;
  return Decide();
}

Next StreamWindow::ReadingEnded() {
  reading_ = false;
  reading_ended_ = true;
  return Decide();
}

Next StreamWindow::Opened() {
  --working_;
  opened_ = true;
  return Decide();
}

Next StreamWindow::Answered() {
  --working_;
  ++waiting_;
  return Decide();
}

Next StreamWindow::Written(bool ok) {
  writing_ = false;
  return ok ? Decide() : Cancelled();
}

Next StreamWindow::Cancelled() {
  cancelled_ = true;
  SetVerdict({Reason::kCancelled, "The caller went away."});
  return Decide();
}

Next StreamWindow::Stop(Error error) {
  // A caller that has sent everything already gets all answers and no error.
  if (!reading_ended_) {
    stopped_ = true;
    SetVerdict(std::move(error));
  }
  return Decide();
}

Next StreamWindow::Failed(Error error) {
  --working_;
  stopped_ = true;
  SetVerdict(std::move(error));
  return Decide();
}

void StreamWindow::SetVerdict(Error error) {
  if (!verdict_) verdict_ = std::move(error);
}

Next StreamWindow::Decide() {
  Next next;
  if (finished_) return next;
  if (cancelled_) waiting_ = 0;
  if (waiting_ > 0 && !writing_) {
    --waiting_;
    writing_ = next.write = true;
  }
  const bool at_end = stopped() || reading_ended_;
  if (!at_end && !reading_ && in_flight() < (opened_ ? limit_ : 1)) reading_ = next.read = true;
  if (at_end && in_flight() == 0) finished_ = next.finish = true;
  return next;
}

}  // namespace homeward
