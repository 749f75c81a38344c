// The sixteen values that a component of a row may be coded as: evenly spaced about a centre of its
// own, so that rows which lie about a common mean, as faces do, take no codes for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace homeward {

// Thread safe once made.
class CodeGrid {
 public:
  static constexpr int kHighestCode = 15;
  static constexpr double kMiddle = 7.5;  // centre(i) lies between codes 7 and 8

  // The grid in which `rows`, some whole rows of `dimension` finite floats each, have small errors:
  // `earlier`, where it does nearly as well as one made for them, so that what was coded for it
  // need not be coded anew.
  static std::shared_ptr<const CodeGrid> For(std::span<const float> rows, std::size_t dimension,
                                             std::shared_ptr<const CodeGrid> earlier);
  CodeGrid(std::vector<float> centre, float step) : centre_(std::move(centre)), step_(step) {}

  std::size_t dimension() const { return centre_.size(); }
  float step() const { return step_; }  // > 0
  float centre(std::size_t i) const { return centre_[i]; }

  // The code whose value is nearest, or a neighbour of it.
  std::uint8_t CodeOf(float component, std::size_t i) const;
  // How far the component is from what the code is worth there, but for rounding in double
  // precision.
  double ErrorOf(float component, std::size_t i, std::uint8_t code) const {
    return static_cast<double>(component) - static_cast<double>(centre_[i]) -
           (code - kMiddle) * static_cast<double>(step_);
  }
  // The distance of a row from what its codes are worth, likewise.
  double ErrorOf(const float* row) const;

 private:
  std::vector<float> centre_;
  float step_;
};

}  // namespace homeward
