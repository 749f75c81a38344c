#include "server/process/random_ids.h"

#include <sodium.h>

namespace homeward {

Result<std::unique_ptr<RandomIds>> RandomIds::Create() {
  if (sodium_init() < 0) return Fail(Reason::kInternal, "No source of chance is to be had.");
  return std::unique_ptr<RandomIds>(new RandomIds);
}

std::array<std::uint8_t, 16> RandomIds::Next() {
  std::array<std::uint8_t, 16> id;
  randombytes_buf(id.data(), id.size());
  return id;
}

}  // namespace homeward
