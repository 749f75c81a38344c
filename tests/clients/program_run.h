// Runs `homeward` in this process, as at a terminal or in a pipe, against a fake service.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "clients/cli/program.h"
#include "tests/clients/fake_service.h"

namespace homeward::client {

class ProgramTest : public ::testing::Test {
 protected:
  struct Result {
    int code = 0;
    std::string out;
    std::string err;

    nlohmann::json json() const { return nlohmann::json::parse(out); }
    // Of JSON lines.
    std::vector<nlohmann::json> lines() const {
      std::vector<nlohmann::json> parsed;
      std::istringstream stream(out);
      for (std::string line; std::getline(stream, line);) {
        parsed.push_back(nlohmann::json::parse(line));
      }
      return parsed;
    }
  };

  // `words` as typed, with the server's address and the token file in the environment.
  Result Run(const std::vector<std::string>& words) {
    std::istringstream in(typed_);
    std::ostringstream out;
    std::ostringstream err;
    std::map<std::string, std::string> variables = {{"HOMEWARD_SERVER", service_.address()},
                                                    {"HOMEWARD_TOKEN_FILE", token_file_},
                                                    {"HOMEWARD_SERVICE_PROGRAM", service_program_},
                                                    {"LANG", locale_}};
    Terminal terminal{
        in,      out,     err,    person_,
        person_, person_, width_, [&](const std::string& name) { return variables[name]; }};
    const ExitCode code = RunProgram(words, terminal);
    return {static_cast<int>(code), out.str(), err.str()};
  }

  FakeService service_;
  TemporaryFolder folder_;
  std::string token_file_ = folder_.Write("token", "secret");
  std::string photo_ = folder_.Write("face.jpg", "bytes of a photo");
  bool person_ = false;  // sits at the terminal
  int width_ = 80;
  std::string locale_ = "C.UTF-8";
  std::string service_program_;  // what stands in for homewardd
  std::string typed_;            // what the person answers
};

}  // namespace homeward::client
