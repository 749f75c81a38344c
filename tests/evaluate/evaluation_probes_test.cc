#include "server/evaluate/evaluation_probes.h"

#include <gtest/gtest.h>

#include <sstream>

namespace homeward {
namespace {

ProbeSearch SearchOf(std::size_t photo, std::optional<double> mate_value) {
  ProbeSearch search;
  search.photo = photo;
  search.spread = Spread{.mean = 0.5F, .deviation = 0.25F};
  search.outcome.mate_value = mate_value;
  search.compared = 300;
  search.mate_is_compared = true;
  return search;
}

EvaluationPhoto PhotoOf(const std::string& path) {
  EvaluationPhoto photo;
  photo.path = path;
  photo.identity = "li";
  photo.cohort = "adults";
  return photo;
}

TEST(EvaluationProbesTest, TellsASearchALineWithThePhotosGrades) {
  Pipeline pipeline;
  pipeline.measures = {"sharpness", "eye distance"};
  EvaluationRun run;
  run.searches = {SearchOf(1, 0.125), SearchOf(0, std::nullopt)};
  std::ostringstream out;
  WriteProbes({PhotoOf("a.jpg"), PhotoOf("b.jpg")}, {{1, 2}, {3.5F, 40}}, run, pipeline, out);
  EXPECT_EQ(out.str(),
            "probe\tidentity\tcohort\tcompared\tspread_mean\tspread_deviation\tmate_strangers\t"
            "sharpness\teye distance\n"
            "b.jpg\tli\tadults\t300\t0.5\t0.25\t0.125\t3.5\t40\n"
            "a.jpg\tli\tadults\t300\t0.5\t0.25\t\t1\t2\n")
      << "nothing stands where the person was not on the list";
}

TEST(EvaluationProbesTest, LeavesOutWhatNoMissRateCanBeToldFrom) {
  EvaluationRun run;
  run.searches = {SearchOf(0, 0.5), SearchOf(0, 0.5)};
  run.searches[0].spread.reset();
  run.searches[1].mate_is_compared = false;
  std::ostringstream out;
  WriteProbes({PhotoOf("a.jpg")}, {{}}, run, Pipeline{}, out);
  EXPECT_EQ(out.str(),
            "probe\tidentity\tcohort\tcompared\tspread_mean\tspread_deviation\tmate_strangers\n");
}

}  // namespace
}  // namespace homeward
