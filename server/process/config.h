// How the service is set up. docs/configuration.md describes every key for people.
#pragma once

#include <filesystem>
#include <string>

namespace homeward {

struct Config {
  std::filesystem::path data;
  std::string listen = "127.0.0.1:50450";
  std::filesystem::path weights;
  std::filesystem::path manifest;
  std::string models_spaces;             // space_list.h; empty: the first of the manifest
  std::string models_embedder = "auto";  // or "dlib"
  int work_threads = 0;                  // 0: one more than cores
  int work_analyzers = 0;                // 0: one a core
  int work_lower_running = 0;            // 0: all threads but one
  int work_interactive_waiting = 64;
  int work_family_waiting = 64;
  int work_bulk_waiting = 64;
  int jobs_search_again_days = 90;  // 0: never
  int calls_deadline_seconds = 30;
  int calls_drain_seconds = 10;
  std::string log_level = "info";
};

}  // namespace homeward
