// Why something was not done, in plain words, and what to do next.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/catalogue/catalogue.h"
#include "clients/cpp/client_error.h"

namespace homeward::client {

// The catalogue's keys for a reason: "error_several_faces" and "next_several_faces".
std::string ErrorKey(std::string_view reason);
std::string NextKey(std::string_view reason);

struct Explanation {
  std::string what;
  std::vector<std::string> next;  // one step or one choice each
};

Explanation Explain(const Catalogue& catalogue, const ClientError& error);

}  // namespace homeward::client
