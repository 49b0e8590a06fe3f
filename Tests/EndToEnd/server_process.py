"""The scripted model server in a process of its own, for as long as a test needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from model_server.journal import read_journal

HERE = Path(__file__).resolve().parent
STOP_LIMIT = 10  # seconds


class ServerProcess:
    """Started on entry, ended on exit; the journal stays readable after that."""

    def __init__(self, directory: Path, workspace: Path, *options: str, ports: tuple[int, ...] = (0,)) -> None:
        self._command = [
            sys.executable, "-m", "model_server", "--directory", str(directory), "--workspace", str(workspace),
            *(word for port in ports for word in ("--listen", str(port))), *options,
        ]
        self._log = directory / "server.log"
        directory.mkdir(parents=True, exist_ok=True)
        self.ports: list[int] = []
        self.certificate = Path()
        self._journal = Path()

    def __enter__(self) -> "ServerProcess":
        with self._log.open("w") as log:
            self._process = subprocess.Popen(self._command, cwd=HERE, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the model server did not start:\n{self._log.read_text()}")
        facts = json.loads(line)
        self.ports = facts["ports"]
        self.certificate = Path(facts["certificate"])
        self._journal = Path(facts["journal"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def journal(self) -> list[dict[str, Any]]:
        """All that was received so far."""
        return read_journal(self._journal)

    def requests(self) -> list[dict[str, Any]]:
        """The HTTP requests received so far."""
        return [line for line in self.journal() if line["kind"] == "request"]
