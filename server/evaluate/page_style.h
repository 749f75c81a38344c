// How the page of an evaluation looks: on a telephone, on a wide screen, in the dark and on paper.
#pragma once

#include <string_view>

namespace homeward {

// A style sheet; no letter of it needs to be escaped in XML.
extern const std::string_view kPageStyle;

}  // namespace homeward
