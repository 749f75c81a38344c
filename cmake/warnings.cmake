# Warnings are errors in our own code; third-party headers come in as SYSTEM and stay silent.
add_library(homeward_warnings INTERFACE)
target_compile_options(homeward_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough -Werror)
target_compile_definitions(homeward_warnings INTERFACE _GLIBCXX_ASSERTIONS)
target_include_directories(homeward_warnings INTERFACE ${PROJECT_SOURCE_DIR})
