// A map from random identities to positions whose states can be kept, as VersionedTable's can.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace homeward {

using IdBytes = std::array<std::uint8_t, 16>;

// One state of a VersionedIdMap. Thread safe.
class FrozenIdMap {
 public:
  std::optional<std::uint32_t> Find(const IdBytes& id) const;

 private:
  friend class VersionedIdMap;
  struct Node;
  static std::optional<std::uint32_t> Find(const Node* node, const IdBytes& id);

  std::shared_ptr<const Node> root_;
};

// A trie over the digits of the ids: a change copies the path to one leaf. Ids that are not random
// make it deeper (32 digits at most), not wrong. Thread safety: as VersionedTable.
class VersionedIdMap {
 public:
  std::optional<std::uint32_t> Find(const IdBytes& id) const;
  // Adds the id, or replaces the value of an id that is there.
  void Put(const IdBytes& id, std::uint32_t value);
  // Does nothing for an id that is not there.
  void Erase(const IdBytes& id);
  FrozenIdMap Freeze();

 private:
  using Node = FrozenIdMap::Node;
  // The leaf that holds or would hold `id`, with the path to it copied where a frozen state sees
  // it.
  Node& OwnLeaf(const IdBytes& id);
  void Own(std::shared_ptr<Node>& node) const;

  std::shared_ptr<Node> root_;
  std::uint64_t version_ = 1;
};

}  // namespace homeward
