// Holds the threads that come to it until it is opened, so that a test decides who runs when.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

namespace homeward::testing {

// Opens at the latest when it is destroyed. Thread safe.
class Gate {
 public:
  Gate() = default;
  ~Gate() { Open(); }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // What a thread runs to be held. Outlives the gate.
  auto Holder() const {
    return [state = state_] {
      std::unique_lock lock(state->mutex);
      ++state->entered;
      state->changed.notify_all();
      state->changed.wait(lock, [&] { return state->open; });
    };
  }
  // Waits until `count` threads have come.
  void AwaitEntered(int count) const {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->entered >= count; });
  }
  void Open() const {
    const std::lock_guard lock(state_->mutex);
    state_->open = true;
    state_->changed.notify_all();
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    int entered = 0;
    bool open = false;
  };
  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace homeward::testing
