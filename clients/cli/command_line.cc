#include "clients/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "clients/cli/help_page.h"

namespace homeward::client {
namespace {

// Declares options in the user's language; what they mean is read elsewhere.
class Declaration {
 public:
  Declaration(Arguments& arguments, const Page& page) : arguments_(arguments), page_(page) {}

  void Program(CLI::App& root);

 private:
  CLI::App& Command(CLI::App& parent, const char* name, Message description);
  void Value(CLI::App& command, const char* names, std::optional<std::string>& value,
             const char* type, Message description);
  void Values(CLI::App& command, const char* names, std::vector<std::string>& values,
              const char* type, Message description);
  void Flag(CLI::App& command, const char* names, bool& flag, Message description);
  void Subjects(CLI::App& command, const char* shown, Message description);
  void Purpose(CLI::App& command);
  void Faces(CLI::App& command);
  void Person(CLI::App& command);
  void Filter(CLI::App& command);
  void Enrol(CLI::App& root);
  void Search(CLI::App& root);
  void Compare(CLI::App& root);
  void Record(CLI::App& root);
  void Photo(CLI::App& root);
  void Log(CLI::App& root);
  void Calibrate(CLI::App& root);
  void OperatingPoint(CLI::App& root);
  void Space(CLI::App& root);

  Arguments& arguments_;
  const Page& page_;
};

void Declaration::Program(CLI::App& root) {
  root.option_defaults()->group(page_.Say(Message::kHelpOptions));
  root.set_help_flag("-h,--help", page_.Say(Message::kHelpHelp));
  root.set_version_flag("--version", "homeward " HOMEWARD_VERSION " (homeward.v1)",
                        page_.Say(Message::kHelpVersion));
  Value(root, "--server", arguments_.server, "HOST:PORT", Message::kHelpServer);
  Value(root, "--token-file", arguments_.token_file, "FILE", Message::kHelpTokenFile);
  Value(root, "--output", arguments_.output, "table|json|ndjson|csv", Message::kHelpOutput);
  Value(root, "--lang", arguments_.language, "zh|en", Message::kHelpLang);
  Flag(root, "-q,--quiet", arguments_.quiet, Message::kHelpQuiet);
  Flag(root, "--bom", arguments_.byte_order_mark, Message::kHelpBom);
  Enrol(root);
  Search(root);
  Compare(root);
  Record(root);
  Photo(root);
  Log(root);
  Calibrate(root);
  OperatingPoint(root);
  Space(root);
  Command(root, "health", Message::kHelpHealth);
  CLI::App& evaluate = Command(root, "evaluate", Message::kHelpEvaluate);
  evaluate.set_help_flag();  // its options are those of the program that it runs
  evaluate.fallthrough(false);
  evaluate.prefix_command();
}

CLI::App& Declaration::Command(CLI::App& parent, const char* name, Message description) {
  CLI::App& command = *parent.add_subcommand(name, page_.Say(description));
  command.group(page_.Say(Message::kHelpCommands));
  command.fallthrough();  // options of the program may come last
  command.set_help_flag("-h,--help", page_.Say(Message::kHelpHelp));
  command.footer(page_.Say(Message::kHelpFooter));
  return command;
}

void Declaration::Value(CLI::App& command, const char* names, std::optional<std::string>& value,
                        const char* type, Message description) {
  command.add_option(names, value, page_.Say(description))->type_name(type);
}

void Declaration::Values(CLI::App& command, const char* names, std::vector<std::string>& values,
                         const char* type, Message description) {
  command.add_option(names, values, page_.Say(description))
      ->type_name(type)
      ->allow_extra_args(false);  // one value each, so that a photo may follow
}

void Declaration::Flag(CLI::App& command, const char* names, bool& flag, Message description) {
  command.add_flag(names, flag, page_.Say(description));
}

void Declaration::Subjects(CLI::App& command, const char* shown, Message description) {
  command.add_option("subjects", arguments_.subjects, page_.Say(description))
      ->option_text(shown)
      ->group(page_.Say(Message::kHelpArguments));
}

void Declaration::Purpose(CLI::App& command) {
  Value(command, "--purpose", arguments_.purpose, "TEXT", Message::kHelpPurpose);
  Value(command, "--case", arguments_.case_reference, "TEXT", Message::kHelpCase);
  Value(command, "--top", arguments_.top, "N", Message::kHelpTop);
  Value(command, "--request-id", arguments_.request_id, "ID", Message::kHelpRequestId);
}

void Declaration::Faces(CLI::App& command) {
  Values(command, "--face-box", arguments_.face_boxes, "[N:]X,Y,W,H", Message::kHelpFaceBox);
  Flag(command, "--single-face", arguments_.single_face, Message::kHelpSingleFace);
}

void Declaration::Person(CLI::App& command) {
  Value(command, "--name", arguments_.name, "TEXT", Message::kHelpName);
  Values(command, "--alias", arguments_.aliases, "TEXT", Message::kHelpAlias);
  Value(command, "--sex", arguments_.sex, "female|male|other", Message::kHelpSex);
  Value(command, "--age", arguments_.age, "60-70", Message::kHelpAge);
  Value(command, "--height", arguments_.height, "CM", Message::kHelpHeight);
  Value(command, "--accent", arguments_.accent, "TEXT", Message::kHelpAccent);
  Value(command, "--features", arguments_.features, "TEXT", Message::kHelpFeatures);
  Values(command, "--region", arguments_.regions, "CODE", Message::kHelpRegion);
  Value(command, "--place", arguments_.place, "TEXT", Message::kHelpPlace);
  Value(command, "--date", arguments_.date, "YYYY-MM-DD", Message::kHelpDate);
  Values(command, "--unit", arguments_.units, "CODE", Message::kHelpUnit);
  Value(command, "--reference", arguments_.source_reference, "TEXT", Message::kHelpReference);
  Value(command, "--from", arguments_.from_file, "FILE.json", Message::kHelpFrom);
}

void Declaration::Filter(CLI::App& command) {
  Values(command, "--kind", arguments_.kinds, "KIND", Message::kHelpFilterKind);
  Values(command, "--region", arguments_.regions, "CODE", Message::kHelpFilterRegion);
  Values(command, "--unit", arguments_.units, "CODE", Message::kHelpFilterUnit);
  Value(command, "--sex", arguments_.sex, "female|male|other", Message::kHelpFilterSex);
  Value(command, "--age", arguments_.age, "60-70", Message::kHelpFilterAge);
  Value(command, "--date-from", arguments_.date_from, "YYYY-MM-DD", Message::kHelpFilterFrom);
  Value(command, "--date-to", arguments_.date_to, "YYYY-MM-DD", Message::kHelpFilterTo);
}

void Declaration::Enrol(CLI::App& root) {
  CLI::App& command = Command(root, "enrol", Message::kHelpEnrol);
  Subjects(command, "KIND PHOTO...", Message::kHelpEnrolSubjects);
  Purpose(command);
  Faces(command);
  Value(command, "--photo-kind", arguments_.photo_kind, "KIND", Message::kHelpPhotoKind);
  Value(command, "--capture-date", arguments_.capture_date, "YYYY-MM-DD",
        Message::kHelpCaptureDate);
  Person(command);
}

void Declaration::Search(CLI::App& root) {
  CLI::App& command = Command(root, "search", Message::kHelpSearch);
  Subjects(command, "PHOTO...|DIR", Message::kHelpSearchSubjects);
  Purpose(command);
  Faces(command);
  Filter(command);
}

void Declaration::Compare(CLI::App& root) {
  CLI::App& command = Command(root, "compare", Message::kHelpCompare);
  Subjects(command, "A B", Message::kHelpCompareSubjects);
  Value(command, "--purpose", arguments_.purpose, "TEXT", Message::kHelpPurpose);
  Faces(command);
}

void Declaration::Record(CLI::App& root) {
  CLI::App& record = Command(root, "record", Message::kHelpRecord);
  record.require_subcommand(0, 1);
  CLI::App& show = Command(record, "show", Message::kHelpRecordShow);
  Subjects(show, "RECORD", Message::kHelpRecordSubject);
  CLI::App& list = Command(record, "list", Message::kHelpRecordList);
  Filter(list);
  Value(list, "--limit", arguments_.limit, "N", Message::kHelpLimit);
  CLI::App& update = Command(record, "update", Message::kHelpRecordUpdate);
  Subjects(update, "RECORD", Message::kHelpRecordSubject);
  Person(update);
  Value(update, "--etag", arguments_.etag, "ETAG", Message::kHelpEtag);
  Value(update, "--request-id", arguments_.request_id, "ID", Message::kHelpRequestId);
  CLI::App& erase = Command(record, "erase", Message::kHelpRecordErase);
  Subjects(erase, "RECORD", Message::kHelpRecordSubject);
  Value(erase, "--reason", arguments_.reason, "TEXT", Message::kHelpReason);
  Flag(erase, "-y,--yes", arguments_.yes, Message::kHelpYes);
  Value(erase, "--etag", arguments_.etag, "ETAG", Message::kHelpEtag);
  Value(erase, "--request-id", arguments_.request_id, "ID", Message::kHelpRequestId);
}

void Declaration::Photo(CLI::App& root) {
  CLI::App& photo = Command(root, "photo", Message::kHelpPhoto);
  photo.require_subcommand(0, 1);
  CLI::App& add = Command(photo, "add", Message::kHelpPhotoAdd);
  Subjects(add, "RECORD PHOTO", Message::kHelpPhotoAddSubjects);
  Purpose(add);
  Faces(add);
  Value(add, "--photo-kind", arguments_.photo_kind, "KIND", Message::kHelpPhotoKind);
  Value(add, "--capture-date", arguments_.capture_date, "YYYY-MM-DD", Message::kHelpCaptureDate);
  CLI::App& get = Command(photo, "get", Message::kHelpPhotoGet);
  Subjects(get, "NAME", Message::kHelpPhotoGetSubject);
  Flag(get, "--crop", arguments_.crop, Message::kHelpCrop);
  Value(get, "-o,--file", arguments_.file, "FILE", Message::kHelpFile);
  Flag(get, "--force", arguments_.force, Message::kHelpForce);
}

void Declaration::Log(CLI::App& root) {
  CLI::App& log = Command(root, "search-log", Message::kHelpSearchLog);
  Subjects(log, "[NAME]", Message::kHelpSearchLogSubject);
  Value(log, "--case", arguments_.case_reference, "TEXT", Message::kHelpLogCase);
  Value(log, "--limit", arguments_.limit, "N", Message::kHelpLimit);
}

void Declaration::Calibrate(CLI::App& root) {
  CLI::App& command = Command(root, "calibrate", Message::kHelpCalibrate);
  Subjects(command, "SET", Message::kHelpCalibrateSubject);
  Value(command, "--fpir", arguments_.fpir, "SHARE", Message::kHelpFpir);
  Value(command, "--name", arguments_.name, "NAME", Message::kHelpPointName);
  Value(command, "--data", arguments_.data, "TEXT", Message::kHelpData);
  Flag(command, "--dry-run", arguments_.dry_run, Message::kHelpDryRun);
  Value(command, "--cache", arguments_.cache, "DIR", Message::kHelpCache);
  Value(command, "--weights", arguments_.weights, "DIR", Message::kHelpWeights);
  Value(command, "--manifest", arguments_.models_manifest, "FILE", Message::kHelpModelsManifest);
  Value(command, "--request-id", arguments_.request_id, "ID", Message::kHelpRequestId);
}

void Declaration::OperatingPoint(CLI::App& root) {
  CLI::App& point = Command(root, "operating-point", Message::kHelpOperatingPoint);
  point.require_subcommand(0, 1);
  CLI::App& list = Command(point, "list", Message::kHelpOperatingPointList);
  Value(list, "--limit", arguments_.limit, "N", Message::kHelpLimit);
  CLI::App& show = Command(point, "show", Message::kHelpOperatingPointShow);
  Subjects(show, "NAME", Message::kHelpOperatingPointSubject);
  CLI::App& activate = Command(point, "activate", Message::kHelpOperatingPointActivate);
  Subjects(activate, "NAME", Message::kHelpOperatingPointSubject);
  Value(activate, "--reason", arguments_.reason, "TEXT", Message::kHelpActivateReason);
  Value(activate, "--request-id", arguments_.request_id, "ID", Message::kHelpRequestId);
}

void Declaration::Space(CLI::App& root) {
  CLI::App& space = Command(root, "space", Message::kHelpSpace);
  space.require_subcommand(0, 1);
  Command(space, "list", Message::kHelpSpaceList);
}

// "record show" for what was recognised of it.
std::string CommandName(const CLI::App& root) {
  std::string name;
  for (const CLI::App* command = &root; !command->get_subcommands().empty();) {
    command = command->get_subcommands().front();
    name += (name.empty() ? "" : " ") + command->get_name();
  }
  return name;
}

// CLI11 explains itself in English only; its exceptions begin with the option they are about.
UsageError ErrorOf(const CLI::ParseError& error) {
  const std::string text = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::size_t colon = text.rfind(": ");
    return {Message::kUsageUnknown,
            {{"argument", colon == std::string::npos ? text : text.substr(colon + 2)}}};
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return {Message::kUsageValueMissing, {{"option", text.substr(0, text.find(':'))}}};
  }
  return {Message::kUsageNotUnderstood, {{"detail", text}}};
}

}  // namespace

std::expected<Arguments, NoCommand> ReadCommandLine(const std::vector<std::string>& words,
                                                    const Page& page) {
  Arguments arguments;
  CLI::App root(page.Say(Message::kHelpProgram), "homeward");
  root.formatter(std::make_shared<HelpPage>(page));
  root.require_subcommand(0, 1);
  root.footer(page.Say(Message::kHelpProgramFooter));
  Declaration(arguments, page).Program(root);
  try {
    root.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForVersion& version) {
    return std::unexpected(NoCommand{std::string(version.what()) + "\n", std::nullopt, ""});
  } catch (const CLI::CallForHelp&) {
    return std::unexpected(NoCommand{root.help(), std::nullopt, ""});
  } catch (const CLI::ParseError& error) {
    return std::unexpected(NoCommand{"", ErrorOf(error), CommandName(root)});
  }
  arguments.command = CommandName(root);
  if (arguments.command == "evaluate") {
    arguments.rest = root.get_subcommand("evaluate")->remaining();
  }
  return arguments;
}

}  // namespace homeward::client
