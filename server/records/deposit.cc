#include "server/records/deposit.h"

namespace homeward {

// What cannot be removed now is removed by the sweep at the next start.
Deposit::~Deposit() {
  for (const PhotoId& photo : photos_) static_cast<void>(vault_->Remove(photo));
}

Result<void> Deposit::Put(const PhotoId& photo, std::span<const std::uint8_t> bytes) {
  photos_.push_back(photo);
  return vault_->Put(photo, bytes);
}

}  // namespace homeward
