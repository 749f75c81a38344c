#include "server/rpc/stream_window.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace homeward {
namespace {

using Next = StreamWindow::Next;

constexpr Next kNothing{};
constexpr Next kRead{.read = true};
constexpr Next kWrite{.write = true};
constexpr Next kFinish{.finish = true};

const Error kWrong{Reason::kFieldInvalid, "wrong"};

StreamWindow Open(int limit) {
  StreamWindow window(limit);
  window.Begin();
  window.MessageRead();
  window.Opened();
  return window;
}

TEST(StreamWindowTest, ReadsNothingMoreUntilTheFirstMessageIsJudged) {
  StreamWindow window(8);
  EXPECT_EQ(window.Begin(), kRead);
  EXPECT_EQ(window.MessageRead(), kNothing);
  EXPECT_EQ(window.Opened(), kRead);
}

TEST(StreamWindowTest, PausesReadingAtTheLimitAndGoesOnWhenAnAnswerIsWritten) {
  StreamWindow window = Open(2);
  EXPECT_EQ(window.MessageRead(), kRead);
  EXPECT_EQ(window.MessageRead(), kNothing);
  EXPECT_EQ(window.Answered(), kWrite) << "an answer on its way still holds its place";
  EXPECT_EQ(window.Answered(), kNothing) << "one write at a time";
  EXPECT_EQ(window.Written(true), (Next{.read = true, .write = true}));
}

TEST(StreamWindowTest, AnswersWhatIsInWorkAfterTheCallerHasSentEverything) {
  StreamWindow window = Open(8);
  window.MessageRead();
  EXPECT_EQ(window.ReadingEnded(), kNothing);
  EXPECT_EQ(window.Answered(), kWrite);
  EXPECT_EQ(window.Written(true), kFinish);
  EXPECT_FALSE(window.verdict());
}

TEST(StreamWindowTest, EndsOnlyWhenNothingIsInWorkAnyMoreEvenWhenCancelled) {
  StreamWindow window = Open(8);
  window.MessageRead();
  window.MessageRead();
  EXPECT_EQ(window.Cancelled(), kNothing);
  EXPECT_EQ(window.ReadingEnded(), kNothing);
  EXPECT_EQ(window.Answered(), kNothing) << "nobody is there to read it";
  EXPECT_EQ(window.Answered(), kFinish);
  EXPECT_EQ(window.verdict()->reason, Reason::kCancelled);
}

TEST(StreamWindowTest, EndsWithTheErrorOfTheFirstMessage) {
  StreamWindow window(8);
  window.Begin();
  window.MessageRead();
  EXPECT_EQ(window.Failed(kWrong), kFinish);
  EXPECT_EQ(window.verdict()->reason, Reason::kFieldInvalid);
}

TEST(StreamWindowTest, StopsAnIdleStreamAtOnceThoughItStillReads) {
  StreamWindow window = Open(8);
  EXPECT_EQ(window.Stop({Reason::kShuttingDown, "stopping"}), kFinish);
  EXPECT_TRUE(window.stopped());
  EXPECT_EQ(window.MessageRead(), kNothing) << "the read that was under way";
}

TEST(StreamWindowTest, LeavesACallerWhoHasSentEverythingWithoutErrorWhenStopped) {
  StreamWindow window = Open(8);
  window.MessageRead();
  window.ReadingEnded();
  EXPECT_EQ(window.Stop({Reason::kShuttingDown, "stopping"}), kNothing);
  window.Answered();
  EXPECT_EQ(window.Written(true), kFinish);
  EXPECT_FALSE(window.verdict());
}

// Plays both sides of a stream in a random order of events.
class Play {
 public:
  explicit Play(int limit) : limit_(limit), window_(limit) { Act(window_.Begin()); }

  void Step() {
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
      case 1:
      case 2:
        if (reading_) Arrive();
        break;
      case 3:
        if (reading_ && *rc::gen::inRange(0, 4) == 0) EndReading();
        break;
      case 4:
      case 5:
      case 6:
        if (working_ > 0) Work();
        break;
      case 7:
      case 8:
        if (writing_) Write(!gone_);
        break;
      default:
        Disturb();
    }
  }

  // Lets everything that is under way come to its end.
  void RunOut() {
    while (working_ > 0 || writing_ || (reading_ && !finished_)) {
      if (working_ > 0) Work();
      if (writing_) Write(!gone_);
      if (reading_ && !finished_) EndReading();
    }
  }

  void Check() const {
    RC_ASSERT(window_.in_flight() <= limit_);
    RC_ASSERT(!finished_ || (working_ == 0 && !writing_));
    RC_ASSERT(gone_ || stopped_ || !opened_ || read_ == written_ + window_.in_flight());
  }
  bool finished() const { return finished_; }

 private:
  void Act(const Next& next) {
    RC_ASSERT(!finished_ || next == kNothing);
    if (next.read) {
      RC_ASSERT(!reading_);
      reading_ = true;
    }
    if (next.write) {
      RC_ASSERT(!writing_);
      writing_ = true;
    }
    if (next.finish) finished_ = true;
  }
  void Arrive() {
    reading_ = false;
    if (!window_.stopped()) {
      ++working_;
      if (opened_) ++read_;
    }
    Act(window_.MessageRead());
  }
  void EndReading() {
    reading_ = false;
    Act(window_.ReadingEnded());
  }
  void Work() {
    --working_;
    if (!opened_) {
      opened_ = true;
      Act(window_.Opened());
    } else {
      Act(window_.Answered());
    }
  }
  void Write(bool ok) {
    writing_ = false;
    if (ok) ++written_;
    Act(window_.Written(ok));
  }
  void Disturb() {
    switch (*rc::gen::inRange(0, 12)) {
      case 0:
        gone_ = true;
        Act(window_.Cancelled());
        break;
      case 1:
        stopped_ = true;
        Act(window_.Stop(kWrong));
        break;
      default:
        break;
    }
  }

  const int limit_;
  StreamWindow window_;
  bool opened_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool gone_ = false;
  bool stopped_ = false;
  bool finished_ = false;
  int working_ = 0;
  int read_ = 0;
  int written_ = 0;
};

TEST(StreamWindowTest, StaysWithinItsLimitAndFinishesOnceInAnyOrderOfEvents) {
  EXPECT_TRUE(rc::check([] {
    Play play(*rc::gen::inRange(1, 9));
    const int steps = *rc::gen::inRange(0, 120);
    for (int i = 0; i < steps; ++i) {
      play.Step();
      play.Check();
    }
    play.RunOut();
    play.Check();
    RC_ASSERT(play.finished());
  }));
}

}  // namespace
}  // namespace homeward
