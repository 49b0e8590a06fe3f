#!/bin/sh
# Invents inputs for one reader of foreign bytes (or for each in turn) and keeps what breaks a promise.
# usage: scripts/fuzz.sh all|TARGET SECONDS     (docs/fuzzing.md)
set -eu
cd "$(dirname "$0")/.."
target=${1:?which target, or all} seconds=${2:?for how many seconds}
swift=${SWIFT:-swift}
scratch=.build-fuzz

SALLYPORT_FUZZ=1 "$swift" build --configuration release --scratch-path "$scratch" \
  --sanitize=fuzzer --sanitize=address -Xswiftc -enable-testing --product sallyport-fuzz

seeds=Tests/FuzzTests/Seeds
[ "$target" = all ] && targets=$(ls "$seeds") || targets=$target
failed=''
for name in $targets; do
  [ -d "$seeds/$name" ] || { echo "fuzz: no target '$name'; there are: $(ls "$seeds" | tr '\n' ' ')" >&2; exit 2; }
  corpus=$scratch/corpus/$name found=$scratch/found/$name
  mkdir -p "$corpus" "$found"
  set --
  [ -f "Tests/FuzzTests/Words/$name" ] && set -- "-dict=Tests/FuzzTests/Words/$name"
  echo "fuzz: $name, $seconds s"
  # An input that takes 10 seconds or 2 GB is a find like any other. A backtrace would wait for a terminal.
  SALLYPORT_FUZZ_TARGET=$name SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} \
    "$scratch/release/sallyport-fuzz" "$corpus" "$seeds/$name" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -artifact_prefix="$found/" "$@" </dev/null \
    || failed="$failed $name"
done
[ -z "$failed" ] || { echo "fuzz: broken:$failed; the inputs lie in $scratch/found/" >&2; exit 1; }
