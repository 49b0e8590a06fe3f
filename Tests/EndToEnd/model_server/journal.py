"""The record of everything that the server received: one JSON object a line, and each body in a file."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from pathlib import Path
from typing import Any


class Journal:
    """Appends to `journal.jsonl` in `directory`; bodies go to `bodies/NNNN`.

    Kinds of line: `connection` (TLS or plain, server name, ALPN), `request` (one HTTP request, complete),
    `message` (one WebSocket message), `websocket-end` (its totals) and `failure`.
    """

    def __init__(self, directory: Path) -> None:
        self.file = directory / "journal.jsonl"
        self._bodies = directory / "bodies"
        self._bodies.mkdir(parents=True, exist_ok=True)
        self._stream = self.file.open("a", encoding="utf-8")
        self._count = 0
        self._lock = threading.Lock()

    def write(self, kind: str, body: bytes | None = None, **facts: Any) -> None:
        """Adds one line; `body` is stored whole and stands in the line by its length and digest."""
        with self._lock:
            self._count += 1
            line: dict[str, Any] = {"number": self._count, "kind": kind, "time": time.time(), **facts}
            if body is not None:
                file = self._bodies / f"{self._count:04d}"
                file.write_bytes(body)
                line["bodyBytes"] = len(body)
                line["bodySHA256"] = hashlib.sha256(body).hexdigest()
                line["bodyFile"] = str(file)
            self._stream.write(json.dumps(line) + "\n")
            self._stream.flush()

    def close(self) -> None:
        self._stream.close()


def read_journal(file: Path) -> list[dict[str, Any]]:
    """Every line so far; the last may be being written, so an unfinished one is left out."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1]]
