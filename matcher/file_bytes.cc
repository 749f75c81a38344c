#include "matcher/file_bytes.h"

#include <array>
#include <fstream>

namespace homeward {

std::optional<std::string> ReadFileBytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string bytes;
  // An iterator over the stream would throw where the disk fails; read() only says so.
  std::array<char, 64 * 1024> block;
  do {
    stream.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  } while (stream);
  if (stream.bad()) return std::nullopt;
  return bytes;
}

}  // namespace homeward
