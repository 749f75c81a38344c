// A casebook over a data folder of its own, in the synthetic world: the real database, vault,
// gallery and index.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "matcher/flat_index.h"
#include "server/records/casebook.h"
#include "server/records/gallery_rebuild.h"
#include "server/records/keyed_hash.h"
#include "server/store/sqlite_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/gallery_changes.h"
#include "tests/testing/sequential_ids.h"
#include "tests/testing/synthetic_faces.h"
#include "tests/testing/temporary_folder.h"

namespace homeward::testing {

class CasebookFolder {
 public:
  explicit CasebookFolder(int analyzers = 2) : analyzers_(analyzers) { Open(); }

  // A point of the space that puts forward what is nearer than `threshold`.
  static OperatingPoint PointOf(const Space& space, const std::string& name,
                                double threshold = kSyntheticThreshold) {
    return {.name = name,
            .space_id = space.id,
            .threshold = threshold,
            .fpir = 0.01,
            .gallery_size = 1000,
            .data = "coloured squares",
            .measured_on = "2026-11-20"};
  }

  Casebook& book() { return *book_; }
  FakeClock& clock() { return clock_; }
  std::filesystem::path photo_folder() const { return folder_.path() / "photos"; }
  std::filesystem::path spread_folder() const { return folder_.path() / "spreads"; }
  std::filesystem::path database() const { return folder_.path() / "homeward.db"; }

  // As after a restart of the service: everything in memory is made anew from the folder.
  void Reopen() {
    book_.reset();
    Open();
  }
  // The same with these spaces, the leading one first.
  void Reopen(std::vector<Space> spaces) {
    spaces_ = std::move(spaces);
    Reopen();
  }

  // The same in the spaces of a fusion, each weighed by a made-up yardstick; its point is "fused".
  void Reopen(std::vector<Space> spaces, Fusion fusion) {
    fusions_ = {std::move(fusion)};
    Reopen(std::move(spaces));
  }

  // How many photos have bytes on disk.
  std::ptrdiff_t StoredPhotoCount() const {
    return std::distance(std::filesystem::directory_iterator(photo_folder()),
                         std::filesystem::directory_iterator());
  }

 private:
  void Open() {
    store_.reset();
    store_ = SqliteStore::Open(database(), {}).value();
    vault_ = PhotoVault::Open(photo_folder()).value();
    vault_->Sweep(store_->ListPhotoIds().value()).value();
    std::vector<MeasuredSpace> spaces;
    for (const Space& space : spaces_) {
      spaces.push_back({space, fusions_.empty() ? nullptr : TestYardstick(space)});
    }
    HashKey key{};
    key.fill(7);
    spreads_ = SpreadArchive::Open(spread_folder(), key).value();
    gallery_ = RebuildGallery(
                   *store_, spaces,
                   [](const Space& space) { return std::make_unique<FlatIndex>(space.dimension); },
                   [this](const MeasuredSpace& space, std::span<const SpacePerson> persons) {
                     return spreads_->Recall(space, persons);
                   })
                   .value();
    spreads_->FinishRecall().value();
    std::vector<std::unique_ptr<FaceAnalyzer>> analyzers;
    for (int i = 0; i < analyzers_; ++i) analyzers.push_back(MakeSyntheticAnalyzer(spaces_));
    pool_ = std::make_unique<AnalyzerPool>(std::move(analyzers));
    std::vector<OperatingPoint> points;
    for (const Space& space : spaces_) points.push_back(PointOf(space, space.id));
    for (const Fusion& each : fusions_)
      points.push_back(PointOf({.id = each.id, .model = "", .dimension = 0}, "fused"));
    book_.emplace(Casebook::Parts{.store = *store_,
                                  .vault = *vault_,
                                  .gallery = *gallery_,
                                  .analyzers = *pool_,
                                  .clock = clock_,
                                  .ids = ids_,
                                  .operating_points = std::move(points),
                                  .fusions = fusions_,
                                  .spreads = spreads_.get(),
                                  .hash_key = key});
  }

  TemporaryFolder folder_;
  int analyzers_;
  std::vector<Space> spaces_ = {SyntheticSpace()};
  std::vector<Fusion> fusions_;
  FakeClock clock_;
  SequentialIds ids_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<PhotoVault> vault_;
  std::unique_ptr<SpreadArchive> spreads_;
  std::unique_ptr<Gallery> gallery_;
  std::unique_ptr<AnalyzerPool> pool_;
  std::optional<Casebook> book_;
};

}  // namespace homeward::testing
