#!/bin/sh
# Installs the real agents that the end-to-end tests run; see install_agents.py.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec python3 "$here/install_agents.py" "$@"
