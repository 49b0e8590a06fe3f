"""What one trial has: a server that writes down all it receives, a user's home with a ledger, and runs under load."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Sequence

from isolation import require_isolation
from sallyport_run import sallyport_program

from .comparison import Comparison
from .ledger_files import read_entries

HERE = Path(__file__).resolve().parent
PATIENCE = 60.0  # seconds that anything may take on a busy machine before it counts as hung
POLICY = """\
version: 1
posture: control
durability: {durability}
rules:
  - {{name: load, when: {{destination: "*.trials.example"}}, then: allow}}
"""


def wait_until(condition: Callable[[], bool], what: str, pause: float = 0.005) -> None:
    """Looks again and again; a condition that does not come is a failure."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE:.0f} s: {what}"
        time.sleep(pause)


class World:
    """One server and one installation of Sallyport, for as many runs as a trial needs."""

    def __init__(self, directory: Path) -> None:
        require_isolation()
        self.directory = directory
        self.home, self.workspace = directory / "home", directory / "workspace"
        self.state = self.home / ".local" / "state" / "sallyport"
        self.ledger = self.state / "ledger"
        for made in (self.home, self.workspace, directory / "server"):
            made.mkdir(parents=True, exist_ok=True)
        for durability in ("process", "disk"):
            (directory / f"{durability}.yaml").write_text(POLICY.format(durability=durability))
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        self.comparison = Comparison(self.state)
        self._read_to = 0
        self._known_entries = 0

    def __enter__(self) -> "World":
        self._server = subprocess.Popen(
            [sys.executable, "-m", "trials.server", str(self.directory / "server")], cwd=HERE.parent,
            stdout=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        facts = json.loads(self._server.stdout.readline())
        self.port, self.certificate = facts["port"], facts["certificate"]
        self._received_file = Path(facts["received"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.kill()
        self._server.wait()
        assert self._server.stdout is not None
        self._server.stdout.close()

    # ---------------------------------------------------------------- commands

    def start(
        self, *, durability: str = "process", seconds: float = 3600, lanes: Sequence[str] = ("h1", "h1", "h2", "ws"),
        environment: dict[str, str] = {},
    ) -> "LoadedRun":
        """A run whose agent is the load."""
        python = Path(sys.prefix) / "bin" / "python3"
        base = python.resolve().parent.parent
        reads = [HERE, Path(sys.prefix), *([] if base == Path("/usr") else [base])]
        command = [
            str(sallyport_program()), "run", "--quiet", "--policy", str(self.directory / f"{durability}.yaml"),
            "--connect-to", f"::127.0.0.1:{self.port}", "--upstream-ca", self.certificate,
            *(word for path in reads for word in ("--read", str(path))), "--",
            str(python), "-B", str(HERE / "load.py"), str(seconds), ",".join(lanes),
        ]
        return LoadedRun(command, self.workspace, {**self.environment, **environment}, self.directory)

    def sallyport(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(sallyport_program()), *words], cwd=self.workspace, env=self.environment, capture_output=True,
            text=True, timeout=PATIENCE)

    def verify(self) -> dict[str, Any]:
        """What `sallyport log verify` says; it must find nothing wrong."""
        done = self.sallyport("log", "verify", "--json")
        assert done.returncode == 0, f"log verify: {done.returncode}\n{done.stdout}\n{done.stderr}"
        facts: dict[str, Any] = json.loads(done.stdout)
        assert facts["verifies"] and facts["appendable"], facts
        return facts

    def verify_independently(self) -> None:
        """By a verifier that shares no code with Sallyport."""
        checker = HERE.parent / "ledger" / "check_tlog.py"
        done = subprocess.run(
            [sys.executable, "-B", str(checker), "--key", f"@{self.ledger / 'key.pub'}", "--ledger", str(self.ledger)],
            capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr

    # ---------------------------------------------------------------- records

    def has_ledger(self) -> bool:
        return (self.ledger / "checkpoint").is_file()

    def received(self) -> list[dict[str, Any]]:
        """What has arrived since the last call, once no connection is open any more."""
        lines: list[dict[str, Any]] = []

        def is_quiet() -> bool:
            with self._received_file.open("rb") as file:
                file.seek(self._read_to)
                content = file.read()
            whole = content[:content.rfind(b"\n") + 1]
            lines[:] = [json.loads(line) for line in whole.splitlines()]
            balance = sum((line["kind"] == "opened") - (line["kind"] == "closed") for line in lines)
            was, self._last_length = getattr(self, "_last_length", -1), self._read_to + len(content)
            return balance == 0 and whole == content and was == self._last_length

        wait_until(is_quiet, "every connection to the server has ended", pause=0.02)
        self._read_to = self._last_length
        return [line for line in lines if "sha256" in line]

    def arrived(self) -> list[dict[str, Any]]:
        """The same while connections are open; what it gives will be given again."""
        with self._received_file.open("rb") as file:
            file.seek(self._read_to)
            content = file.read()
        lines = [json.loads(line) for line in content[:content.rfind(b"\n") + 1].splitlines()]
        return [line for line in lines if "sha256" in line]

    def new_entries(self) -> tuple[list[dict[str, Any]], int]:
        """The entries that are durable and were not read before, and the bytes of a record that was never whole."""
        stored = read_entries(self.ledger, self._known_entries)
        for index in range(self._known_entries, self._known_entries + len(stored.entries)):
            assert index in stored.entries, f"entry {index} is missing between others"
        self._known_entries += len(stored.entries)
        return self.comparison.add(stored.entries), stored.torn_bytes

    def compare(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
        """Holds everything that has arrived to the entries on record; gives both, and torn bytes."""
        received = self.received()
        entries, torn = self.new_entries() if self.has_ledger() else ([], 0)
        self.comparison.match(received)
        assert not self.comparison.unmatched, f"left without an entry: {self.comparison.unmatched[:5]}"
        self.comparison.forget()
        return received, entries, torn

    def expect_nothing_lost(self) -> int:
        """Every entry that was ever read is still there, word for word; gives their number."""
        stored = read_entries(self.ledger)
        for index, entry in self.comparison.places.items():
            assert stored.entries.get(index) == entry, f"entry {index} has changed or gone"
        return len(self.comparison.places)


class LoadedRun:
    """One `sallyport run` in the background, and the processes of its sandbox."""

    def __init__(self, command: list[str], workspace: Path, environment: dict[str, str], directory: Path) -> None:
        self._workspace = workspace
        self._output = (directory / "output").open("w+")
        self._errors = (directory / "errors").open("w+")
        self.process = subprocess.Popen(
            command, cwd=workspace, env=environment, stdin=subprocess.DEVNULL, stdout=self._output,
            stderr=self._errors)
        # From here on, as another run's output may take the same names.
        (directory / "output").unlink()
        (directory / "errors").unlink()

    @property
    def output(self) -> str:
        return self._read(self._output)

    @property
    def errors(self) -> str:
        return self._read(self._errors)

    @staticmethod
    def _read(file: Any) -> str:
        with open(f"/proc/self/fd/{file.fileno()}", encoding="utf-8", errors="replace") as again:
            return again.read()

    def answers(self) -> list[list[str]]:
        """What the agent was answered: protocol, path, status."""
        return [line.split(" ", 2) for line in self.output.splitlines() if line.count(" ") >= 2]

    def wait_for_answers(self, count: int = 1) -> None:
        wait_until(
            lambda: len(self.answers()) >= count or self.process.poll() is not None, "the load is answered")
        assert self.process.poll() is None, f"the run ended early: {self.describe()}"

    def processes(self) -> dict[str, int]:
        """The pids of sallyport, relay, bwrap, init and agent, as far as they are there."""
        found = {"sallyport": self.process.pid}
        for pid in _descendants(self.process.pid):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            name = os.path.basename(words[0].decode(errors="replace"))
            if name in ("sallyport-init", "init") and len(words) > 1:
                found.setdefault(words[1].decode(errors="replace"), pid)
            elif name == "bwrap":
                found.setdefault("bwrap", pid)
            elif name.startswith("python"):
                found.setdefault("agent", pid)
        return found

    def kill(self, victim: str) -> None:
        """Kills one process of the run, and sees that the whole run ends."""
        family = [self.process.pid, *_descendants(self.process.pid)]
        handles = [handle for handle in map(_handle, family) if handle is not None]
        try:
            os.kill(self.processes()[victim], signal.SIGKILL)
            self.wait()
            for handle in handles:
                wait_until(lambda: _has_ended(handle), f"every process of the run ends after {victim} was killed")
        finally:
            for handle in handles:
                os.close(handle)

    def finish(self) -> int:
        """Lets the load come to its end."""
        stop = self._workspace / "stop"
        stop.touch()
        try:
            return self.wait()
        finally:
            stop.unlink()

    def wait(self) -> int:
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the run does not end: {self.describe()}") from None

    def end(self) -> None:
        """For a test that has failed."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._output.close()
        self._errors.close()

    def describe(self) -> str:
        return f"exit {self.process.poll()}\n{self.output[-1500:]}\n{self.errors[-1500:]}"


def _descendants(root: int) -> list[int]:
    """Children and theirs, breadth first."""
    found, queue = [], [root]
    while queue:
        pid = queue.pop(0)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                children = [int(word) for word in (task / "children").read_text().split()]
                found += children
                queue += children
        except OSError:
            continue
    return found


def _handle(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except OSError:
        return None


def _has_ended(handle: int) -> bool:
    return bool(select.select([handle], [], [], 0)[0])
