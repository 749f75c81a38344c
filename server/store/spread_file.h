// A file of spreads: what a gallery knew of everybody's nearest others in one space, by place. A
// cache, believed only where every byte is as it was written. docs/snapshot.md gives the format.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "matcher/error.h"
#include "matcher/gallery.h"
#include "server/store/spread_row.h"

namespace homeward {

// What the rows of a file were made of and for; all of it must be the same to use them.
using SpreadBinding = std::array<std::uint8_t, 32>;

class SpreadFile {
 public:
  using Secret = std::array<std::uint8_t, 32>;

  // Reads all of the file, and believes it only as a whole. Errors: kStoreCorrupt, in words that
  // say what is off; kStoreUnavailable.
  static Result<SpreadFile> Read(const std::filesystem::path& path, const Secret& secret,
                                 const SpreadBinding& binding);

  const SpreadKey& key() const { return key_; }
  // Of the gallery when the file was made.
  ChangeNumber change() const { return change_; }
  // By place. Valid as long as this.
  std::span<const SpreadRow> rows() const { return {rows_.get(), count_}; }

 private:
  SpreadFile(const SpreadKey& key, ChangeNumber change, std::unique_ptr<SpreadRow[]> rows,
             std::size_t count)
      : key_(key), change_(change), rows_(std::move(rows)), count_(count) {}

  SpreadKey key_;
  ChangeNumber change_;
  std::unique_ptr<SpreadRow[]> rows_;
  std::size_t count_;
};

// What is written: `count` rows, all but their seals made by `fill(key, place)`.
struct NewSpreadFile {
  SpreadBinding binding;
  ChangeNumber change = 0;
  std::uint64_t count = 0;
  std::function<SpreadRow(const SpreadKey& key, std::uint64_t place)> fill;
};

// Puts the file in the place of the one that is there, durably and as a whole. Meanwhile it is
// `path`.tmp, which is gone again where the call fails or `stopped()`; it is asked often. Returns
// whether the file was written to its end. Errors: kStoreFull, kStoreUnavailable.
Result<bool> WriteSpreadFile(const std::filesystem::path& path, const SpreadFile::Secret& secret,
                             const NewSpreadFile& file, const std::function<bool()>& stopped);

// Takes the persons at these places out of the file: their own rows become nobody's, and the lists
// that name them are lost. Touches no other row; durable when it returns. `forgotten` has as many
// places as the file. Errors: kStoreCorrupt, kStoreUnavailable, kStoreFull; then, and after a
// crash, some of it may have been done: to be repeated, or the file removed.
Result<void> ForgetInSpreadFile(const std::filesystem::path& path, const SpreadFile::Secret& secret,
                                const std::vector<bool>& forgotten);

}  // namespace homeward
