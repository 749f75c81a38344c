# What a released homewardd is compiled with besides -O2, for generated code as well as ours: checked
# copies, a guarded stack, addresses that differ at every start, and tables that are read-only after it.
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
add_compile_options(
  "$<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3;-fstack-protector-strong;-fstack-clash-protection>")
add_link_options("$<$<CONFIG:Release>:-Wl,-z,relro;-Wl,-z,now;-Wl,-z,noexecstack>")
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_compile_options("$<$<CONFIG:Release>:-fcf-protection=full>")
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  add_compile_options("$<$<CONFIG:Release>:-mbranch-protection=standard>")
endif()
