"""The control: each agent does its task against the scripted server without Sallyport in between."""

from __future__ import annotations

from pathlib import Path

from agents import Agent
from plain_sandbox import run_directly
from sample import Place
from server_process import ServerProcess

RUN_LIMIT = 120  # seconds


def test_the_agent_does_its_task(agent: Agent, place: Place, tmp_path: Path) -> None:
    with ServerProcess(tmp_path / "server", place.workspace, "--names", "53", ports=(443, 80)) as server:
        done = run_directly(agent, place, server.certificate, tmp_path, RUN_LIMIT)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert (place.workspace / "hello.txt").read_text() == "hello from the scripted model\n"
    # Without Sallyport the key is in the environment of the agent's children and goes to the model's host.
    assert agent.key in (place.workspace / "agent-environment.txt").read_text()
    seen = [line["host"] for line in server.requests() if agent.key in str(line["headers"])]
    assert agent.model_host in seen


def test_codex_falls_back_to_posts(place: Place, tmp_path: Path, codex: Agent) -> None:
    options = ("--names", "53", "--refuse-upgrade")
    with ServerProcess(tmp_path / "server", place.workspace, *options, ports=(443, 80)) as server:
        done = run_directly(codex, place, server.certificate, tmp_path, RUN_LIMIT)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert (place.workspace / "hello.txt").exists()
    posts = [line for line in server.requests() if line["method"] == "POST" and line["path"] == "/v1/responses"]
    assert {line["version"] for line in posts} == {"2"}
