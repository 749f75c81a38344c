// Everything that the command line and the demonstration say to people, in every language they
// speak. The texts are in messages.tsv: a key, the English and the Chinese text, with {named}
// places. Immutable, so thread safe.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/catalogue/language.h"
#include "homeward_catalogue/message.h"

namespace homeward::client {

// What stands in the places of a text, by the place's name.
using Values = std::map<std::string, std::string, std::less<>>;

struct CatalogueEntry {
  std::string_view key;
  std::string_view english;
  std::string_view chinese;
};

// Every entry in the order of `Message`.
std::span<const CatalogueEntry> CatalogueEntries();

// The names of the places in `text`, in order of appearance.
std::vector<std::string_view> Places(std::string_view text);

class Catalogue {
 public:
  explicit Catalogue(Language language) : language_(language) {}

  Language language() const { return language_; }

  // The text with its places filled. A place without a value shows a dash: an explanation of an
  // error must not fail over a detail that the service left out.
  std::string Say(Message message, const Values& values = {}) const;

  // The same by key, for keys that are made from names in the contract; nullopt where there is
  // none.
  std::optional<std::string> SayByKey(std::string_view key, const Values& values = {}) const;

  // `items` as an enumeration in a sentence.
  std::string Join(std::span<const std::string> items) const;

 private:
  Language language_;
};

}  // namespace homeward::client
