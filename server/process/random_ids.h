// Ids that nobody can guess, from libsodium.
#pragma once

#include <memory>

#include "matcher/error.h"
#include "server/records/clock.h"

namespace homeward {

class RandomIds final : public IdSource {
 public:
  // Errors: kInternal where the machine has no source of chance.
  static Result<std::unique_ptr<RandomIds>> Create();
  std::array<std::uint8_t, 16> Next() override;

 private:
  RandomIds() = default;
};

}  // namespace homeward
