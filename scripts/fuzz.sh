#!/usr/bin/env bash
# Invents inputs for one reader of foreign bytes (or for each in turn) and keeps what breaks a promise.
# usage: scripts/fuzz.sh all|TARGET SECONDS [LIMIT]     (docs/fuzzing.md)
# SECONDS are those of the processor: a busy machine takes longer and does as much. After LIMIT of the clock's it ends too.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
target=${1:?which target, or all} seconds=${2:?for how many seconds} limit=${3:-0}
swift=${SWIFT:-swift}
scratch=.build-fuzz seeds=Tests/FuzzTests/Seeds words=Tests/FuzzTests/Words

names=("$seeds"/*)
names=("${names[@]##*/}")
[[ $target == all || -d $seeds/$target ]] || { echo "fuzz: no target '$target'; there are: ${names[*]}" >&2; exit 2; }
[[ $target == all ]] || names=("$target")

# The fuzzer's archive without a main of its own, for this processor.
toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v "$swift")")")")
archive=$(find "$toolchain/lib/clang" -name "libclang_rt.fuzzer_no_main*$(uname -m)*.a" -o -path "*$(uname -m)*" \
  -name 'libclang_rt.fuzzer_no_main.a' | head -n 1)
[[ -n $archive ]] || { echo "fuzz: no libclang_rt.fuzzer_no_main under $toolchain/lib/clang" >&2; exit 2; }
SALLYPORT_FUZZ=$archive "$swift" build --configuration release --scratch-path "$scratch" --product sallyport-fuzz

# Sets `used` to the processor time of everything that ended so far, in seconds. A subshell would have none.
measure() {
  times >"$scratch/times.$$"
  used=$(awk 'NR == 2 { split($1 $2, part, /[ms]/); print int(60 * (part[1] + part[3]) + part[2] + part[4]) }' \
    "$scratch/times.$$")
  rm "$scratch/times.$$"
}

broken=()
for name in "${names[@]}"; do
  corpus=$scratch/corpus/$name found=$scratch/found/$name log=$scratch/log/$name
  mkdir -p "$corpus" "$found" "$scratch/log"
  # Bodies are taken apart in batches of 4,096 escapes and windows of 9 KB: what goes wrong behind one needs more.
  length=4096
  [[ $name == decoding || $name == inspection || $name == redaction ]] && length=20480
  options=(-max_total_time="$limit" -timeout=3600 -rss_limit_mb=2048 -max_len="$length" -print_final_stats=1
    -artifact_prefix="$found/")
  [[ -f $words/$name ]] && options+=(-dict="$words/$name")
  echo "fuzz: $name, $seconds s"
  measure
  before=$used outcome='nothing found'
  # The fuzzer itself ends when its processor time is up (Driver/main.swift). A backtrace would wait for a terminal.
  (
    ulimit -S -t "$seconds"
    SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} \
      exec "$scratch/release/sallyport-fuzz" "$name" "$corpus" "$seeds/$name" "${options[@]}" </dev/null
  ) 2>&1 | tee "$log" || { broken+=("$name") && outcome="broken: see $found/ and $log"; }
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  branches=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  measure
  echo "fuzz: $name: $((used - before)) s, ${inputs:-0} inputs, ${branches:-0} branches; $outcome"
done
((${#broken[@]} == 0)) || { echo "fuzz: broken: ${broken[*]}; the inputs lie in $scratch/found/" >&2; exit 1; }
