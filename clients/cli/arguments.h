// The command line as it was written, before any value is understood.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace homeward::client {

struct Arguments {
  std::string command;  // "enrol", "record show", ...

  // Of every command.
  std::optional<std::string> server;
  std::optional<std::string> token_file;
  std::optional<std::string> output;
  std::optional<std::string> language;
  bool quiet = false;
  bool byte_order_mark = false;

  std::vector<std::string> subjects;  // photos, folders, names of records or photos
  std::optional<std::string> purpose;
  std::optional<std::string> case_reference;
  std::optional<std::string> request_id;
  std::optional<std::string> top;    // candidates
  std::optional<std::string> limit;  // lines of a list

  // Photos.
  std::vector<std::string> face_boxes;
  bool single_face = false;
  bool crop = false;
  std::optional<std::string> file;  // to write
  bool force = false;
  std::optional<std::string> photo_kind;
  std::optional<std::string> capture_date;

  // A record's fields, or a filter on them.
  std::vector<std::string> kinds;
  std::optional<std::string> from_file;
  std::optional<std::string> name;
  std::vector<std::string> aliases;
  std::optional<std::string> sex;
  std::optional<std::string> age;
  std::optional<std::string> accent;
  std::optional<std::string> height;
  std::optional<std::string> features;
  std::vector<std::string> regions;
  std::optional<std::string> place;
  std::optional<std::string> date;
  std::vector<std::string> units;
  std::optional<std::string> source_reference;
  std::optional<std::string> date_from;
  std::optional<std::string> date_to;

  // Changing and erasing.
  std::optional<std::string> etag;
  std::optional<std::string> reason;
  bool yes = false;

  // Measuring an operating point.
  std::optional<std::string> fpir;
  std::optional<std::string> data;
  std::optional<std::string> cache;
  std::optional<std::string> weights;
  std::optional<std::string> models_manifest;
  bool dry_run = false;

  std::vector<std::string> rest;  // for the program that `evaluate` runs
};

}  // namespace homeward::client
