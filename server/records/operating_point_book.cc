#include "server/records/operating_point_book.h"

#include <fmt/format.h>

#include <utility>

#include "server/records/deed.h"
#include "server/records/operating_point_check.h"
#include "server/records/page_token.h"
#include "server/records/resource_name.h"
#include "server/records/validation.h"

namespace homeward {
namespace {

constexpr int kMostActivations = 100;

std::unexpected<Error> NotServed(const std::string& space, const std::string& served) {
  return Fail(Reason::kSpaceNotServed,
              fmt::format("The operating point was measured in the space {}; faces are compared in "
                          "{}. Calibrate again with the models that are served.",
                          space, served),
              {{"space", space}, {"served", served}});
}

Result<void> CheckServed(const Casebook& book, const std::string& space) {
  const std::string& served = book.space().id;
  if (space != served) return NotServed(space, served);
  return {};
}

// A chance is never told as less than was measured: below that, nobody would ever be put forward.
Result<void> CheckReachable(const Casebook& book, const OperatingPoint& point) {
  const auto gallery = book.gallery().Pin();
  const GallerySpace* const space = gallery->FindSpace(point.space_id);
  if (space == nullptr || space->yardstick == nullptr) return {};
  const double least = space->yardstick->line.least_chance;
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

OperatingPointEntry ShippedEntry(const Casebook& book) {
  return {.point = book.shipped_operating_point(), .creator = {}};
}

// A stored point keeps its name also where later models come with one of the same name. Errors:
// kOperatingPointNotFound.
Result<OperatingPointView> Find(const Casebook& book, const StoreReader& store,
                                const std::string& name) {
  auto stored = store.FindOperatingPoint(name);
  if (!stored) return std::unexpected(stored.error());
  if (*stored) return ViewOf(book, **std::move(stored), false);
  if (name == book.shipped_operating_point().name) return ViewOf(book, ShippedEntry(book), true);
  return Fail(Reason::kOperatingPointNotFound, "There is no such operating point.");
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
    if (name == book.shipped_operating_point().name) {
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
  auto rows = book.store().ListOperatingPoints({.size = *size + 1, .before = *before});
  if (!rows) return std::unexpected(rows.error());
  OperatingPointPage page;
  for (SequencedOperatingPoint& row : *rows) {
    page.points.push_back(ViewOf(book, std::move(row.entry), false));
  }
  if (std::ssize(page.points) <= *size) {  // those that are stored end here
    const auto hidden = book.store().FindOperatingPoint(book.shipped_operating_point().name);
    if (!hidden) return std::unexpected(hidden.error());
    if (!*hidden) page.points.push_back(ViewOf(book, ShippedEntry(book), true));
  }
  if (std::ssize(page.points) > *size) {
    page.points.pop_back();
    const std::int64_t last = (*rows)[static_cast<std::size_t>(*size) - 1].sequence;
    page.next_page_token = SealPageNumber(book.hash_key(), list, last);
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
  const auto last = book.store().FindLastActivation(book.space().id);
  if (!last) return std::unexpected(last.error());
  if (!*last) return {};
  const auto found = Find(book, book.store(), (*last)->point);
  if (found) {
    if (CheckReachable(book, found->entry.point)) book.PutInForce(found->entry.point);
    return {};
  }
  if (found.error().reason == Reason::kOperatingPointNotFound) return {};
  return std::unexpected(found.error());
}

}  // namespace homeward
