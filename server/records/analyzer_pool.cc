#include "server/records/analyzer_pool.h"

#include <utility>

namespace homeward {

AnalyzerPool::AnalyzerPool(std::vector<std::unique_ptr<FaceAnalyzer>> analyzers)
    : spaces_(analyzers.front()->spaces()), free_(std::move(analyzers)) {}

AnalyzerPool::Lease::~Lease() {
  if (!analyzer_) return;
  {
    const std::lock_guard lock(pool_->mutex_);
    pool_->free_.push_back(std::move(analyzer_));
  }
  pool_->freed_.notify_one();
}

AnalyzerPool::Lease AnalyzerPool::Acquire() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return !free_.empty(); });
  auto analyzer = std::move(free_.back());
  free_.pop_back();
  return {*this, std::move(analyzer)};
}

}  // namespace homeward
