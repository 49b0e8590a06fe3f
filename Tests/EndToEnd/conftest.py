"""What all end-to-end tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agents import AGENTS, Agent
from install_agents import cache_directory
from isolation import require_isolation
from sallyport_run import sallyport_program
from sample import Place, make_place


def pytest_configure(config: pytest.Config) -> None:
    """No test of this directory may start where an agent could reach anything."""
    require_isolation()


def pytest_report_header() -> list[str]:
    """Says before the first test what will be left out, and why."""
    lines = [f"{agent.name}: {agent.skipped or 'installed'}" for agent in AGENTS]
    found = "found" if sallyport_program().is_file() else "NOT FOUND"
    return [*lines, f"sallyport: {sallyport_program()} ({found})"]


@pytest.fixture(params=AGENTS, ids=lambda agent: agent.name)
def agent(request: pytest.FixtureRequest) -> Agent:
    """Each real agent that could be installed."""
    if request.param.skipped:
        pytest.skip(request.param.skipped)
    return request.param


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh sample repository and home."""
    return make_place(tmp_path)


@pytest.fixture
def sallyport() -> Path:
    """The program under test; without it these tests fail, unless SALLYPORT_OPTIONAL=1 asks for the others alone."""
    program = sallyport_program()
    if not program.is_file():
        leave_out = pytest.skip if os.environ.get("SALLYPORT_OPTIONAL") == "1" else pytest.fail
        leave_out(f"{program} is not there: run `make build`, or set SALLYPORT")
    return program


@pytest.fixture
def sdk_python() -> Path:
    """The Python that has the plain SDKs."""
    reason = cache_directory() / "sdks.skipped"
    if reason.is_file():
        pytest.skip(f"the SDKs could not be installed: {reason.read_text()}")
    python = cache_directory() / "sdks" / "bin" / "python3"
    if not python.exists():
        pytest.skip("the SDKs are not installed: run Tests/EndToEnd/install_agents.sh")
    return python


@pytest.fixture
def codex() -> Agent:
    """Codex alone, for what only it does."""
    chosen = next(agent for agent in AGENTS if agent.name == "codex")
    if chosen.skipped:
        pytest.skip(chosen.skipped)
    return chosen
