// Every method of the contract with what the wrapper needs to know about it: the only such list.
#pragma once

#include <array>
#include <string_view>

#include "server/rpc/rpc_method.h"

namespace homeward {

inline constexpr std::size_t kPlainMessageBytes = 256u << 10;
// 25 MiB of photos, or one of 20 MiB, with what is said about them.
inline constexpr std::size_t kPhotosMessageBytes = 26u << 20;
inline constexpr std::size_t kStreamedMessageBytes = 21u << 20;

inline constexpr std::array kRpcTable{
    RpcMethod{"CreateRecord", WorkClass::kInteractive, kPhotosMessageBytes},
    RpcMethod{"GetRecord", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ListRecords", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"UpdateRecord", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"EraseRecord", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"LinkStays", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"UnlinkStays", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"CreatePhoto", WorkClass::kInteractive, kPhotosMessageBytes},
    RpcMethod{"GetPhoto", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ListPhotos", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"DownloadPhoto", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"DeletePhoto", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"SearchFaces", WorkClass::kInteractive, kPhotosMessageBytes},
    RpcMethod{"StreamFaceSearches", WorkClass::kBulk, kStreamedMessageBytes},
    RpcMethod{"CompareFaces", WorkClass::kInteractive, kPhotosMessageBytes},
    RpcMethod{"AnalyzePhoto", WorkClass::kInteractive, kPhotosMessageBytes},
    RpcMethod{"GetSearch", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ListSearches", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"CreateOperatingPoint", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"GetOperatingPoint", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ListOperatingPoints", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ActivateOperatingPoint", WorkClass::kInteractive, kPlainMessageBytes},
    RpcMethod{"ListSpaces", WorkClass::kInteractive, kPlainMessageBytes},
};

// The index of a method in the table; a name that is not there does not compile.
consteval std::size_t Rpc(std::string_view name) {
  for (std::size_t i = 0; i < kRpcTable.size(); ++i) {
    if (kRpcTable[i].name == name) return i;
  }
  throw "no such method in the table";
}

}  // namespace homeward
