#!/bin/sh
# The end-to-end tests: installs what they need, enters a network namespace without a route out, runs pytest.
#   Tests/EndToEnd/run.sh [ARGUMENTS OF PYTEST...]
# SALLYPORT is the program under test (.build/release/sallyport); SALLYPORT_TEST_CACHE is where agents are installed.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
SALLYPORT_TEST_CACHE=${SALLYPORT_TEST_CACHE:-$root/.venv-e2e}
SALLYPORT=${SALLYPORT:-$root/.build/release/sallyport}
echo "agents:"
"$here/install_agents.sh"
runs=$SALLYPORT_TEST_CACHE/runs
# Of this machine's environment the tests get what they need and nothing else: no key, no token, no proxy.
cd "$here"
exec env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME="$runs" PYTHONDONTWRITEBYTECODE=1 \
  SALLYPORT_TEST_CACHE="$SALLYPORT_TEST_CACHE" SALLYPORT="$SALLYPORT" \
  SALLYPORT_OPTIONAL="${SALLYPORT_OPTIONAL:-}" SALLYPORT_TRIAL_KILLS="${SALLYPORT_TRIAL_KILLS:-}" \
  "$SALLYPORT_TEST_CACHE/testbed/bin/python3" isolation.py -- \
  "$SALLYPORT_TEST_CACHE/testbed/bin/python3" -m pytest --basetemp "$runs" -p no:cacheprovider -ra "$@"
