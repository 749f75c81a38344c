// People that benchmarks draw: rows that are like faces, since they come from a mixture of
// Gaussians about the synthetic faces of models/cohorts, so that people have as many near strangers
// as there.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <random>
#include <vector>

namespace homeward {

inline constexpr int kFaceDimension = 128;

// The rows of the synthetic faces that are shipped. Ends the program where they cannot be read.
std::vector<float> ShippedCohort();

// A mixture of 16 Gaussians, fitted to a sample by k-means: each has the mean and the covariance of
// its cluster, shrunk by a tenth towards that of all.
class FaceMixture {
 public:
  FaceMixture(const std::vector<float>& sample, std::uint64_t seed);

  std::vector<float> Draw();

 private:
  struct Cluster {
    std::vector<int> members;  // rows of the sample
    cv::Mat mean;
  };

  void Centre(Cluster& cluster) const;
  // Lloyd's algorithm, from faces taken at even steps.
  void Split();
  // Adds a draw with the mean 0 and `share` of the covariance of a cluster: deviations of members
  // from its mean, weighted at random.
  void AddDeviation(const Cluster& cluster, double share, cv::Mat& face);

  std::mt19937_64 random_;
  cv::Mat sample_;  // a face a row
  Cluster everybody_;
  std::vector<Cluster> clusters_;
  std::vector<Cluster*> cluster_of_;  // by row
};

}  // namespace homeward
