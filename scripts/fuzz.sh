#!/bin/sh
# Invents inputs for one reader of foreign bytes (or for each in turn) and keeps what breaks a promise.
# usage: scripts/fuzz.sh all|TARGET SECONDS     (docs/fuzzing.md)
set -eu
cd "$(dirname "$0")/.."
target=${1:?which target, or all} seconds=${2:?for how many seconds}
swift=${SWIFT:-swift}
scratch=.build-fuzz

# The fuzzer's archive without a main of its own, for this processor.
toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v "$swift")")")")
archive=$(find "$toolchain/lib/clang" -name "libclang_rt.fuzzer_no_main*$(uname -m)*.a" -o -path "*$(uname -m)*" \
  -name 'libclang_rt.fuzzer_no_main.a' | head -n 1)
[ -n "$archive" ] || { echo "fuzz: no libclang_rt.fuzzer_no_main under $toolchain/lib/clang" >&2; exit 2; }
SALLYPORT_FUZZ=$archive "$swift" build --configuration release --scratch-path "$scratch" --product sallyport-fuzz

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
  # An input that takes 20 seconds or 2 GB is a find like any other. A backtrace would wait for a terminal.
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} \
    "$scratch/release/sallyport-fuzz" "$name" "$corpus" "$seeds/$name" -max_total_time="$seconds" -timeout=20 \
    -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -artifact_prefix="$found/" "$@" </dev/null \
    || failed="$failed $name"
done
[ -z "$failed" ] || { echo "fuzz: broken:$failed; the inputs lie in $scratch/found/" >&2; exit 1; }
