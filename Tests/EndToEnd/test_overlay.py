"""A run in an overlay: what it writes waits, and its lines are told under their names in the workspace."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from sallyport_run import Outcome, run
from sample import make_place

WRITTEN = "".join(f"def take_{name}(reader, {name}_size):\n    return reader.read({name}_size)\n\n" for name in "abcdefgh")


@pytest.fixture(scope="module")
def outcome(sallyport: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    directory = tmp_path_factory.mktemp("overlay")
    place = make_place(directory)
    script = f"mkdir -p lib && cat > lib/written.py <<'E'\n{WRITTEN}E\ncurl -sS --data-binary @lib/written.py https://api.anthropic.com/v1/messages; true"
    return run(
        directory, place, ["/bin/sh", "-c", script], {"HOME": str(place.home), "PATH": "/usr/bin:/bin"},
        options=["--overlay"],
    )


def test_the_workspace_is_as_it_was(outcome: Outcome) -> None:
    assert outcome.exit_code == 0, outcome.describe()
    assert not (outcome.place.workspace / "lib").exists()
    assert outcome.report["overlay"]["waiting"] == 2


def test_what_was_written_inside_is_told_by_its_name(outcome: Outcome) -> None:
    sources = [source for exchange in outcome.exchanges for source in exchange["sources"]]
    assert {source["path"] for source in sources} == {"lib/written.py"}, json.dumps(outcome.exchanges, indent=1)
    assert max(source["endLine"] for source in sources) >= len(WRITTEN.splitlines()) - 1


def test_applying_brings_it(sallyport: Path, outcome: Outcome) -> None:
    subprocess.run([sallyport, "changes", "apply"], env=outcome.environment, cwd=outcome.place.workspace, check=True)
    assert (outcome.place.workspace / "lib" / "written.py").read_text() == WRITTEN
