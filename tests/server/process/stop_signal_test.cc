#include "server/process/stop_signal.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace homeward {
namespace {

TEST(StopSignalTest, KeepsASignalThatComesBeforeItIsWaitedFor) {
  for (const int signal : {SIGTERM, SIGINT}) {
    StopSignal::Install();
    raise(signal);
    StopSignal::Wait();
  }
}

TEST(StopSignalDeathTest, LetsTheSecondSignalEndTheProcessAtOnce) {
  EXPECT_EXIT(
      {
        StopSignal::Install();
        raise(SIGTERM);
        raise(SIGTERM);
      },
      ::testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace homeward
