// Queries of callers that come at the same time, answered together.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "matcher/code_kernel.h"
#include "matcher/face_index.h"

namespace homeward {

// Whoever comes when nobody is being answered is answered at once, alone. Those who come meanwhile
// are next, kMost at a time, in the order in which they came: nobody ever waits for company.
// Thread safe.
class QueryBatch {
 public:
  static constexpr std::size_t kMost = kMostQueries;

  // Hits for each query, as FaceIndexSnapshot::SearchTogether gives them. Called by one caller at a
  // time, without any lock; must not throw.
  using Answer = std::function<std::vector<std::vector<SlotHit>>(std::span<const SlotQuery>)>;

  explicit QueryBatch(Answer answer) : answer_(std::move(answer)) {}

  std::vector<SlotHit> Ask(const SlotQuery& query);
  // How many are neither answered nor being answered.
  std::size_t waiting() const;

 private:
  struct Caller {
    const SlotQuery& query;
    std::vector<SlotHit> hits = {};
    bool is_answered = false;
  };

  void AnswerNext(std::unique_lock<std::mutex>& lock) noexcept;

  const Answer answer_;
  mutable std::mutex mutex_;
  std::condition_variable answered_;
  bool is_answering_ = false;
  std::deque<Caller*> waiting_;
};

}  // namespace homeward
