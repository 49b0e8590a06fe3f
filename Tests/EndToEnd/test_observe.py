"""`sallyport observe` on the five agents: under the policy that it proposes the same task succeeds, and nothing else passes."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from agents import Agent
from plain_sandbox import base_environment
from sallyport_run import Outcome, run, sallyport_program, verify_ledger, was_let_go
from sample import make_place

NONESSENTIAL = ("telemetry", "flags", "update")

CANARY = """
import json, sys, urllib.request, urllib.error
for method, url in json.loads(sys.argv[1]):
    body = b"{}" if method == "POST" else None
    request = urllib.request.Request(url, data=body, method=method, headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            print(answer.status, method, url)
    except urllib.error.HTTPError as error:
        print(error.code, method, url)
"""


@dataclass
class Observed:
    """A run with nothing blocked, the policy that it proposed, and the same task under that policy."""

    directory: Path
    seen: Outcome
    policy: Path
    enforced: Outcome


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Observes each agent once, on first use."""
    known: dict[str, Observed | Exception] = {}

    def of(agent: Agent) -> Observed:
        if agent.name not in known:
            directory = tmp_path_factory.mktemp(f"observe-{agent.name}")
            try:
                known[agent.name] = _observe(agent, directory)
            except Exception as error:  # every test of this agent tells of it, and it is not run again
                known[agent.name] = error
        found = known[agent.name]
        if isinstance(found, Exception):
            raise found
        return found

    return of


def _observe(agent: Agent, directory: Path) -> Observed:
    policy = directory / "proposed.yaml"
    seen = _run(agent, directory / "seen", ["--output", str(policy)], subcommand="observe")
    assert seen.exit_code == 0, seen.describe()
    assert policy.is_file(), seen.describe()
    enforced = _run(agent, directory / "enforced", ["--policy", str(policy)])
    return Observed(directory, seen, policy, enforced)


def _run(agent: Agent, directory: Path, options: list[str], **settings: Any) -> Outcome:
    directory.mkdir()
    place = make_place(directory)
    return run(
        directory, place, agent.command, base_environment(agent, place.home), read=agent.read_paths(), options=options,
        **settings,
    )


@pytest.fixture
def both(sallyport: Path, agent: Agent, observed: Any) -> Observed:
    return observed(agent)


def _targets(outcome: Outcome, *purposes: str) -> set[tuple[str, str, str]]:
    """Host, method and path of what was let go."""
    return {
        (exchange["host"], exchange["method"], urlsplit(exchange["path"]).path)
        for exchange in outcome.exchanges
        if was_let_go(exchange) and (not purposes or exchange["purpose"] in purposes)
    }


def test_observe_blocks_nothing_and_says_so(both: Observed) -> None:
    assert both.seen.errors.count("NOTHING IS BLOCKED") == 1, both.seen.errors
    assert (both.seen.place.workspace / "hello.txt").is_file(), both.seen.describe()
    stopped = [e for e in both.seen.exchanges if not was_let_go(e) and e["protocol"] != "dns"]
    assert not stopped, stopped[:3]


def test_observe_records_what_would_have_been_done(both: Observed) -> None:
    telemetry = [e for e in both.seen.exchanges if e["purpose"] in NONESSENTIAL and e["protocol"] != "dns"]
    for exchange in telemetry:
        assert exchange["decision"] == "report", exchange
        told = [reason for reason in exchange["reasons"] if reason["subject"] == "observed"]
        assert told and "it would have been blocked by rule" in told[0]["statement"], exchange["reasons"]
    verified = verify_ledger(both.seen)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_credentials_stay_placeholders_while_observing(both: Observed, agent: Agent) -> None:
    told = (both.seen.place.workspace / "agent-environment.txt").read_text()
    assert agent.key_variable in told and agent.key not in told


def test_the_proposal_is_a_sound_policy(both: Observed) -> None:
    checked = subprocess.run(
        [str(sallyport_program()), "policy", "check", str(both.policy)], capture_output=True, text=True, timeout=60,
        env=both.seen.environment,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    text = both.policy.read_text()
    assert "posture: ban" in text and "# exchange" in text, text


def test_the_same_task_succeeds_under_the_proposal(both: Observed) -> None:
    assert both.enforced.exit_code == 0, both.enforced.describe() + both.policy.read_text()
    written = both.enforced.place.workspace / "hello.txt"
    assert written.is_file(), both.enforced.describe() + both.policy.read_text()
    assert written.read_text() == "hello from the scripted model\n"


def test_what_is_not_needed_is_blocked(both: Observed) -> None:
    assert not _targets(both.enforced, *NONESSENTIAL), _targets(both.enforced, *NONESSENTIAL)
    for exchange in both.enforced.exchanges:
        if exchange["purpose"] in NONESSENTIAL and exchange["protocol"] != "dns":
            assert exchange["decision"] == "block" and exchange["forwardedBytes"] == 0, exchange
    extra = _targets(both.enforced) - _targets(both.seen)
    assert {host for host, _, _ in extra} <= {host for host, _, _ in _targets(both.seen)}, extra


def test_other_hosts_and_paths_are_blocked_under_the_proposal(both: Observed, agent: Agent, tmp_path: Path) -> None:
    place = make_place(tmp_path)
    script = place.workspace / "canary.py"
    script.write_text(CANARY)
    model = next(
        exchange for exchange in both.seen.exchanges
        if exchange["host"] == agent.model_host and exchange["purpose"] == "model" and exchange["method"] == "POST"
    ) if agent.name != "codex" else None
    tries = [
        ["POST", "https://canary.example.com/"], ["GET", "https://canary.example.com/"],
        ["POST", f"https://{agent.model_host}/v1/another/path"], ["GET", f"https://{agent.model_host}/"],
        ["POST", "https://192.0.2.7/"],
    ]
    allowed = [["POST", f"https://{model['host']}{model['path']}"]] if model else []
    outcome = run(
        tmp_path, place, ["/usr/bin/python3", str(script), json.dumps(tries + allowed)],
        base_environment(agent, place.home), options=["--policy", str(both.policy), "--agent", agent.name],
    )
    assert outcome.exit_code == 0, outcome.describe()
    reached = {(line["method"], f"https://{line['host']}{line['path']}") for line in outcome.received}
    assert reached == {(method, url.split("?")[0]) for method, url in allowed}, (reached, both.policy.read_text())
    assert len([e for e in outcome.exchanges if e["decision"] == "block"]) >= len(tries), outcome.exchanges
