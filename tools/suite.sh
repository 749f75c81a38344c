# Sourced by `run`: `./run test`, which is what CI runs. Every step counts; nothing is suppressed.

passed=0 failed=0 skipped=0 photos_missing=

# The sanitizers of this compiler need the old, smaller randomisation of addresses; newer kernels use
# more bits. Where the kernel does not let us ask for none, run as it is.
fixed_addresses=()
! setarch -R true 2>/dev/null || fixed_addresses=(setarch -R)
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=second_deadlock_stack=1

# check NAME COMMAND...: a step that counts as one test; its status stays in `step_status`.
check() {
  step_status=0
  step "$@" || step_status=$?
  if [ "$step_status" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# tests PRESET LABELS WITHOUT [TARGET...]: builds, then runs the tests whose label matches and whose name
# does not match WITHOUT.
tests() {
  local preset=$1 labels=$2 without=$3 results=$PWD/build/$1/results.xml status=0
  shift 3
  rm -f "$results"
  check "build-$preset" built "$preset" "$@"
  [ "$step_status" -eq 0 ] || return 0
  step "test-$preset" "${fixed_addresses[@]}" ctest --test-dir "build/$preset" -j2 -L "$labels" -E "$without" \
    --output-on-failure --no-tests=error --output-junit "$results" || status=$?
  count "$results" "$status"
}

built() {
  configure "$1" && "${fixed_addresses[@]}" cmake --build --preset "$1" ${2:+--target "${@:2}"}
}

# count RESULTS STATUS: adds what ctest wrote to the sums. A run that failed without naming a test, or
# wrote nothing, is a failure too.
count() {
  local total bad idle
  read -r total bad idle < <(python3 - "$1" <<'PY' || echo 0 1 0
import sys, xml.etree.ElementTree
suite = xml.etree.ElementTree.parse(sys.argv[1]).getroot().attrib
print(suite["tests"], suite["failures"], int(suite["skipped"]) + int(suite["disabled"]))
PY
  )
  [ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  failed=$((failed + bad)) skipped=$((skipped + idle))
  passed=$((passed + (total > bad + idle ? total - bad - idle : 0)))
}

suite() {
  check install tools/install
  check format format_check
  check layers python3 tests/layering_test.py
  check contract contract_lint
  check weights tools/fetch.py weights
  step photos tools/fetch.py photos || photos_missing=1  # some tests use them too
  step reference tools/fetch.py reference && export HOMEWARD_REFERENCE=$(tools/fetch.py reference)
  tests asan . '^$'
  # Without what takes minutes there and has no threads.
  tests tsan '^(matcher|store|records|jobs|server/rpc)$' '^(QualityConformance|SpreadFileTest.Slow)' \
    matcher_test store_test records_test jobs_test server_rpc_test
  tests release '^matcher$' '^$' matcher_test  # limits of memory and time, which sanitizers distort
  check build-programs build release "${programs[@]}"
  if [ -z "$photos_missing" ]; then
    check demo with_service "$demo" --photos "$cache/photos/demo"
  else
    echo "demo skipped: its photos could not be fetched" >&2
    skipped=$((skipped + 1))
  fi
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}
