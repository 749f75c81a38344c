// Face analyzers, one per core, leased to whoever needs one: dlib's networks are not shareable.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "matcher/face_analyzer.h"

namespace homeward {

// Thread safe.
class AnalyzerPool {
 public:
  // Not empty; all of the same spaces.
  explicit AnalyzerPool(std::vector<std::unique_ptr<FaceAnalyzer>> analyzers);

  // That every template is made in; the first is the leading one.
  const std::vector<Space>& spaces() const { return spaces_; }

  // Gives the analyzer back when it is destroyed. The pool must outlive it.
  class Lease {
   public:
    Lease(AnalyzerPool& pool, std::unique_ptr<FaceAnalyzer> analyzer)
        : pool_(&pool), analyzer_(std::move(analyzer)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    FaceAnalyzer* operator->() const { return analyzer_.get(); }

   private:
    AnalyzerPool* pool_;
    std::unique_ptr<FaceAnalyzer> analyzer_;
  };
  // Waits for a free one.
  Lease Acquire();

 private:
  const std::vector<Space> spaces_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<FaceAnalyzer>> free_;  // guarded by mutex_
};

}  // namespace homeward
