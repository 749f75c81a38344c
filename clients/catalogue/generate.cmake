# cmake -DTSV=messages.tsv -DOUT=FOLDER -P generate.cmake
# Writes FOLDER/message.h, an enumerator for each key, and FOLDER/message_table.inc, the file itself
# as a string literal that catalogue.cc reads at compile time.
file(READ ${TSV} table)
string(REGEX MATCHALL "\n[a-z][a-z0-9_]*\t" keys "\n${table}")
list(POP_FRONT keys)  # the header line
set(enumerators)
foreach(key ${keys})
  string(STRIP "${key}" key)
  set(enumerator k)
  string(REPLACE "_" ";" parts ${key})
  foreach(part ${parts})
    string(SUBSTRING ${part} 0 1 first)
    string(SUBSTRING ${part} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND enumerator ${first}${rest})
  endforeach()
  string(APPEND enumerators "  ${enumerator},\n")
endforeach()
file(WRITE ${OUT}/message.h
  "// The keys of clients/catalogue/messages.tsv, in its order.\n#pragma once\n\n"
  "#include <cstdint>\n\n"
  "namespace homeward::client {\n\nenum class Message : std::uint16_t {\n${enumerators}};\n\n"
  "}  // namespace homeward::client\n")
file(WRITE ${OUT}/message_table.inc "R\"tsv(${table})tsv\"\n")
