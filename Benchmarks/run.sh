#!/usr/bin/env bash
# All benchmarks, one after the other; needs a release build (`make bench` makes it) and a machine that is otherwise idle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sallyport=${SALLYPORT:-$PWD/.build/release/sallyport}

printf 'machine: %s, %s cores, Linux %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)"
Benchmarks/interception.py --sallyport "$sallyport"

printf '\nattribution: an index in the background, and its part of a request beside decoding\n'
Benchmarks/attribution.sh "$(dirname "$sallyport")/attribution-measure" cost
