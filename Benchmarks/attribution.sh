#!/usr/bin/env bash
# What attribution finds (`accuracy`) or what it costs (`cost`), on source trees that are fetched on first use and kept.
#
#     Benchmarks/attribution.sh PATH-TO-attribution-measure accuracy|cost
#
# Exit code 1 when a bar is missed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
measure=$1
trees=${SALLYPORT_TREES:-${XDG_CACHE_HOME:-$HOME/.cache}/sallyport/attribution-trees}

Benchmarks/attribution_trees.py "$trees"
case $2 in
accuracy)
  printf 'machine: %s, %s cores, Linux %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(uname -r)"
  "$measure" accuracy "$trees"
  ;;
cost)
  missed=0
  "$measure" index "$trees/million" || missed=1
  "$measure" requests "$trees" || missed=1
  exit "$missed"
  ;;
*)
  echo "attribution.sh: accuracy or cost, not $2" >&2
  exit 2
  ;;
esac
