"""`sallyport watch` beside real runs: what it shows is what the report says, and what a person answers there counts."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from typing import Any, Iterator

import pytest

from agents import Agent
from plain_sandbox import base_environment
from sallyport_run import Outcome, run
from sample import Place
from screen import Sitting

ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "sample"}
POLICY = """\
version: 1
posture: control
ask-timeout: 60s
rules:
  - {name: asked, when: {destination: "*.asked.example"}, then: ask, because: It is new here.}
  - {name: open, when: {destination: open.example}, then: allow}
"""
AGENT = """
curl -s -m 50 -d one=1 https://first.asked.example/one; curl -s -m 50 -d two=2 https://second.asked.example/two
curl -s -m 50 -d three=3 https://open.example/three
until test -e leave; do sleep 0.1; done
exit 5
"""


class Running(threading.Thread):
    """A run in the background of a test."""

    def __init__(self, directory: Path, place: Place, command: list[str], environment: dict[str, str], **settings: Any):
        super().__init__()
        self._work = lambda: run(directory, place, command, environment, **settings)
        self._outcome: Outcome | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._outcome = self._work()
        except Exception as error:  # for whoever waits for the outcome
            self._error = error

    def finish(self) -> Outcome:
        self.join()
        if self._error:
            raise self._error
        assert self._outcome
        return self._outcome


@pytest.fixture
def asking(tmp_path: Path, place: Place, sallyport: Path) -> Iterator[Running]:
    """A run that asks twice, has no terminal, and ends once its workspace has a file `leave`."""
    policy = tmp_path / "policy.yaml"
    policy.write_text(POLICY)
    running = Running(
        tmp_path, place, ["/bin/bash", "-c", AGENT], {**ENVIRONMENT, "HOME": str(place.home)},
        options=["--quiet", "--policy", str(policy)],
    )
    yield running
    (place.workspace / "leave").touch()
    if running.ident:
        running.join()


def watching(sallyport: Path, place: Place, *, rows: int = 24, columns: int = 80) -> Sitting:
    return Sitting(
        [str(sallyport), "watch", "--wait"], place.workspace, {**ENVIRONMENT, "HOME": str(place.home)}, rows, columns
    )


def test_what_is_told_is_what_the_report_says(tmp_path: Path, place: Place, sallyport: Path, codex: Agent) -> None:
    environment = base_environment(codex, place.home)
    watch = subprocess.Popen(
        [str(sallyport), "watch", "--wait", "--json"], cwd=place.workspace, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    outcome = run(tmp_path, place, codex.command, environment, read=codex.read_paths())
    told, errors = watch.communicate(timeout=60)
    assert (watch.returncode, outcome.exit_code) == (0, 0), errors + outcome.describe()
    messages = [json.loads(line) for line in told.splitlines()]
    assert [messages[0]["type"], messages[-1]["type"]] == ["run", "ended"]
    assert messages[0]["run"] == outcome.report["run"]
    last = {m["exchange"]["sequence"]: m["exchange"] for m in messages if m["type"] == "exchange"}
    assert len(outcome.exchanges) > 1
    assert [last[sequence] for sequence in sorted(last)] == outcome.exchanges
    assert messages[-1]["totals"] == outcome.report["totals"]
    assert json.loads(Path(messages[-1]["report"]).read_text()) == outcome.report


def test_a_person_answers_where_the_run_has_no_terminal(place: Place, sallyport: Path, asking: Running) -> None:
    with watching(sallyport, place) as person:
        asking.start()
        person.wait_for("first.asked.example:443")
        assert "because It is new here." in person.screen.text
        # A key counts once the question has been there for a moment.
        person.wait_for("second.asked.example:443", typing="y")
        person.wait_until_gone("? ", typing="n")
        shown = person.wait_for("open.example")
        assert len(shown.splitlines()) == 24
        (place.workspace / "leave").touch()
        assert person.finish() == 0
        assert person.modes == person.modes_before
        assert not person.screen.is_alternate and person.screen.is_cursor_shown
        assert "with exit 5" in person.screen.text
    outcome = asking.finish()
    assert outcome.exit_code == 5, outcome.describe()
    decisions = {e["host"]: (e["decision"] != "block", e["reasons"][-1]["statement"]) for e in outcome.exchanges}
    assert decisions["first.asked.example"] == (True, "a person said yes in sallyport watch")
    assert decisions["second.asked.example"] == (False, "a person said no in sallyport watch")
    hosts = {line["host"] for line in outcome.received}
    assert "first.asked.example" in hosts and "second.asked.example" not in hosts


def test_who_leaves_leaves_the_run_alone(place: Place, sallyport: Path, asking: Running) -> None:
    with watching(sallyport, place) as person:
        asking.start()
        person.wait_for("first.asked.example:443")
        person.resize(12, 60)
        shown = person.wait_for("first.asked.example:443")
        assert all(len(line) <= 60 for line in shown.splitlines())
        person.wait_for("second.asked.example:443", typing="y")
        person.type("\x03")
        assert person.finish() == 0
        assert person.modes == person.modes_before
        assert not person.screen.is_alternate and person.screen.is_cursor_shown
    # Another one comes, finds the question as it is, and is ended by a signal.
    with watching(sallyport, place) as person:
        person.wait_for("second.asked.example:443")
        person.process.terminate()
        assert person.finish() == 0
        assert person.modes == person.modes_before and not person.screen.is_alternate
    with watching(sallyport, place, rows=10, columns=50) as person:
        person.wait_for("second.asked.example:443")
        person.wait_until_gone("? ", typing="y")
        (place.workspace / "leave").touch()
        assert person.finish() == 0
    outcome = asking.finish()
    assert outcome.exit_code == 5, outcome.describe()
    assert {line["host"] for line in outcome.received} >= {"first.asked.example", "second.asked.example"}
