"""Secrets, customers' data and the organisation's own code stay here, and the agent's task succeeds all the same: redact and restore."""

from __future__ import annotations

import binascii
import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from agents import AGENTS, CLAUDE_CODE_AT_BEDROCK, Agent
from plain_sandbox import base_environment
from sallyport_run import Outcome, run, sallyport_program, verify_ledger
from sample import Place, make_place

WITH_TOOLS = [*(agent for agent in AGENTS if agent.name != "aider"), CLAUDE_CODE_AT_BEDROCK]
PLACEHOLDER = re.compile(rb"REDACTED_[a-z0-9_]+_[a-z2-9]{10}(?![a-z0-9_])")
POLICY = """version: 1
posture: control
rules:
  - name: customers' data stays here
    when: {class: [personal, financial], grade: redact, purpose: model}
    then: redact
  - name: our code stays here
    when: {class: proprietary, grade: redact, purpose: model}
    then: redact
"""
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def github_token(seed: int) -> str:
    """One with the checksum of a real one, and worth nothing."""
    letters = random.Random(seed)
    body = "".join(letters.choice(BASE62) for _ in range(30))
    check, digits = binascii.crc32(body.encode()), ""
    for _ in range(6):
        check, digit = divmod(check, 62)
        digits = BASE62[digit] + digits
    return f"ghp_{body}{digits}"


def iban(bank: str) -> str:
    """A German account's number with its check digits (ISO 13616)."""
    letters = "".join(str(int(letter, 36)) for letter in f"{bank}DE00")
    return f"DE{98 - int(letters) % 97:02}{bank}"


TOKEN = github_token(7)
CUSTOMERS = [
    ("Ada Byron", "ada.byron@northwind-traders.com", iban("500105178234917263")),
    ("Grace Hopper", "grace.hopper@adventure-works.com", iban("370400448102937465")),
]
VALUES = [TOKEN, *(value for _, mail, account in CUSTOMERS for value in (mail, account))]
FILES = {
    "settings.env": f"GITHUB_TOKEN={TOKEN}\nREGION=eu-west-1\n",
    "customers.csv": "name,email,iban\n" + "".join(",".join(row) + "\n" for row in CUSTOMERS),
}
CODE = [
    line
    for number, word in enumerate(["harbour", "anchor", "lantern", "rudder", "mooring", "ballast", "compass", "keel"], 3)
    for line in (
        f"def {word}_dues(vessel, tide={number * 7}):",
        f"    {word}_share = vessel.tonnage * {number * 13} // tide - vessel.{word}_rebate",
        f"    return max({word}_share, {number * 101}) + lookup_{word}_levy(vessel.flag, tide)",
    )
]
"""What stands in an indexed repository elsewhere, and was copied into the workspace."""
STEPS = [{"read": "settings.env"}, {"read": "customers.csv"}, {"read": "dues.py"}, {"repeat": "repeated.txt"}]
OF_SCRIPTS = {"codex"}
"""Agents whose models write scripts: what has several lines cannot be put back into a script's strings (docs/redaction.md)."""


def index(directory: Path, place: Place, environment: dict[str, str]) -> None:
    """Indexes a repository that is not the workspace, a file of which the workspace has a copy of."""
    (directory / "harbour").mkdir()
    for copy in (directory / "harbour" / "dues.py", place.workspace / "dues.py"):
        copy.write_text("\n".join(CODE) + "\n")
    subprocess.run(
        [str(sallyport_program()), "index", str(directory / "harbour")], env=environment, cwd=place.workspace,
        check=True, capture_output=True, timeout=60,
    )


@pytest.fixture(scope="module")
def outcome_of(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs each agent once."""
    outcomes: dict[str, Outcome | Exception] = {}

    def of(agent: Agent) -> Outcome:
        if agent.skipped:
            pytest.skip(agent.skipped)
        if agent.label not in outcomes:
            directory = tmp_path_factory.mktemp(agent.label)
            place = make_place(directory)
            for name, text in FILES.items():
                (place.workspace / name).write_text(text)
            policy = directory / "policy.yaml"
            policy.write_text(POLICY)
            last = {**STEPS[-1], "without": "own_code"} if agent.name in OF_SCRIPTS else STEPS[-1]
            steps = [word for step in [*STEPS[:-1], last] for word in ("--step", json.dumps(step))]
            environment = base_environment(agent, place.home)
            index(directory, place, environment)
            try:
                outcomes[agent.label] = run(
                    directory, place, agent.command, environment, read=agent.read_paths(),
                    options=["--policy", str(policy)], server_options=[*steps, "--compress"],
                )
            except Exception as error:
                outcomes[agent.label] = error
        outcome = outcomes[agent.label]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return of


@pytest.fixture(params=WITH_TOOLS, ids=lambda agent: agent.label)
def agent(request: pytest.FixtureRequest) -> Agent:
    return request.param


@pytest.fixture
def outcome(agent: Agent, sallyport: Path, outcome_of: Any) -> Outcome:
    return outcome_of(agent)


def bodies(outcome: Outcome) -> list[bytes]:
    """What the server received, over HTTP and WebSockets."""
    return [Path(line["bodyFile"]).read_bytes() for line in outcome.journal if "bodyFile" in line]


def test_the_model_receives_no_value(outcome: Outcome) -> None:
    received = bodies(outcome)
    assert received, outcome.describe()
    for value in VALUES:
        assert not [body for body in received if value.encode() in body], value


def test_the_model_receives_no_line_of_our_code(outcome: Outcome) -> None:
    for line in CODE:
        text = json.dumps(line.strip())[1:-1].encode()
        assert not [body for body in bodies(outcome) if text in body], line


def test_the_model_receives_placeholders(outcome: Outcome) -> None:
    seen = {placeholder for body in bodies(outcome) for placeholder in PLACEHOLDER.findall(body)}
    code = {placeholder for placeholder in seen if placeholder.startswith(b"REDACTED_own_code")}
    assert code, (seen, outcome.describe())
    # Some agents tell of the person's own address besides.
    assert len(VALUES) <= len(seen - code) <= len(VALUES) + 1, (seen, outcome.describe())


def test_the_agent_writes_the_values(outcome: Outcome, agent: Agent) -> None:
    written = outcome.place.workspace / "repeated.txt"
    assert written.is_file(), outcome.describe()
    assert set(VALUES) <= set(written.read_text().split()), outcome.describe()
    assert "REDACTED_" not in written.read_text()
    if agent.name in OF_SCRIPTS:
        # What the model said has the code again, as JSON lines.
        assert all(json.dumps(line.strip())[1:-1] in outcome.output for line in CODE), outcome.describe()
    else:
        assert all(line.strip() in written.read_text() for line in CODE), outcome.describe()


def test_the_task_succeeds(outcome: Outcome) -> None:
    assert outcome.exit_code == 0, outcome.describe()
    assert (outcome.place.workspace / "hello.txt").read_text() == "hello from the scripted model\n"


def test_the_record_tells_of_it_and_has_no_value(outcome: Outcome) -> None:
    redacted = [exchange for exchange in outcome.exchanges if exchange["decision"] == "redact"]
    assert redacted, outcome.describe()
    assert any(exchange.get("restored", 0) > 0 for exchange in outcome.exchanges)
    assert verify_ledger(outcome).returncode == 0
    state = outcome.place.home / ".local" / "state" / "sallyport"
    for file in state.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not [value for value in VALUES if value.encode() in content], file


def test_what_was_taken_out_is_listed_turned_back_and_forgotten(outcome: Outcome, sallyport: Path) -> None:
    def command(*words: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(sallyport), "redactions", *words], env=outcome.environment, cwd=outcome.place.workspace, input=text,
            capture_output=True, timeout=60,
        )

    kept = [json.loads(line) for line in command("list", "--json").stdout.splitlines()]
    assert len(kept) == 1 and sum(kept[0]["values"].values()) >= len(VALUES), kept
    seen = b"\n".join({found for body in bodies(outcome) for found in PLACEHOLDER.findall(body)})
    assert set(VALUES) <= set(command("restore", text=seen).stdout.decode().split())
    assert command("erase", kept[0]["run"]).returncode == 0
    assert command("restore", text=seen).stdout == seen
