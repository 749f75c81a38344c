#include "server/rpc/executor.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

namespace homeward {
namespace {

constexpr std::array<std::string_view, kWorkClassCount> kNames{"interactive", "family", "bulk"};

std::size_t IndexOf(WorkClass work_class) { return static_cast<std::size_t>(work_class); }

Result<void> CheckLimits(const Executor::Limits& limits) {
  for (std::size_t lane = 0; lane < kWorkClassCount; ++lane) {
    const auto& [waiting, running] = limits.classes[lane];
    const std::string name(kNames[lane]);
    if (waiting < 1 || running < 1) {
      return Fail(Reason::kConfigInvalid, "Work of class " + name + " needs room for at least one.",
                  {{"class", name}});
    }
    if (lane > 0 && running >= limits.threads) {
      return Fail(Reason::kConfigInvalid,
                  "Work of class " + name + " must leave at least one thread to higher classes.",
                  {{"class", name}});
    }
  }
  return {};
}

}  // namespace

std::string_view Name(WorkClass work_class) { return kNames[IndexOf(work_class)]; }

std::optional<WorkClass> ParseWorkClass(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<WorkClass>(found - kNames.begin());
}

Executor::Reservation::~Reservation() {
  const std::lock_guard lock(executor_.mutex_);
  executor_.lanes_[IndexOf(work_class_)].reserved -= places_;
}

Result<void> Executor::Reservation::Submit(Task task) {
  const std::lock_guard lock(executor_.mutex_);
  if (executor_.stopping_) return executor_.CheckRoom(work_class_, 0);
  executor_.Enqueue(work_class_, {std::move(task), true});
  return {};
}

Result<std::unique_ptr<Executor>> Executor::Start(const Limits& limits) {
  if (auto valid = CheckLimits(limits); !valid) return std::unexpected(std::move(valid).error());
  std::unique_ptr<Executor> executor(new Executor(limits));
  try {
    for (int i = 0; i < limits.threads; ++i) {
      executor->threads_.emplace_back([pool = executor.get()] { pool->Work(); });
    }
  } catch (const std::system_error& error) {
    return Fail(Reason::kInternal, std::string("Threads could not be started: ") + error.what());
  }
  return executor;
}

Executor::~Executor() { Stop(); }

Result<void> Executor::Submit(WorkClass work_class, Task task) {
  const std::lock_guard lock(mutex_);
  if (auto room = CheckRoom(work_class, 1); !room) return room;
  Enqueue(work_class, {std::move(task), false});
  return {};
}

Result<std::unique_ptr<Executor::Reservation>> Executor::Reserve(WorkClass work_class, int places) {
  const std::lock_guard lock(mutex_);
  if (auto room = CheckRoom(work_class, places); !room) {
    return std::unexpected(std::move(room).error());
  }
  auto reservation = std::make_unique<Reservation>(*this, work_class, places);
  lanes_[IndexOf(work_class)].reserved += places;
  return reservation;
}

void Executor::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

Result<void> Executor::CheckRoom(WorkClass work_class, int places) const {
  if (stopping_) return Fail(Reason::kShuttingDown, "The service is stopping; try again shortly.");
  const std::size_t lane = IndexOf(work_class);
  if (lanes_[lane].waiting + lanes_[lane].reserved + places > limits_.classes[lane].waiting) {
    return Fail(Reason::kQueueFull, "The service is busy; nothing was done. Try again shortly.",
                {{"class", std::string(Name(work_class))}});
  }
  return {};
}

void Executor::Enqueue(WorkClass work_class, Entry entry) {
  Lane& lane = lanes_[IndexOf(work_class)];
  if (!entry.reserved) ++lane.waiting;
  lane.queue.push_back(std::move(entry));
  changed_.notify_one();
}

// The highest class with something to do whose limit, and the limit of each class above it, leaves
// room for one more.
std::optional<std::size_t> Executor::NextLane() const {
  std::array<int, kWorkClassCount> running_from{};  // in this class and the lower ones
  int sum = 0;
  for (std::size_t lane = kWorkClassCount; lane-- > 0;) {
    running_from[lane] = sum += lanes_[lane].running;
  }
  for (std::size_t lane = 0; lane < kWorkClassCount; ++lane) {
    if (running_from[lane] >= limits_.classes[lane].running) return std::nullopt;
    if (!lanes_[lane].queue.empty()) return lane;
  }
  return std::nullopt;
}

bool Executor::IsEmpty() const {
  return std::ranges::all_of(lanes_, [](const Lane& lane) { return lane.queue.empty(); });
}

// A thread that ends a task looks for the next one itself, so only Submit and Stop need to wake.
void Executor::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    std::optional<std::size_t> next;
    changed_.wait(lock, [&] {
      next = NextLane();
      return next.has_value() || (stopping_ && IsEmpty());
    });
    if (!next) return;
    Lane& lane = lanes_[*next];
    Entry entry = std::move(lane.queue.front());
    lane.queue.pop_front();
    if (!entry.reserved) --lane.waiting;
    if (stopping_ && IsEmpty()) changed_.notify_all();
    ++lane.running;
    lock.unlock();
    entry.task();
    entry.task = nullptr;  // whatever it holds goes before the next wait
    lock.lock();
    --lane.running;
  }
}

}  // namespace homeward
