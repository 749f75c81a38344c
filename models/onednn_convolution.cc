#include "models/onednn_convolution.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace homeward {
namespace {

using dnnl::memory;

constexpr std::string_view kWinogradName = "jit_wino_4x3";
constexpr std::string_view kCompiledName = "jit";

// Values of cpu_isa are sets of bits; by size they have no order.
bool Has(dnnl::cpu_isa wanted) {
  const auto here = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
  const auto bits = static_cast<unsigned>(wanted);
  return (here & bits) == bits;
}

memory::desc Map(const MapShape& shape, Precision precision, memory::format_tag tag) {
  const auto type = precision == Precision::kBfloat16 ? memory::data_type::bf16  //
                                                      : memory::data_type::f32;
  return {{shape.batch, shape.channels, shape.height, shape.width}, type, tag};
}

dnnl::primitive_attr AttributesOf(const ConvolutionUse& use) {
  dnnl::post_ops after;
  if (use.adds_to_target) after.append_sum(1.0F);
  if (use.relu) after.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(after);
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

// Empty unless the kernel's name begins with `name`.
dnnl::convolution_forward::primitive_desc Find(dnnl::algorithm algorithm, std::string_view name,
                                               const FoldedConvolution& convolution,
                                               const ConvolutionUse& use,
                                               const dnnl::engine& engine) {
  const memory::dims strides(2, convolution.stride);
  const memory::dims padding(2, convolution.padding);
  const memory::desc weights(
      {convolution.filters, convolution.channels, convolution.kernel, convolution.kernel},
      use.source.data_type(), memory::format_tag::any);
  const memory::desc biases({convolution.filters}, memory::data_type::f32, memory::format_tag::x);
  // Must outlive the search below, which reads it again.
  const dnnl::convolution_forward::desc wanted(dnnl::prop_kind::forward_inference, algorithm,
                                               use.source, weights, biases, use.target, strides,
                                               padding, padding);
  constexpr bool kEmptyWhereThereIsNone = true;
  dnnl::convolution_forward::primitive_desc found(wanted, AttributesOf(use), engine,
                                                  kEmptyWhereThereIsNone);
  while (found) {
    if (std::string_view(found.impl_info_str()).starts_with(name)) return found;
    if (!found.next_impl()) break;
  }
  return {};
}

memory Arranged(const dnnl::engine& engine, const FoldedConvolution& convolution,
                const memory::desc& layout) {
  // oneDNN only reads it.
  memory plain({{convolution.filters, convolution.channels, convolution.kernel, convolution.kernel},
                memory::data_type::f32,
                memory::format_tag::oihw},
               engine, const_cast<float*>(convolution.weights.data()));
  memory arranged(layout, engine);
  dnnl::stream stream(engine);
  dnnl::reorder(plain, arranged).execute(stream, plain, arranged);
  stream.wait();
  return arranged;
}

memory BiasesOf(const dnnl::engine& engine, const FoldedConvolution& convolution) {
  memory biases({{convolution.filters}, memory::data_type::f32, memory::format_tag::x}, engine);
  std::memcpy(biases.get_data_handle(), convolution.biases.data(),
              convolution.biases.size() * sizeof(float));
  return biases;
}

}  // namespace

bool OnednnIsFastHere() {
#if defined(__x86_64__)
  return Has(dnnl::cpu_isa::avx2);
#else
  return false;
#endif
}

bool Bfloat16IsFastHere() {
#if defined(__x86_64__)
  return Has(dnnl::cpu_isa::avx512_core_bf16);
#else
  return false;
#endif
}

int ChannelsInABlock() { return Has(dnnl::cpu_isa::avx512_core) ? 16 : 8; }

memory::desc BlockedMap(const MapShape& shape, Precision precision) {
  return Map(shape, precision,
             ChannelsInABlock() == 16 ? memory::format_tag::nChw16c : memory::format_tag::nChw8c);
}

memory::desc PlanarMap(const MapShape& shape, Precision precision) {
  return Map(shape, precision, memory::format_tag::nchw);
}

OnednnConvolution MakeConvolution(const dnnl::engine& engine, const FoldedConvolution& convolution,
                                  const ConvolutionUse& use, WeightLayouts& layouts) {
  dnnl::convolution_forward::primitive_desc found;
  if (use.kernel == ConvolutionKernel::kWinograd) {
    found = Find(dnnl::algorithm::convolution_winograd, kWinogradName, convolution, use, engine);
  }
  if (!found) {
    found = Find(dnnl::algorithm::convolution_direct, kCompiledName, convolution, use, engine);
  }
  if (!found) throw dnnl::error(dnnl_unimplemented, "no compiled kernel for a convolution");
  const memory::desc layout = found.weights_desc();
  auto kept =
      std::ranges::find_if(layouts, [&](const memory& each) { return each.get_desc() == layout; });
  if (kept == layouts.end()) {
    layouts.push_back(Arranged(engine, convolution, layout));
    kept = layouts.end() - 1;
  }
  return {.primitive = dnnl::convolution_forward(found),
          .weights = *kept,
          .biases = BiasesOf(engine, convolution),
          .scratchpad = found.scratchpad_desc()};
}

}  // namespace homeward
