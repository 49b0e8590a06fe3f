#!/usr/bin/env bash
# All benchmarks, one after the other; needs a release build (`make bench` makes it) and a machine that is otherwise idle.
#
#     Benchmarks/run.sh [--short]
#
# Prints each figure beside its bar, with the word `missed` where it is not met. Exit code 1 when one is missed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
sallyport=${SALLYPORT:-$PWD/.build/release/sallyport}
built=$(dirname "$sallyport")
short=()
[[ ${1:-} == --short ]] && short=(--short)
missed=0

printf 'machine: %s, %s cores, Linux %s, load %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
  "$(uname -r)" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
for measurement in interception latency inspection redaction commands; do
  printf '\n'
  Benchmarks/$measurement.py --sallyport "$sallyport" "${short[@]}" || missed=1
done
printf '\n'
"$built/ledger-measure" || missed=1
if ((${#short[@]} == 0)); then
  printf '\nattribution: an index in the background, and its part of a request beside decoding\n'
  Benchmarks/attribution.sh "$built/attribution-measure" cost || missed=1
fi
exit "$missed"
