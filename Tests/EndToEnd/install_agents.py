"""Installs the real agents, each into a virtual environment of its own, in parallel.

    python3 install_agents.py [NAME...]

The directory is $SALLYPORT_TEST_CACHE, or `.venv-e2e` at the repository's root. What is there already and was
made from the same requirements is kept. An agent that cannot be installed costs no other: the reason is printed,
and kept in NAME.skipped for the tests to print again. Exits 0 unless the testbed's own packages are missing.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "agents" / "requirements"
TESTBED = "testbed"
INSTALL_LIMIT = 900  # seconds for one environment
NEWEST_MINOR = 14  # the newest Python 3 that the pinned wheels are made for


@dataclass(frozen=True)
class Environment:
    """One set of packages and the Python versions that it runs on (minor numbers of Python 3)."""

    name: str
    oldest_minor: int = 11
    newest_minor: int = NEWEST_MINOR


ENVIRONMENTS = (
    Environment(TESTBED),
    Environment("claude-code"),
    Environment("codex"),
    Environment("mistral-vibe", oldest_minor=12),
    Environment("mini-swe-agent"),
    Environment("aider", newest_minor=12),
    Environment("sdks"),
)


def cache_directory() -> Path:
    """Where the environments are."""
    given = os.environ.get("SALLYPORT_TEST_CACHE")
    return Path(given).resolve() if given else HERE.parent.parent / ".venv-e2e"


def find_python(environment: Environment) -> str | None:
    """A Python that these packages run on: this one, one on the path, or one of pyenv's."""
    for candidate in _candidates():
        minor = _minor(candidate)
        if minor is not None and environment.oldest_minor <= minor <= environment.newest_minor:
            return candidate
    return None


def _candidates() -> list[str]:
    named = [shutil.which(f"python3.{minor}") for minor in range(11, NEWEST_MINOR + 1)]
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    try:
        from_pyenv = sorted(str(path) for path in root.glob("versions/3.*/bin/python3"))
    except OSError:  # somebody else's
        from_pyenv = []
    return [sys.executable, *(name for name in named if name), *from_pyenv]


def _minor(python: str) -> int | None:
    """The minor version, or nothing when this program does not run (pyenv's shims often do not)."""
    question = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = answer.stdout.split()
    return int(minor) if major == "3" else None


def install(environment: Environment, cache: Path) -> str:
    """Installs one environment; gives a line to print. Raises `RuntimeError` with the reason when it cannot."""
    requirements = REQUIREMENTS / f"{environment.name}.txt"
    fingerprint = hashlib.sha256(requirements.read_bytes()).hexdigest()
    place = cache / environment.name
    stamp = place / "installed-from"
    if stamp.is_file() and stamp.read_text() == fingerprint and _minor(str(place / "bin" / "python3")) is not None:
        return "kept"
    python = find_python(environment)
    if python is None:
        wanted = f"3.{environment.oldest_minor} to 3.{environment.newest_minor}"
        raise RuntimeError(f"needs Python {wanted} with venv (Debian: python3-venv), and none was found")
    started = time.monotonic()
    shutil.rmtree(place, ignore_errors=True)
    _run([python, "-m", "venv", str(place)])
    # Everything is pinned, so nothing is resolved; byte code is made where and when it is needed.
    pip = [str(place / "bin" / "python3"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run([*pip, "--no-deps", "--no-compile", "--only-binary", ":all:", "--requirement", str(requirements)])
    stamp.write_text(fingerprint)
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file() and not file.is_symlink())
    return f"installed in {time.monotonic() - started:.0f} s, {size / 1e6:.0f} MB"


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_LIMIT, check=True)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{command[0]} took longer than {INSTALL_LIMIT} s") from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines() or ["said nothing"]
        raise RuntimeError(f"{' '.join(command[:4])} ...: {' | '.join(said[-3:])}") from None


def _report(environment: Environment, cache: Path) -> bool:
    skipped = cache / f"{environment.name}.skipped"
    try:
        line = install(environment, cache)
    except (RuntimeError, OSError) as error:
        skipped.write_text(str(error))
        print(f"{environment.name}: SKIPPED: {error}", flush=True)
        return False
    skipped.unlink(missing_ok=True)
    print(f"{environment.name}: {line}", flush=True)
    return True


def main(names: list[str]) -> int:
    known = {environment.name: environment for environment in ENVIRONMENTS}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"install_agents: no agent is named {', '.join(unknown)}; there are: {', '.join(known)}")
        return 2
    cache = cache_directory()
    cache.mkdir(parents=True, exist_ok=True)
    chosen = [known[name] for name in names] or list(ENVIRONMENTS)
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as workers:
        results = dict(zip(chosen, workers.map(lambda environment: _report(environment, cache), chosen)))
    return 0 if results.get(known[TESTBED], True) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
