// A floor under what the pipeline reaches on a fixed sample of real faces. The figures themselves
// are in benchmarks/RESULTS.md; these bounds have slack and catch a pipeline that broke.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/testing/server_process.h"
#include "tests/testing/temporary_folder.h"

namespace homeward::testing {
namespace {

namespace fs = std::filesystem;

// One line of an index.tsv: column name to value.
using Line = std::map<std::string, std::string>;

std::vector<std::string> SplitAtTabs(const std::string& text) {
  std::vector<std::string> cells;
  std::istringstream stream(text);
  for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
  return cells;
}

std::vector<Line> ReadIndex(const fs::path& file) {
  std::ifstream stream(file);
  std::string text;
  std::getline(stream, text);
  const auto names = SplitAtTabs(text);
  std::vector<Line> lines;
  while (std::getline(stream, text)) {
    const auto cells = SplitAtTabs(text);
    Line& line = lines.emplace_back();
    for (std::size_t i = 0; i < std::min(names.size(), cells.size()); ++i)
      line[names[i]] = cells[i];
  }
  return lines;
}

// The first two photos of each of the first `count` people that have two: enrolled, and searched.
void AddPeople(std::ostream& set, const fs::path& folder, const std::string& cohort,
               std::size_t count) {
  std::map<std::string, std::vector<std::string>> photos;
  for (const Line& line : ReadIndex(folder / "index.tsv")) {
    const auto view = line.find("view");
    if (view != line.end() && view->second != "frontal") continue;
    photos[line.at("identity")].push_back(line.at("path"));
  }
  for (const auto& [identity, paths] : photos) {
    if (paths.size() < 2 || count == 0) continue;
    --count;
    const auto row = [&](const std::string& path, const char* role) {
      set << cohort << identity << '\t' << (folder / path).string() << '\t' << role << '\t'
          << cohort << '\n';
    };
    row(paths[0], "reference");
    row(paths[1], "mate");
  }
}

// Every `step`th of the faces without identity, enrolled and searched in turn.
void AddStrangers(std::ostream& set, const fs::path& folder, std::size_t step) {
  const auto lines = ReadIndex(folder / "index.tsv");
  for (std::size_t i = 0; i < lines.size(); i += step) {
    const bool enrolled = i / step % 2 == 0;
    set << "stranger" << i << '\t' << (folder / lines[i].at("path")).string() << '\t'
        << (enrolled ? "filler" : "nonmate") << '\t' << lines[i].at("cohort") << '\n';
  }
}

TEST(AccuracyTest, StaysAboveTheFloorOnAFixedSample) {
  const char* faces = std::getenv("HOMEWARD_FACES");
  const fs::path folder = faces != nullptr ? faces : HOMEWARD_SOURCE_DIR "/../shared/faces";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "no " << folder;
  const TemporaryFolder work;
  const fs::path set = work.path() / "set.tsv";
  {
    std::ofstream stream(set);
    stream << "identity\tpath\trole\tcohort\n";
    AddPeople(stream, fs::absolute(folder) / "lfw", "lfw", 25);
    AddPeople(stream, fs::absolute(folder) / "chinese", "chinese", 25);
    AddStrangers(stream, fs::absolute(folder) / "filler", 28);
  }
  const fs::path report = work.path() / "report.json";
  const std::string command = std::string(HOMEWARD_HOMEWARDD) + " evaluate " + set.string() +
                              " --weights " + WeightsFolder().string() + " --manifest " +
                              HOMEWARD_SOURCE_DIR "/models/manifest.json > " + report.string() +
                              " 2> " + (work.path() / "progress").string();
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  const auto json = nlohmann::json::parse(std::ifstream(report));
  EXPECT_EQ(json.at("mated"), 50);
  EXPECT_GE(json.at("rank_1").get<double>(), 0.68);
  EXPECT_GE(json.at("rank_20").get<double>(), 0.9);
  EXPECT_LE(json.at("failures_to_enrol").get<int>(), 6);
  EXPECT_GE(json.at("cohorts").at("lfw").at("rank_1").get<double>(), 0.95);
  EXPECT_GE(json.at("cohorts").at("chinese").at("rank_1").get<double>(), 0.4);
}

}  // namespace
}  // namespace homeward::testing
