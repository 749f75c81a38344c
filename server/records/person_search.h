// One person searched for in the gallery as an operating point asks for it: in its space, or in
// those of its fusion.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/fusion.h"
#include "matcher/searcher.h"
#include "server/records/casebook.h"

namespace homeward {

// The spaces that an operating point's space stands for: itself, or those of the fusion.
std::vector<std::string> SpaceIdsOf(const Casebook& book, const std::string& space_id);
// What a search in it is kept with. Served is what CheckServed says (operating_point_book.h).
Space SearchedSpace(const Casebook& book, const std::string& space_id);

struct PersonProbe {
  std::vector<Probe> probes;       // by space; without templates where the person has none
  const Fusion* fusion = nullptr;  // of the casebook; null where there is one space

  bool has_templates() const;
};
// `templates_in` gives the person's templates in a space.
PersonProbe ProbeIn(const Casebook& book, const std::string& space_id,
                    const std::optional<RecordId>& self,
                    const std::function<std::vector<Template>(const std::string&)>& templates_in);

struct PersonAnswer {
  std::vector<SearchResult> by_space;  // what each found; empty where the probe is
  SearchResult result;                 // put together
};
// `probe` has templates. Errors: kModelMismatch.
Result<PersonAnswer> SearchPerson(const GallerySnapshot& gallery, const PersonProbe& probe,
                                  const SearchRequest& request);
// `earlier`, found on an older state of the gallery, brought up to this one: each pair of templates
// that was compared then is not compared again, unless somebody listed has changed or gone. As
// SearchPerson on `gallery`.
Result<PersonAnswer> Renew(const GallerySnapshot& gallery, const PersonProbe& probe,
                           const SearchRequest& request, const PersonAnswer& earlier);

}  // namespace homeward
