#include "server/records/erasure.h"

namespace homeward {

Result<void> FinishErasure(Casebook& book, std::span<const PhotoId> photos) {
  Result<void> finished;
  for (const PhotoId& photo : photos) {
    if (auto removed = book.vault().Remove(photo); !removed) finished = removed;
  }
  if (auto scrubbed = book.store().ScrubErased(); !scrubbed) finished = scrubbed;
  return finished;
}

}  // namespace homeward
