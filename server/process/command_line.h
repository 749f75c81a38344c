// What homewardd is asked to do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/error.h"
#include "server/process/loaded_config.h"

namespace homeward {

struct CommandLine {
  enum class Command : std::uint8_t {
    kServe,
    kConfigCheck,
    kEvaluate,
    kCalibrate,
    kVersion,
    kHelp
  };
  // What `evaluate` works on; empty texts where nothing was said.
  struct Evaluation {
    std::string set;
    std::string cache;
    std::string scores;
    std::string probes;
    std::string html;
    std::vector<std::string> spaces;
    bool no_normalise = false;
    bool single_photo = false;
  };
  // What `calibrate` measures, and on what; empty texts where nothing was said.
  struct Calibration {
    std::string set;
    double fpir = 0;
    std::string name;
    std::string data;
    std::string cache;
    bool only_json = false;
  };
  Command command = Command::kHelp;
  ConfigSources sources;    // flags and file; of a flag given twice, the last
  Evaluation evaluation;    // for kEvaluate
  Calibration calibration;  // for kCalibrate
  std::string help;         // for kHelp
};

// `arguments` without the program's name. Errors: kConfigInvalid, naming the nearest flag where one
// does not exist (metadata `nearest`).
Result<CommandLine> ParseCommandLine(std::span<const char* const> arguments);

}  // namespace homeward
