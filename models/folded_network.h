// The arithmetic of a trained network, without the framework that it was trained in.
#pragma once

#include <vector>

namespace homeward {

// A convolution with what follows it linearly (a scale and an offset a filter) folded in.
struct FoldedConvolution {
  int filters = 0;
  int channels = 0;
  int kernel = 0;  // a square
  int stride = 1;
  int padding = 0;             // zeros on every side
  std::vector<float> weights;  // filters x channels x kernel x kernel
  std::vector<float> biases;   // one a filter
};

// From the input to the output; what lies between the convolutions is known to whoever runs it.
struct FoldedNetwork {
  std::vector<FoldedConvolution> convolutions;
  std::vector<float> head;  // inputs x outputs of the fully connected end; empty: there is none
};

// Lets `first` take plain bytes of RGB instead of dlib's input, (byte - mean of its colour) / 256.
// Exact only without padding, since zeros would then mean another colour. Thread safe.
void FoldInput(FoldedConvolution& first);

// What a convolution of one place and padding 1 sees of it: its middle. Thread safe.
FoldedConvolution MiddleOf(const FoldedConvolution& convolution);

}  // namespace homeward
