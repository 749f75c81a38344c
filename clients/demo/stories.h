// The four stories of the demonstration, each with what it must come to.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "clients/demo/stage.h"

namespace homeward::client {

// Why a story did not end as it should; empty where it did.
using Misfortune = std::string;

// Stores what the stories begin with: the first photo of everybody, the second person's as somebody
// who is in a station already, all others' as reports of their families. Errors: the service's.
ClientResult<void> SetTheStage(Stage& stage, std::ostream& out);

// A station enrols an unknown person, and the right report must come first.
Misfortune PlayStation(Stage& stage, std::ostream& out);
// A family's report comes, and the person who is in a station must come first.
Misfortune PlayFamily(Stage& stage, std::ostream& out);
// Somebody who is on no file must not be taken for anybody.
Misfortune PlayNobody(Stage& stage, std::ostream& out);
// Every photo of a folder must get an answer or a reason, and where its name says whom it shows,
// that person must come first.
Misfortune PlayFolder(Stage& stage, std::ostream& out);

// All of them in this order. Returns the sentences about those that did not end as they should.
std::vector<std::string> PlayStories(Stage& stage, std::ostream& out);

}  // namespace homeward::client
