// Photo bytes that go into the vault ahead of the transaction that tells of them.
#pragma once

#include <span>
#include <vector>

#include "matcher/error.h"
#include "server/store/photo_vault.h"

namespace homeward {

// Takes its bytes out of the vault again when it is destroyed, unless they are to be kept. Used by
// one thread.
class Deposit {
 public:
  // `vault` must outlive the deposit.
  explicit Deposit(PhotoVault& vault) : vault_(&vault) {}
  Deposit(const Deposit&) = delete;
  Deposit& operator=(const Deposit&) = delete;
  ~Deposit();

  // Errors: those of PhotoVault::Put.
  Result<void> Put(const PhotoId& photo, std::span<const std::uint8_t> bytes);
  void Keep() { photos_.clear(); }

 private:
  PhotoVault* vault_;
  std::vector<PhotoId> photos_;
};

}  // namespace homeward
