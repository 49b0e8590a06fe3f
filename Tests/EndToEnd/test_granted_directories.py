"""What is granted beside the workspace is protected as that is: git outside runs nothing of the agent's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sallyport_run import run
from sample import Place

PAYLOAD = "printf '#!/bin/sh\\ntouch %s\\n' \"$MARK\" > /tmp/payload; chmod 755 /tmp/payload"

ATTEMPTS = {
    "new file": "cp /tmp/payload .git/hooks/pre-commit",
    "change": "cat /tmp/payload > .git/hooks/post-commit",
    "through a link": "ln -s .git/hooks l; cp /tmp/payload l/pre-commit",
    "link in its place": "cp /tmp/payload own; ln -s ../../own .git/hooks/pre-commit",
    "rename": "cp /tmp/payload own; mv -f own .git/hooks/post-commit",
    "rename of the directory": "mkdir h; cp /tmp/payload h/pre-commit; mv .git/hooks old; mv h .git/hooks",
    "another repository": "cp -r .git g; cp /tmp/payload g/hooks/pre-commit; mv .git old; mv g .git",
    "hooks elsewhere": "mkdir h; cp /tmp/payload h/pre-commit; git config core.hooksPath $PWD/h",
    "a program for status": "git config core.fsmonitor /tmp/payload",
    "a repository in it": "git init -q n; cp /tmp/payload n/.git/hooks/post-commit; git -C n config core.fsmonitor x",
}


def git(directory: Path, *arguments: str, environment: dict[str, str]) -> str:
    """Runs git outside, as the user does after the run."""
    return subprocess.run(
        ["git", "-C", directory, *arguments], env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_no_hook_comes_to_a_granted_repository(attempt: str, place: Place, tmp_path: Path) -> None:
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin"}
    other, mark = tmp_path / "other", tmp_path / "evil-ran"
    other.mkdir()
    git(other, "init", "-q", environment=environment)
    hook = other / ".git" / "hooks" / "post-commit"
    hook.write_text("#!/bin/sh\necho own >> own-ran\n")
    hook.chmod(0o755)

    work = "echo fine > allowed; git add allowed"
    script = f"export MARK={mark}; {PAYLOAD}; cd {other}; ({attempt}) 2> /dev/null; {work}"
    outcome = run(tmp_path, place, ["/bin/sh", "-c", script], environment, options=["--write", str(other)])
    assert outcome.exit_code == 0, outcome.describe()

    # What the agent is for goes on, and what the user's own git does afterwards starts nothing of the agent's.
    assert git(other, "diff", "--cached", "--name-only", environment=environment) == "allowed\n"
    git(other, "commit", "-q", "-m", "mine", environment=environment)
    git(other, "status", environment=environment)
    assert (other / "own-ran").read_text() == "own\n"
    assert not mark.exists()
    assert not os.path.lexists(other / ".git" / "hooks" / "pre-commit")
    if (other / "n").exists():
        git(other / "n", "-c", "user.name=a", "commit", "-q", "--allow-empty", "-m", "x", environment=environment)
        assert not mark.exists()
    told = {(line["path"], line["outcome"]) for line in outcome.report["protected"]}
    assert told and all(path.startswith(f"{other}/") for path, _ in told), told
    assert {result for _, result in told} <= {"refused", "put-back"}


def test_a_grant_of_the_home_is_told_as_not_protected(place: Place, tmp_path: Path) -> None:
    # Its own state in the home would be shown.
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin", "SALLYPORT_HOME": str(tmp_path / "state")}
    outcome = run(
        tmp_path, place, ["/bin/sh", "-c", "echo x > ~/.envrc"], environment, options=["--write", str(place.home)]
    )
    assert outcome.exit_code == 0, outcome.describe()
    assert f"since your home directory or an agent's own files are there: {place.home}" in outcome.errors
    assert outcome.report["notLookedAt"] == [str(place.home)]
    assert (place.home / ".envrc").read_text() == "x\n"
