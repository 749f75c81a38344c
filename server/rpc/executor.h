// The threads that calls run on: a bounded pool with three classes of work and a bounded queue for
// each. What does not fit is refused before anything was done for it.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "matcher/error.h"

namespace homeward {

// Highest first: what waits in a higher class always starts before what waits in a lower one.
enum class WorkClass : std::uint8_t { kInteractive, kFamily, kBulk };
inline constexpr std::size_t kWorkClassCount = 3;

// "interactive", "family", "bulk".
std::string_view Name(WorkClass work_class);
std::optional<WorkClass> ParseWorkClass(std::string_view name);

// Thread safe.
class Executor {
 public:
  using Task = std::move_only_function<void()>;  // throws nothing

  struct ClassLimits {
    int waiting = 64;  // tasks that may wait; one more is refused
    int running = 1;   // tasks of this class and the lower ones together that may run at a time
  };
  struct Limits {
    int threads = 2;
    std::array<ClassLimits, kWorkClassCount> classes;  // by WorkClass
  };

  // A place in the queue for each of `places` tasks, held until it is destroyed: what a stream
  // needs to be admitted once and not refused half-way.
  class Reservation {
   public:
    Reservation(Executor& executor, WorkClass work_class, int places)
        : executor_(executor), work_class_(work_class), places_(places) {}
    ~Reservation();
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;

    // Never refused for want of a place while fewer than `places` of its tasks are unfinished,
    // which is for the holder to see to. Errors: kShuttingDown.
    Result<void> Submit(Task task);

   private:
    Executor& executor_;
    const WorkClass work_class_;
    const int places_;
  };

  // Errors: kConfigInvalid (a limit below 1, or lower classes that could take every thread;
  // metadata `class`), kInternal (no threads to be had).
  static Result<std::unique_ptr<Executor>> Start(const Limits& limits);
  ~Executor();  // as Stop

  // The task runs later, exactly once, on one of the threads. Errors, and then it never runs:
  // kQueueFull (metadata `class`), kShuttingDown.
  Result<void> Submit(WorkClass work_class, Task task);
  // The executor must outlive the reservation. Errors: as Submit.
  Result<std::unique_ptr<Reservation>> Reserve(WorkClass work_class, int places);

  // Takes no more, runs what waits to its end and ends the threads. Not from a task.
  void Stop();

 private:
  struct Entry {
    Task task;
    bool reserved = false;
  };
  struct Lane {
    std::deque<Entry> queue;
    int waiting = 0;   // of `queue`, those without a reservation
    int reserved = 0;  // places held by reservations
    int running = 0;
  };

  explicit Executor(const Limits& limits) : limits_(limits) {}
  Result<void> CheckRoom(WorkClass work_class, int places) const;
  void Enqueue(WorkClass work_class, Entry entry);
  std::optional<std::size_t> NextLane() const;
  bool IsEmpty() const;
  void Work();

  const Limits limits_;
  std::vector<std::thread> threads_;  // changed by Start and Stop alone

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::array<Lane, kWorkClassCount> lanes_;
  bool stopping_ = false;
};

}  // namespace homeward
