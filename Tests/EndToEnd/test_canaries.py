"""Planted canaries: an agent may read one, and nothing that carries one leaves, whatever it is dressed in."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from sallyport_run import Outcome, run, verify_ledger
from sample import Place

KINDS = ("aws", "github", "npm", "database", "generic", "customer", "document")
TOKEN = re.compile(r"ghp_[0-9A-Za-z]{36}")
ASK = (
    "cat planted.env >/dev/null && curl -sS -m 20 -o answer.json -w '%{http_code}\\n' "
    "-H 'content-type: application/json' --data-binary @body https://api.anthropic.com/v1/messages"
)
DISGUISES = {
    "plain": lambda token: token.encode(),
    "base64": lambda token: base64.b64encode(f"the key is {token} and more".encode()),
    "hexadecimal": lambda token: f"the key is {token}".encode().hex().encode(),
    "reversed": lambda token: token[::-1].encode(),
    "compressed": lambda token: base64.b64encode(gzip.compress(f"the key is {token}".encode() * 3)),
    "tags": lambda token: "".join(chr(0xE0000 + ord(character)) for character in token).encode(),
}


def environment(place: Place) -> dict[str, str]:
    return {"HOME": str(place.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def command(sallyport: Path, place: Place, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(sallyport), *words], cwd=place.workspace, env=environment(place), capture_output=True, text=True,
        timeout=120,
    )


def plant(sallyport: Path, place: Place, *words: str) -> dict:
    done = command(sallyport, place, "canary", "plant", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def send(directory: Path, place: Place, body: bytes) -> Outcome:
    message = json.dumps(
        {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": body.decode()}]}, ensure_ascii=False
    )
    (place.workspace / "body").write_text(message)
    return run(directory, place, ["/bin/bash", "-c", ASK], environment(place))


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_canary_is_blocked_on_its_way(sallyport: Path, place: Place, tmp_path: Path, disguise: str) -> None:
    planted = plant(sallyport, place, "planted.env", "--kind", "github", "--label", "bait")
    (token,) = TOKEN.findall((place.workspace / "planted.env").read_text())
    outcome = send(tmp_path, place, DISGUISES[disguise](token))
    assert outcome.exit_code == 0, outcome.describe()
    assert not [line for line in outcome.received if line["path"] == "/v1/messages"], outcome.describe()
    (exchange,) = [one for one in outcome.exchanges if one["path"] == "/v1/messages"]
    assert exchange["decision"] == "block"
    assert "planted-canary" in {finding["detector"] for finding in exchange["findings"]}
    assert token not in json.dumps(outcome.report) + outcome.output + outcome.errors
    assert verify_ledger(outcome).returncode == 0

    (listed,) = [json.loads(line) for line in command(sallyport, place, "canary", "list", "--json").stdout.splitlines()]
    assert listed["id"] == planted["id"] and listed["label"] == "bait"
    assert listed["lastSeen"]["verdict"] == "block" and listed["lastSeen"]["host"] == "api.anthropic.com"
    assert token not in command(sallyport, place, "canary", "list").stdout


def test_without_the_canary_the_same_message_leaves(sallyport: Path, place: Place, tmp_path: Path) -> None:
    plant(sallyport, place, "planted.env", "--kind", "github")
    outcome = send(tmp_path, place, b"the key is ours")
    assert [line for line in outcome.received if line["path"] == "/v1/messages"], outcome.describe()


@pytest.mark.parametrize("kind", KINDS)
def test_inspect_finds_it_anywhere_but_where_it_was_planted(sallyport: Path, place: Place, kind: str) -> None:
    plant(sallyport, place, "bait", "--kind", kind)
    classes = ("--class", "canary", "--class", "credential")
    here = command(sallyport, place, "inspect", "bait", "--show-allowed", *classes)
    assert here.returncode == 0, here.stdout + here.stderr
    assert "planted here" in here.stdout
    (place.workspace / "copy").write_bytes((place.workspace / "bait").read_bytes())
    copied = command(sallyport, place, "inspect", "--json", *classes)
    assert copied.returncode == 1, copied.stdout + copied.stderr
    found = {
        (Path(finding["path"]).name, finding["detector"], "allowed" in finding)
        for finding in json.loads(copied.stdout)["findings"]
    }
    assert found == {("copy", "planted-canary", False), ("bait", "planted-canary", True)}
    subprocess.run(["git", "add", "bait"], cwd=place.workspace, env=environment(place), check=True)
    assert command(sallyport, place, "inspect", "--staged", *classes).returncode == 0
    subprocess.run(["git", "add", "copy"], cwd=place.workspace, env=environment(place), check=True)
    # One content is looked at once, at the first of its paths: git knows both by one name.
    (place.workspace / "copy").write_text("again: " + (place.workspace / "bait").read_text())
    subprocess.run(["git", "add", "copy"], cwd=place.workspace, env=environment(place), check=True)
    assert command(sallyport, place, "inspect", "--staged", *classes).returncode == 1


def test_a_damaged_list_refuses_runs(sallyport: Path, place: Place) -> None:
    plant(sallyport, place, "planted.env")
    (place.home / ".local/state/sallyport/canaries/planted.json").write_text("{")
    for words in (["run", "--", "/bin/true"], ["inspect"], ["canary", "list"]):
        done = command(sallyport, place, *words)
        assert done.returncode == 76, done.stderr
        assert "damaged" in done.stderr
