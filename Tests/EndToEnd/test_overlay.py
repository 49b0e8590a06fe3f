"""A run in an overlay: what it writes waits, and its lines are told under their names in the workspace."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from agents import Agent
from plain_sandbox import base_environment
from sallyport_run import run
from sample import Place

WRITTEN = "".join(f"def take_{name}(reader, {name}_size):\n    return reader.read({name}_size)\n\n" for name in "abcdefgh")


def test_a_run_in_an_overlay(sallyport: Path, place: Place, tmp_path: Path) -> None:
    script = (
        f"mkdir -p lib && cat > lib/written.py <<'E'\n{WRITTEN}E\n"
        "curl -sS --data-binary @lib/written.py https://api.anthropic.com/v1/messages; true"
    )
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin"}
    outcome = run(tmp_path, place, ["/bin/sh", "-c", script], environment, options=["--overlay"])

    # The workspace is as it was.
    assert outcome.exit_code == 0, outcome.describe()
    assert not (place.workspace / "lib").exists()
    assert outcome.report["overlay"]["waiting"] == 2

    # What was written inside is told by its name.
    sources = [source for exchange in outcome.exchanges for source in exchange["sources"]]
    assert {source["path"] for source in sources} == {"lib/written.py"}, json.dumps(outcome.exchanges, indent=1)
    assert max(source["endLine"] for source in sources) >= len(WRITTEN.splitlines()) - 1

    # Applying brings it.
    subprocess.run([sallyport, "changes", "apply"], env=environment, cwd=place.workspace, check=True)
    assert (place.workspace / "lib" / "written.py").read_text() == WRITTEN


def test_what_a_real_agent_writes_waits(sallyport: Path, agent: Agent, place: Place, tmp_path: Path) -> None:
    outcome = run(
        tmp_path, place, agent.command, base_environment(agent, place.home), read=agent.read_paths(),
        options=["--overlay"],
    )
    written = place.workspace / "hello.txt"
    assert outcome.exit_code == 0, outcome.describe()
    assert not written.exists()
    subprocess.run([sallyport, "changes", "apply"], env=outcome.environment, cwd=place.workspace, check=True)
    assert written.read_text() == "hello from the scripted model\n"
