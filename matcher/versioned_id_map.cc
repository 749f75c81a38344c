#include "matcher/versioned_id_map.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace homeward {
namespace {

constexpr std::size_t kLeafEntries = 24;  // a fuller leaf becomes sixteen

std::size_t Digit(const IdBytes& id, std::size_t depth) {
  const std::uint8_t byte = id[depth / 2];
  return depth % 2 == 0 ? byte >> 4 : byte & 15;
}

}  // namespace

struct FrozenIdMap::Node {
  struct Entry {
    IdBytes id;
    std::uint32_t value;

    // As two words: this is asked of every entry on the way.
    bool Is(const std::array<std::uint64_t, 2>& words) const {
      const auto mine = std::bit_cast<std::array<std::uint64_t, 2>>(id);
      return mine[0] == words[0] && mine[1] == words[1];
    }
  };
  using Children = std::array<std::shared_ptr<Node>, 16>;

  std::uint64_t version = 0;
  std::size_t depth = 0;
  std::vector<Entry> entries;  // of a leaf
  // Of an inner node; a child is null until an id needs it.
  std::optional<Children> children;

  bool IsLeaf() const { return !children; }

  std::vector<Entry>::iterator Position(const IdBytes& id) {
    const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(id);
    return std::ranges::find_if(entries, [&](const Entry& entry) { return entry.Is(words); });
  }

  void Split() {
    children.emplace();
    for (const Entry& entry : entries) {
      auto& child = (*children)[Digit(entry.id, depth)];
      if (!child) child = MakeChild();
      child->entries.push_back(entry);
    }
    entries = {};
  }

  std::shared_ptr<Node> MakeChild() const {
    auto child = std::make_shared<Node>();
    child->version = version;
    child->depth = depth + 1;
    return child;
  }
};

std::optional<std::uint32_t> FrozenIdMap::Find(const Node* node, const IdBytes& id) {
  while (node != nullptr && !node->IsLeaf()) {
    node = (*node->children)[Digit(id, node->depth)].get();
  }
  if (node == nullptr) return std::nullopt;
  const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(id);
  for (const Node::Entry& entry : node->entries) {
    if (entry.Is(words)) return entry.value;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> FrozenIdMap::Find(const IdBytes& id) const {
  return Find(root_.get(), id);
}

std::optional<std::uint32_t> VersionedIdMap::Find(const IdBytes& id) const {
  return FrozenIdMap::Find(root_.get(), id);
}

void VersionedIdMap::Put(const IdBytes& id, std::uint32_t value) {
  Node* leaf = &OwnLeaf(id);
  if (const auto entry = leaf->Position(id); entry != leaf->entries.end()) {
    entry->value = value;
    return;
  }
  while (leaf->entries.size() >= kLeafEntries) {
    leaf->Split();
    leaf = &OwnLeaf(id);
  }
  leaf->entries.push_back({id, value});
}

void VersionedIdMap::Erase(const IdBytes& id) {
  if (!Find(id)) return;
  Node& leaf = OwnLeaf(id);
  leaf.entries.erase(leaf.Position(id));
}

FrozenIdMap VersionedIdMap::Freeze() {
  FrozenIdMap frozen;
  frozen.root_ = root_;
  ++version_;
  return frozen;
}

VersionedIdMap::Node& VersionedIdMap::OwnLeaf(const IdBytes& id) {
  if (!root_) root_ = std::make_shared<Node>();
  Own(root_);
  Node* node = root_.get();
  while (!node->IsLeaf()) {
    auto& child = (*node->children)[Digit(id, node->depth)];
    if (!child) child = node->MakeChild();
    Own(child);
    node = child.get();
  }
  return *node;
}

void VersionedIdMap::Own(std::shared_ptr<Node>& node) const {
  if (node->version == version_) return;
  node = std::make_shared<Node>(*node);
  node->version = version_;
}

}  // namespace homeward
