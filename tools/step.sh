# Sourced by `run`: shows the progress of long work on stderr. Knows nothing of what the work is.

# step NAME COMMAND...: runs COMMAND with its output in build/logs/NAME.log. Meanwhile shows the seconds
# gone and the log's last line: in place on a terminal, every half minute elsewhere. On failure shows
# the end of the log. Returns the command's status. A function run by it must not rely on `set -e`.
step() {
  local name=$1 log=build/logs/$1.log started=$SECONDS status=0 ticker
  shift
  mkdir -p build/logs
  : >"$log"
  step_tick "$name" "$log" "$started" &
  ticker=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  [ ! -t 2 ] || printf '\r\e[K' >&2
  if [ "$status" -eq 0 ]; then
    printf '%-20s done in %d s\n' "$name" $((SECONDS - started)) >&2
  else
    printf '%-20s FAILED after %d s; the end of %s:\n' "$name" $((SECONDS - started)) "$log" >&2
    tail -n 60 "$log" >&2
  fi
  return "$status"
}

step_tick() {
  local name=$1 log=$2 started=$3 pause=30 format='%-20s %4d s  %s\n' last nap
  [ ! -t 2 ] || { pause=1 format='\r\e[K%-20s %4d s  %s'; }
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  while :; do
    sleep "$pause" &
    nap=$!
    wait "$nap"
    last=$(tail -c 2000 "$log" | tr '\r' '\n' | awk 'NF {line = $0} END {print substr(line, 1, 70)}')
    # shellcheck disable=SC2059  # the format is one of the two above
    printf "$format" "$name" $((SECONDS - started)) "$last" >&2
  done
}
