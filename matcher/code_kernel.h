// How near the eight-bit codes of sixty-four rows are to that of a query, told for all of them at
// once by the widest instructions of the machine. What codes are, and what follows from them:
// row_codes.h.
//
// Codes are whole numbers from -127 to 127, kept as code + 128. Four components of one row lie side
// by side, then those of the next row, in groups of sixteen rows: a register of 64 bytes holds four
// components of a group.
#pragma once

#include <cstddef>
#include <cstdint>

namespace homeward {

inline constexpr std::size_t kCodedRows = 64;
inline constexpr std::size_t kCodeGroupRows = 16;
inline constexpr std::size_t kQuad = 4;  // components

inline constexpr std::size_t QuadsOf(std::size_t dimension) {
  return (dimension + kQuad - 1) / kQuad;
}

// Up to so many all sums stay far below 2^31.
inline constexpr std::size_t kMostQuads = 2'000;

// The largest squared distance that two codes can have.
inline constexpr std::int32_t FarthestOf(std::size_t quads) {
  return static_cast<std::int32_t>(quads * kQuad) * 254 * 254;
}

// Where component i of row r of sixty-four is.
inline constexpr std::size_t CodeIndex(std::size_t quads, std::size_t r, std::size_t i) {
  return ((r / kCodeGroupRows * quads + i / kQuad) * kCodeGroupRows + r % kCodeGroupRows) * kQuad +
         i % kQuad;
}

struct CodeComparison {
  const std::uint8_t* rows;         // kCodedRows * 4 * quads, see CodeIndex
  const std::int32_t* row_squares;  // kCodedRows: the sum of a row's squared codes
  const std::int8_t* query;         // 4 * quads, what is beyond the dimension 0
  std::size_t quads;                // at most kMostQuads
  std::int32_t query_square;        // the sum of the squared codes
  std::int32_t query_sum;           // the sum of the codes
  std::int32_t limit;               // at most FarthestOf(quads)
};

// Bit r: the squared distance of the codes of row r and the query, exact, is at most `limit`.
using CodeKernel = std::uint64_t(const CodeComparison&);

// The quickest of those below that this machine can run.
CodeKernel* BestCodeKernel();

std::uint64_t CompareCodesPlainly(const CodeComparison& work);
#ifdef __x86_64__
std::uint64_t CompareCodesByAvx2(const CodeComparison& work);
std::uint64_t CompareCodesByVnni(const CodeComparison& work);  // AVX-512 VNNI
#endif

}  // namespace homeward
