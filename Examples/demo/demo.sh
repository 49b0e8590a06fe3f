#!/bin/sh
# The demo: a sample agent that misbehaves on purpose, run under Sallyport in a temporary repository.
# Needs no network and no key. SALLYPORT is the program (.build/release/sallyport).
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
SALLYPORT=${SALLYPORT:-$root/.build/release/sallyport}

missing=
for program in python3 openssl git; do
  command -v "$program" >/dev/null || missing="$missing $program"
done
[ -z "$missing" ] || { echo "demo: not found:$missing (run: make setup)" >&2; exit 2; }
[ -x "$SALLYPORT" ] || { echo "demo: $SALLYPORT is not there (run: make build)" >&2; exit 2; }

# Not beneath /tmp, which is another directory inside the sandbox.
place=$(mktemp -d "${SALLYPORT_DEMO_DIRECTORY:-/var/tmp}/sallyport-demo.XXXXXX")
world=
end_world() { [ -z "$world" ] || { kill "$world" 2>/dev/null && wait "$world" 2>/dev/null; world=; } || true; }
trap end_world EXIT
trap 'exit 130' INT TERM

cat <<TEXT
Sallyport demo. The agent is a sample that misbehaves on purpose, the model is a sample that answers by script;
every host is on this machine, every secret is made up. Nothing leaves, and no key is needed.

TEXT

python3 "$here/sample_repository.py" "$place"
mkdir "$place/world" "$place/port"
mkfifo "$place/port/ready"
python3 "$here/sample_world.py" "$place/world" >"$place/port/ready" 2>"$place/world/errors" &
world=$!
read -r port <"$place/port/ready" || { cat "$place/world/errors" >&2; exit 1; }

key="sample-key-$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')"
printf %s "$key" >"$place/key"
mkdir "$place/bin"
cp "$here/sample_agent.py" "$place/bin/sample-agent"

# The agent gets a home and an environment of its own, so that the demo reads and writes nothing of yours.
as_sample_person() {
  (cd "$place/workspace" && env -i HOME="$place/home" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 USER=sample \
    TERM="${TERM:-dumb}" MODEL_API_KEY="$key" "$@")
}

echo "\$ sallyport run -- sample-agent"
echo
code=0
as_sample_person "$SALLYPORT" run --report "$place/report" --catalog "$here/catalog" \
  --connect-to "::127.0.0.1:$port" --upstream-ca "$place/world/ca.pem" --secret MODEL_API_KEY@api.model.example \
  --read "$place/bin" -- "$place/bin/sample-agent" attempts.json || code=$?
end_world
if [ "$code" -ne 0 ] || [ ! -f "$place/report/report.json" ]; then
  echo "demo: the run ended with $code; its files are in $place" >&2
  exit 1
fi

echo
caught=0
python3 "$here/what_was_caught.py" "$place" || caught=1
echo
echo "report: $place/report/report.json"
if as_sample_person "$SALLYPORT" log verify >"$place/verify.txt" 2>&1; then
  echo "ledger verified"
else
  cat "$place/verify.txt" >&2
  echo "the ledger does NOT verify" >&2
  exit 1
fi
exit "$caught"
