#include "benchmarks/face_mixture.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numeric>

namespace homeward {
namespace {

constexpr int kClusters = 16;
constexpr int kWeighted = 64;

}  // namespace

std::vector<float> ShippedCohort() {
  std::ifstream file(HOMEWARD_SOURCE_DIR "/models/cohorts/dlib-resnet-v1+mirror.f16",
                     std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty() || bytes.size() % (kFaceDimension * sizeof(cv::float16_t)) != 0) std::abort();
  std::vector<float> rows;
  cv::Mat(1, static_cast<int>(bytes.size() / sizeof(cv::float16_t)), CV_16F, bytes.data())
      .convertTo(rows, CV_32F);
  return rows;
}

FaceMixture::FaceMixture(const std::vector<float>& sample, std::uint64_t seed) : random_(seed) {
  cv::Mat(sample).reshape(1, static_cast<int>(sample.size()) / kFaceDimension).copyTo(sample_);
  everybody_.members.resize(static_cast<std::size_t>(sample_.rows));
  std::iota(everybody_.members.begin(), everybody_.members.end(), 0);
  Centre(everybody_);
  Split();
}

std::vector<float> FaceMixture::Draw() {
  const Cluster& cluster = *cluster_of_[random_() % cluster_of_.size()];
  cv::Mat face = cluster.mean.clone();
  AddDeviation(cluster, .9, face);
  AddDeviation(everybody_, .1, face);
  return face;
}

void FaceMixture::Centre(Cluster& cluster) const {
  cluster.mean = cv::Mat::zeros(1, kFaceDimension, CV_32F);
  for (const int row : cluster.members) cluster.mean += sample_.row(row);
  cluster.mean /= static_cast<double>(cluster.members.size());
}

void FaceMixture::Split() {
  for (int i = 0; i < kClusters; ++i) {
    clusters_.push_back({{}, sample_.row(i * sample_.rows / kClusters).clone()});
  }
  for (int round = 0; round < 30; ++round) {
    cluster_of_.clear();
    for (Cluster& cluster : clusters_) cluster.members.clear();
    for (const int row : everybody_.members) {
      cluster_of_.push_back(&*std::ranges::min_element(clusters_, {}, [&](const Cluster& each) {
        return cv::norm(sample_.row(row), each.mean);
      }));
      cluster_of_.back()->members.push_back(row);
    }
    for (Cluster& cluster : clusters_) Centre(cluster);
  }
}

void FaceMixture::AddDeviation(const Cluster& cluster, double share, cv::Mat& face) {
  std::normal_distribution<double> normal(0, std::sqrt(share / kWeighted));
  for (int i = 0; i < kWeighted; ++i) {
    const int row = cluster.members[random_() % cluster.members.size()];
    const double weight = normal(random_);
    cv::scaleAdd(sample_.row(row), weight, face, face);
    cv::scaleAdd(cluster.mean, -weight, face, face);
  }
}

}  // namespace homeward
