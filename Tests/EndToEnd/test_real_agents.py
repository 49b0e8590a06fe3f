"""Five real agents under `sallyport run`, with proxy settings and without: what left is what was recorded."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agents import Agent
from plain_sandbox import base_environment
from sallyport_run import (
    WAYS_OF_COUNTING, Outcome, Sent, is_websocket, run, verify_independently, verify_ledger, was_let_go,
)
from sample import BAIT_MARKS, Place, make_place

MODES = {"with-proxy-settings": True, "transparent": False}

SLOWER_FACTOR = 1.5
SLOWER_SECONDS = 5.0


def run_agent(agent: Agent, directory: Path, place: Place, **settings: Any) -> Outcome:
    return run(
        directory, place, agent.command, base_environment(agent, place.home), read=agent.read_paths(), **settings
    )


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs each agent once a mode, on first use; the tests look at the same run from different sides."""
    outcomes: dict[tuple[str, str], Outcome | Exception] = {}

    def of(agent: Agent, mode: str) -> Outcome:
        if (agent.name, mode) not in outcomes:
            directory = tmp_path_factory.mktemp(f"{agent.name}-{mode}")
            try:
                # Proxy settings and TCP, transparent and a Unix socket: both ways to a scripted upstream are used.
                outcomes[agent.name, mode] = run_agent(
                    agent, directory, make_place(directory), proxy_settings=MODES[mode],
                    over_unix_socket=not MODES[mode],
                )
            except Exception as error:  # every test of this run tells of it, and it is not run again
                outcomes[agent.name, mode] = error
        outcome = outcomes[agent.name, mode]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return of


@pytest.fixture(params=list(MODES))
def outcome(request: pytest.FixtureRequest, sallyport: Path, agent: Agent, finished: Any) -> Outcome:
    return finished(agent, request.param)


def test_the_task_succeeds(outcome: Outcome) -> None:
    assert outcome.exit_code == 0, outcome.describe()
    written = outcome.place.workspace / "hello.txt"
    assert written.is_file(), outcome.describe()
    assert written.read_text() == "hello from the scripted model\n"


def test_every_host_is_recorded_with_its_purpose(outcome: Outcome) -> None:
    purposes: dict[str, set[str]] = {}
    for exchange in outcome.exchanges:
        if exchange["protocol"] == "dns":
            continue  # a name is no purpose yet
        purposes.setdefault(exchange["host"], set()).add(exchange.get("purpose") or "unknown")
    tried = {line["host"] for line in outcome.received}
    assert tried, outcome.describe()
    assert tried <= purposes.keys(), f"reached the server, and are not in the report: {tried - purposes.keys()}"
    unknown = {host for host, found in purposes.items() if "unknown" in found}
    assert not unknown, f"the catalogue does not say what these are for: {unknown}"


def test_bytes_received_are_bytes_recorded(outcome: Outcome) -> None:
    recorded = outcome.forwarded_counts("forwardedBytes")
    assert recorded, outcome.describe()
    # One way of counting must hold for every request of the run.
    differences = {way: _difference(outcome.received_counts(way), recorded) for way in WAYS_OF_COUNTING}
    assert any(not difference for difference in differences.values()), json.dumps(differences, indent=1)


def test_bodies_received_are_bodies_recorded(outcome: Outcome) -> None:
    if not all("requestBodyBytes" in exchange for exchange in outcome.exchanges):
        pytest.skip("this report does not count bodies apart")
    assert _difference(outcome.received_counts("body"), outcome.forwarded_counts("requestBodyBytes")) == {}


def _difference(received: Counter[Sent], recorded: Counter[Sent]) -> dict[str, list[Sent]]:
    """What only one side knows."""
    sides = {"received, not recorded": received - recorded, "recorded, not received": recorded - received}
    return {side: list(counts.elements()) for side, counts in sides.items() if counts}


def test_every_byte_was_inspected(outcome: Outcome) -> None:
    for exchange in outcome.exchanges:
        assert exchange["requestBytes"] == exchange["inspectedBytes"], exchange
        if not was_let_go(exchange):
            assert exchange["forwardedBytes"] == 0, exchange


def test_websocket_bytes_received_are_bytes_recorded(outcome: Outcome) -> None:
    ends = [line for line in outcome.journal if line["kind"] == "websocket-end"]
    recorded = sum(exchange["inspectedBytes"] for exchange in outcome.exchanges if is_websocket(exchange))
    # Either the messages before compression, or the frames as they were on the wire.
    assert recorded in {sum(line["messageBytes"] for line in ends), sum(line["wireBytes"] for line in ends)}


def test_the_real_key_reaches_only_its_own_hosts(outcome: Outcome, agent: Agent) -> None:
    hosts = {line["host"] for line in outcome.journal if _carries(line, agent.key)}
    assert agent.model_host in hosts, "the model's host did not get the real key"
    assert hosts <= set(agent.key_hosts), f"the real key reached {hosts - set(agent.key_hosts)}"


def _carries(line: dict[str, Any], key: str) -> bool:
    if key in json.dumps(line.get("headers", [])) or key in line.get("target", ""):
        return True
    return "bodyFile" in line and key.encode() in Path(line["bodyFile"]).read_bytes()


def test_the_agent_never_holds_the_real_key(outcome: Outcome, agent: Agent) -> None:
    told = (outcome.place.workspace / "agent-environment.txt").read_text()
    assert f"{agent.key_variable}=" in told, "the agent was started without any key"
    for root in (outcome.place.workspace, outcome.place.home):
        for file in root.rglob("*"):
            # Sallyport's own state is its user's; the agent's files must not know the key.
            if file.is_file() and not file.is_symlink() and "sallyport" not in str(file.relative_to(root)):
                holds_key = agent.key.encode() in file.read_bytes()
                assert not holds_key, f"{file} holds the real key"


def test_bait_in_the_home_goes_nowhere(outcome: Outcome) -> None:
    for line in outcome.journal:
        taken = [mark for mark in BAIT_MARKS if _carries(line, mark)]
        assert not taken, (line["host"], line["path"], taken)


def test_the_ledger_verifies(outcome: Outcome) -> None:
    verified = verify_ledger(outcome)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    independent = verify_independently(outcome)
    assert independent.returncode == 0, independent.stderr
    indices = [exchange["ledgerIndex"] for exchange in outcome.exchanges]
    assert all(isinstance(index, int) for index in indices)
    assert len(set(indices)) == len(indices), "two exchanges share one entry"


def test_streams_compressed_upstream_are_understood(
    sallyport: Path, agent: Agent, place: Place, tmp_path: Path
) -> None:
    outcome = run_agent(agent, tmp_path, place, server_options=["--compress"])
    assert outcome.exit_code == 0, outcome.describe()
    assert (place.workspace / "hello.txt").is_file(), outcome.describe()


def test_blocked_telemetry_slows_nobody(sallyport: Path, agent: Agent, tmp_path: Path) -> None:
    seconds: dict[str, float] = {}
    for action in ("allow", "block"):
        directory = tmp_path / action
        directory.mkdir()
        policy = Path(__file__).resolve().parent / "policies" / f"telemetry-{action}.yaml"
        outcome = run_agent(agent, directory, make_place(directory), options=["--policy", str(policy)])
        assert outcome.exit_code == 0, outcome.describe()
        assert (outcome.place.workspace / "hello.txt").is_file(), outcome.describe()
        telemetry = [
            exchange for exchange in outcome.exchanges
            if exchange["purpose"] == "telemetry" and exchange["protocol"] != "dns"
        ]
        if action == "block":
            let_out = [e for e in telemetry if e["decision"] != "block" or e["forwardedBytes"] != 0]
            assert not let_out, let_out[:3]
            # A quiet answer is one that makes no client try again or report a failure.
            loud = [e for e in telemetry if not 200 <= e["status"] < 300]
            assert not loud, loud[:3]
        seconds[action] = outcome.seconds
    assert seconds["block"] <= SLOWER_FACTOR * seconds["allow"] + SLOWER_SECONDS, seconds


def test_the_exit_code_of_the_agent_is_passed_on(sallyport: Path, place: Place, tmp_path: Path) -> None:
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    assert run(tmp_path, place, ["sh", "-c", "exit 37"], environment).exit_code == 37
