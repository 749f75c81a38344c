// Which of sixty-four rows, by their codes of four bits a component, may be near to each of up to
// eight queries, told for all of them at once by the widest instructions of the machine. What codes
// are, and what follows from them: row_codes.h.
//
// A code is a whole number from 0 to 15. Eight components of one row, an octet, lie side by side in
// four bytes, components 0 to 3 in their low halves and 4 to 7 in their high ones, then those of
// the next row, in groups of sixteen rows: a register of 64 bytes holds an octet of each row of a
// group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace homeward {

inline constexpr std::size_t kCodedRows = 64;
inline constexpr std::size_t kCodeGroupRows = 16;
inline constexpr std::size_t kOctet = 8;  // components
inline constexpr std::size_t kOctetBytes = kOctet / 2;
inline constexpr std::size_t kMostQueries = 8;

constexpr std::size_t OctetsOf(std::size_t dimension) { return (dimension + kOctet - 1) / kOctet; }

// Up to so many, products stay below 2^24, so that fp32 holds each of them.
inline constexpr std::size_t kMostOctets = 1'000;

// Of sixty-four rows.
constexpr std::size_t TileBytes(std::size_t octets) { return kCodedRows * kOctetBytes * octets; }

// Which byte holds component i of row r of sixty-four, and by how many bits it is shifted there.
constexpr std::size_t CodeByte(std::size_t octets, std::size_t r, std::size_t i) {
  return ((r / kCodeGroupRows * octets + i / kOctet) * kCodeGroupRows + r % kCodeGroupRows) *
             kOctetBytes +
         i % kOctetBytes;
}
constexpr unsigned CodeShift(std::size_t i) { return i % kOctet < kOctetBytes ? 0 : 4; }

struct CodeTile {
  const std::uint8_t* codes;   // TileBytes(octets), see CodeByte
  const std::uint32_t* terms;  // kCodedRows: the base in the low half, the error in the high one
  std::size_t octets;          // at most kMostOctets
  const std::uint8_t* ahead;   // TileBytes(octets) that are worth bringing from memory by now
};

// The weights are finite and not negative.
struct CodedQuery {
  const std::int8_t* codes;  // 8 * octets from -127 to 127, what is beyond the dimension 0
  float base_weight;
  float error_weight;
  float offset;  // infinity: every row is near
};

// near[q], bit r: of row r and queries[q], in fp32, not contracted,
//     base_weight * base - (error_weight * error + offset) <= the product of their codes.
// At most kMostQueries.
using CodeKernel = void(const CodeTile& tile, std::span<const CodedQuery> queries,
                        std::uint64_t* near);

// The quickest of those below that this machine can run, or what is preferred.
CodeKernel* BestCodeKernel();
// For tests and benchmarks: every search that begins from now on uses it. Null: the best again.
void PreferCodeKernel(CodeKernel* kernel);

void CompareCodesPlainly(const CodeTile& tile, std::span<const CodedQuery> queries,
                         std::uint64_t* near);
#ifdef __x86_64__
void CompareCodesByAvx2(const CodeTile& tile, std::span<const CodedQuery> queries,
                        std::uint64_t* near);
void CompareCodesByVnni(const CodeTile& tile, std::span<const CodedQuery> queries,
                        std::uint64_t* near);  // AVX-512 VNNI
#endif

}  // namespace homeward
