// What a bidirectional stream may do next: how many messages may be in work, when to read on, when
// to write and when the call is over. Bookkeeping alone; the reactor in stream_call.h acts on it.
#pragma once

#include <cstddef>
#include <optional>

#include "matcher/error.h"

namespace homeward {

// Thread safety: none; its owner's mutex guards it. Exactly one Next of a stream asks to finish,
// and it does so when no message is in work and no write is under way, so that nothing of the
// stream is in use when its call ends.
class StreamWindow {
 public:
  // At most `limit` messages are read and not yet answered; before Opened, one.
  explicit StreamWindow(int limit) : limit_(limit) {}

  // What to start now; at most one read and one write are ever under way.
  struct Next {
    bool read = false;
    bool write = false;   // of the oldest answer that waits
    bool finish = false;  // with verdict()
    friend bool operator==(const Next&, const Next&) = default;
  };

  Next Begin();            // reads the first message
  Next MessageRead();      // a message came and is in work, unless stopped(): then drop it
  Next ReadingEnded();     // the other side sends no more
  Next Opened();           // the first message was good; it has no answer
  Next Answered();         // a message in work has become an answer that waits
  Next Written(bool ok);   // the write is done
  Next Cancelled();        // the other side is gone: answers are of no use any more
  Next Stop(Error error);  // reads no more, writes what is in work, then ends with `error`
  // The first message, or one in work, is an error that ends the stream.
  Next Failed(Error error);

  // Whether messages that still come are to be dropped.
  bool stopped() const { return stopped_ || cancelled_; }
  bool cancelled() const { return cancelled_; }
  // Messages read and not yet answered.
  int in_flight() const { return working_ + waiting_ + (writing_ ? 1 : 0); }
  // Why the stream ended; none where all went well.
  const std::optional<Error>& verdict() const { return verdict_; }

 private:
  void SetVerdict(Error error);
  Next Decide();

  const int limit_;
  bool opened_ = false;
  bool reading_ = false;
  bool reading_ended_ = false;
  bool writing_ = false;
  bool stopped_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
  int working_ = 0;
  int waiting_ = 0;
  std::optional<Error> verdict_;
};

}  // namespace homeward
