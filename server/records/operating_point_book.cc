#include "server/records/operating_point_book.h"

#include <fmt/format.h>

#include <utility>

#include "server/records/deed.h"
#include "server/records/operating_point_check.h"
#include "server/records/page_token.h"
#include "server/records/person_search.h"
#include "server/records/resource_name.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

constexpr int kMostActivations = 100;

Result<void> CheckServed(const Casebook& book, const std::string& space_id) {
  if (book.FindSpace(space_id) != nullptr || book.FindFusion(space_id) != nullptr) return {};
  std::string served;
  for (const Space& space : book.analyzers().spaces()) {
    served += (served.empty() ? "" : ", ") + space.id;
  }
  for (const Fusion& fusion : book.fusions()) served += ", " + fusion.id;
  return Fail(Reason::kSpaceNotServed,
              fmt::format("The operating point was measured in the space {}; templates are made in "
                          "{}. Calibrate again, or name its space in models.spaces too.",
                          space_id, served),
              {{"space", space_id}, {"served", served}});
}

// Whoever has no template in the space would be found by nobody.
Result<void> CheckFilled(const StoreReader& store, const std::string& space_id) {
  const auto fill = store.CountFilled(space_id);
  if (!fill) return std::unexpected(fill.error());
  if (fill->filled == fill->faces) return {};
  return Fail(Reason::kSpaceNotFilled,
              fmt::format("{} of {} faces have a template in the space {}; the others would be "
                          "found by nobody. Wait until it is filled.",
                          fill->filled, fill->faces, space_id),
              {{"space", space_id},
               {"filled", std::to_string(fill->filled)},
               {"faces", std::to_string(fill->faces)}});
}

// The same of each space that the point's stands for.
Result<void> CheckAllFilled(const Casebook& book, const StoreReader& store,
                            const std::string& space_id) {
  for (const std::string& id : SpaceIdsOf(book, space_id)) {
    if (auto ok = CheckFilled(store, id); !ok) return ok;
  }
  return {};
}

// Null where nothing weighs distances.
const ChanceLine* FindLine(const Casebook& book, const GallerySnapshot& gallery,
                           const std::string& space_id) {
  if (const Fusion* const fusion = book.FindFusion(space_id)) return &fusion->line;
  const GallerySpace* const space = gallery.FindSpace(space_id);
  return space == nullptr || space->yardstick == nullptr ? nullptr : &space->yardstick->line;
}

// A chance is never told as less than was measured: below that, nobody would ever be put forward.
Result<void> CheckReachable(const Casebook& book, const OperatingPoint& point) {
  const auto gallery = book.gallery().Pin();
  const ChanceLine* const line = FindLine(book, *gallery, point.space_id);
  if (line == nullptr) return {};
  const double least = line->least_chance;
  if (ChanceBound(point) >= least) return {};
  return InvalidField(point.chance > 0 ? "operating_point.chance" : "operating_point.fpir",
                      fmt::format("must not be below {}, the smallest chance that the space's line "
                                  "was measured at: nobody would ever be put forward",
                                  least));
}

OperatingPointView ViewOf(const Casebook& book, OperatingPointEntry entry, bool is_shipped) {
  const bool is_active = entry.point.name == book.operating_point().name;
  return {.entry = std::move(entry),
          .is_shipped = is_shipped,
          .is_active = is_active,
          .activations = {}};
}

// Null where none of this name comes with the models.
const OperatingPoint* FindShipped(const Casebook& book, const std::string& name) {
  const auto& shipped = book.shipped_operating_points();
  const auto found = std::ranges::find(shipped, name, &OperatingPoint::name);
  return found == shipped.end() ? nullptr : &*found;
}

OperatingPointView ShippedView(const Casebook& book, const OperatingPoint& point) {
  return ViewOf(book, {.point = point, .creator = {}}, true);
}

// A stored point keeps its name also where later models come with one of the same name. Errors:
// kOperatingPointNotFound.
Result<OperatingPointView> Find(const Casebook& book, const StoreReader& store,
                                const std::string& name) {
  auto stored = store.FindOperatingPoint(name);
  if (!stored) return std::unexpected(stored.error());
  if (*stored) return ViewOf(book, **std::move(stored), false);
  if (const auto* shipped = FindShipped(book, name)) return ShippedView(book, *shipped);
  return Fail(Reason::kOperatingPointNotFound, "There is no such operating point.");
}

Error NothingToDecideBy(const std::string& space_id) {
  return {Reason::kConfigInvalid,
          "The models come without the operating point that is in force, and with no other of the "
          "space " +
              space_id + ". Start with the manifest that has it.",
          {{"space", space_id}}};
}

// An operating point in the list of all: those stored by their sequence, newest first, and behind
// them the shipped ones, counted from -1 downwards.
struct Place {
  std::int64_t number = 0;
  OperatingPointView view;
};

// At most `most` after the place `after`; 0 begins.
Result<std::vector<Place>> PlacesAfter(const Casebook& book, std::int64_t after, int most) {
  std::vector<Place> places;
  if (after >= 0) {
    auto rows = book.store().ListOperatingPoints({.size = most, .before = after});
    if (!rows) return std::unexpected(rows.error());
    for (SequencedOperatingPoint& row : *rows) {
      places.push_back({row.sequence, ViewOf(book, std::move(row.entry), false)});
    }
  }
  std::int64_t number = 0;
  for (const OperatingPoint& shipped : book.shipped_operating_points()) {
    if (--number >= after && after < 0) continue;
    if (std::ssize(places) == most) break;
    const auto hidden = book.store().FindOperatingPoint(shipped.name);
    if (!hidden) return std::unexpected(hidden.error());
    if (!*hidden) places.push_back({number, ShippedView(book, shipped)});
  }
  return places;
}

}  // namespace

Result<OperatingPointView> CreateOperatingPoint(Casebook& book, const Intent& intent,
                                                OperatingPointEntry entry) {
  if (auto ok = CheckIntent(intent); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckOperatingPoint(entry); !ok) return std::unexpected(ok.error());
  const std::string name = entry.point.name;
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    if (auto ok = CheckServed(book, entry.point.space_id); !ok) return std::unexpected(ok.error());
    if (auto ok = CheckReachable(book, entry.point); !ok) return std::unexpected(ok.error());
    if (FindShipped(book, name) != nullptr) {
      return Fail(Reason::kOperatingPointExists,
                  "The operating point of this name comes with the models: choose another name.",
                  {{"name", name}});
    }
    entry.creator = intent.caller;
    entry.created = book.clock().Now();
    if (auto ok = unit.AddOperatingPoint(entry); !ok) return std::unexpected(ok.error());
    return Deed{.object = NameOfOperatingPoint(name)};
  });
  if (!done) return std::unexpected(done.error());
  return FindOperatingPoint(book, name);
}

Result<OperatingPointView> FindOperatingPoint(const Casebook& book, const std::string& name) {
  auto view = Find(book, book.store(), name);
  if (!view) return view;
  auto activations = book.store().ListActivations(name, kMostActivations);
  if (!activations) return std::unexpected(activations.error());
  view->activations = *std::move(activations);
  return view;
}

Result<OperatingPointPage> ListOperatingPoints(const Casebook& book,
                                               const OperatingPointQuery& query) {
  const ListIdentity list{"ListOperatingPoints", ""};
  const auto size = PageSize(query.page_size);
  if (!size) return std::unexpected(size.error());
  const auto before = OpenPageNumber(book.hash_key(), list, query.page_token);
  if (!before) return std::unexpected(before.error());
  auto places = PlacesAfter(book, *before, *size + 1);
  if (!places) return std::unexpected(places.error());
  OperatingPointPage page;
  for (Place& place : *places) {
    if (std::ssize(page.points) == *size) {
      const std::int64_t last = (*places)[static_cast<std::size_t>(*size) - 1].number;
      page.next_page_token = SealPageNumber(book.hash_key(), list, last);
      break;
    }
    page.points.push_back(std::move(place.view));
  }
  return page;
}

Result<OperatingPointView> ActivateOperatingPoint(Casebook& book, const Intent& intent,
                                                  const std::string& name) {
  if (auto ok = CheckPurposefulIntent(intent); !ok) return std::unexpected(ok.error());
  const auto done = Perform(book, intent, [&](UnitOfWork& unit) -> Result<Deed> {
    const auto found = Find(book, unit, name);
    if (!found) return std::unexpected(found.error());
    const OperatingPoint& point = found->entry.point;
    if (auto ok = CheckServed(book, point.space_id); !ok) return std::unexpected(ok.error());
    if (auto ok = CheckReachable(book, point); !ok) return std::unexpected(ok.error());
    if (auto ok = CheckAllFilled(book, unit, point.space_id); !ok)
      return std::unexpected(ok.error());
    const auto added = unit.AddActivation({.point = name,
                                           .space_id = point.space_id,
                                           .at = book.clock().Now(),
                                           .caller = intent.caller,
                                           .purpose = intent.purpose});
    if (!added) return std::unexpected(added.error());
    return Deed{.object = NameOfOperatingPoint(name), .operating_point = point};
  });
  if (!done) return std::unexpected(done.error());
  return FindOperatingPoint(book, name);
}

Result<void> RestoreOperatingPoint(Casebook& book) {
  const auto last = book.store().FindLastActivation();
  if (!last) return std::unexpected(last.error());
  if (!*last) return CheckAllFilled(book, book.store(), book.operating_point().space_id);
  if (auto ok = CheckServed(book, (*last)->space_id); !ok) return ok;
  const auto found = Find(book, book.store(), (*last)->point);
  if (found && CheckReachable(book, found->entry.point)) {
    book.PutInForce(found->entry.point);
    return {};
  }
  if (!found && found.error().reason != Reason::kOperatingPointNotFound) {
    return std::unexpected(found.error());
  }
  const OperatingPoint* const shipped = book.FindShippedPoint((*last)->space_id);
  if (shipped == nullptr) return std::unexpected(NothingToDecideBy((*last)->space_id));
  book.PutInForce(*shipped);
  return {};
}

}  // namespace homeward
