#include "matcher/query_batch.h"

#include <algorithm>
#include <utility>

namespace homeward {

std::vector<SlotHit> QueryBatch::Ask(const SlotQuery& query) {
  Caller caller{query};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&caller);
  while (!caller.is_answered) {
    if (is_answering_) {
      answered_.wait(lock);
    } else {
      AnswerNext(lock);
    }
  }
  return std::move(caller.hits);
}

std::size_t QueryBatch::waiting() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

void QueryBatch::AnswerNext(std::unique_lock<std::mutex>& lock) noexcept {
  const auto end = waiting_.begin() + std::min(std::ssize(waiting_), std::ptrdiff_t{kMost});
  const std::vector<Caller*> callers(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  is_answering_ = true;
  lock.unlock();
  std::vector<SlotQuery> queries;
  queries.reserve(callers.size());
  for (const Caller* each : callers) queries.push_back(each->query);
  auto hits = answer_(queries);
  lock.lock();
  for (std::size_t i = 0; i < callers.size(); ++i) {
    callers[i]->hits = std::move(hits[i]);
    callers[i]->is_answered = true;
  }
  is_answering_ = false;
  answered_.notify_all();
}

}  // namespace homeward
