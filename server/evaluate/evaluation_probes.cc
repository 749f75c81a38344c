#include "server/evaluate/evaluation_probes.h"

#include <fmt/format.h>

namespace homeward {

void WriteProbes(const std::vector<EvaluationPhoto>& photos,
                 const std::vector<std::vector<float>>& grades, const EvaluationRun& run,
                 const Pipeline& pipeline, std::ostream& out) {
  out << "probe\tidentity\tcohort\tcompared\tspread_mean\tspread_deviation\tmate_strangers";
  for (const std::string& measure : pipeline.measures) out << '\t' << measure;
  out << '\n';
  for (const ProbeSearch& search : run.searches) {
    if (!search.spread || !search.mate_is_compared) continue;
    const EvaluationPhoto& photo = photos[search.photo];
    const auto& strangers = search.outcome.mate_value;
    out << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}", photo.path, photo.identity, photo.cohort,
                       search.compared, search.spread->mean, search.spread->deviation,
                       strangers ? fmt::format("{}", *strangers) : "");
    for (const float grade : grades[search.photo]) out << fmt::format("\t{}", grade);
    out << '\n';
  }
}

}  // namespace homeward
