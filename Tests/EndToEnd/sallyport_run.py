"""One `sallyport run` against the scripted model server, and what both sides wrote down about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urlsplit

from isolation import require_isolation
from sample import Place
from server_process import ServerProcess

REPOSITORY = Path(__file__).resolve().parent.parent.parent
RUN_LIMIT = 240  # seconds; agents that lose their network wait for minutes, and must be seen to

Sent = tuple[str, str, str, int]
"""One request as both sides count it: host, method, path without query, bytes of body."""


def sallyport_program() -> Path:
    """The program under test."""
    return Path(os.environ.get("SALLYPORT", REPOSITORY / ".build" / "release" / "sallyport")).resolve()


def _field_bytes(line: dict[str, Any]) -> int:
    return sum(len(name) + len(value) for name, value in line["headers"] if not name.startswith(":"))


def _authority_bytes(line: dict[str, Any]) -> int:
    """The host as a field, where HTTP/2 names it by `:authority` alone."""
    if any(name.lower() == "host" for name, _ in line["headers"]):
        return 0
    return sum(len("host") + len(value) + 4 for name, value in line["headers"] if name == ":authority")


WAYS_OF_COUNTING: dict[str, Callable[[dict[str, Any]], int]] = {
    "body": lambda line: line["bodyBytes"],
    "target, header fields and body": lambda line: len(line["target"]) + _field_bytes(line) + line["bodyBytes"],
    "method, target, header fields with their separators, and body": lambda line: (
        len(line["method"]) + 1 + len(line["target"]) + _field_bytes(line) + _authority_bytes(line)
        + 4 * sum(not name.startswith(":") for name, _ in line["headers"]) + line["bodyBytes"]
    ),
    "head as sent and body": lambda line: line.get("headBytes", 0) + line["bodyBytes"],
}
"""What the bytes of a request may mean, measured by the server alone."""


@dataclass
class Outcome:
    """A finished run."""

    exit_code: int
    output: str
    errors: str
    seconds: float
    report: dict[str, Any]
    journal: list[dict[str, Any]]
    place: Place
    environment: dict[str, str] = field(repr=False)

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        return self.report["exchanges"]

    @property
    def received(self) -> list[dict[str, Any]]:
        """The HTTP requests that reached the server."""
        return [line for line in self.journal if line["kind"] == "request"]

    def received_counts(self, counted: str = "body") -> Counter[Sent]:
        """Every request that the server received, WebSocket handshakes left out; `counted` is a way of counting."""
        return Counter(
            (line["host"], line["method"], line["path"], WAYS_OF_COUNTING[counted](line))
            for line in self.received if not _upgrades(line)
        )

    def forwarded_counts(self, counted: str = "forwardedBytes") -> Counter[Sent]:
        """Every HTTP exchange that the report says was let go; `counted` names the field for its bytes."""
        handshakes = {(line["host"], line["path"]) for line in self.received if _upgrades(line)}
        sent: Counter[Sent] = Counter()
        for exchange in self.exchanges:
            path = urlsplit(exchange["path"]).path
            is_handshake = exchange["method"] == "GET" and (exchange["host"], path) in handshakes
            if was_let_go(exchange) and exchange["protocol"] in ("http/1.1", "h2") and not is_handshake:
                sent[exchange["host"], exchange["method"], path, exchange[counted]] += 1
        return sent

    def describe(self) -> str:
        """For the message of a failed assertion."""
        return f"exit {self.exit_code} after {self.seconds:.1f} s\n{self.output[-3000:]}\n{self.errors[-3000:]}"


def _upgrades(line: dict[str, Any]) -> bool:
    return any(name.lower() == "upgrade" for name, _ in line["headers"])


def was_let_go(exchange: dict[str, Any]) -> bool:
    """Whether policy let the request out."""
    return exchange["decision"] in ("allow", "report", "redact")


def is_websocket(exchange: dict[str, Any]) -> bool:
    return "websocket" in str(exchange.get("protocol", "")).lower()


def run(
    directory: Path, place: Place, command: list[str], environment: dict[str, str], *,
    read: list[Path] = [], options: list[str] = [], server_options: list[str] = [],
    proxy_settings: bool = True, over_unix_socket: bool = False, subcommand: str = "run",
) -> Outcome:
    """Runs `command` under Sallyport in the place's workspace; every destination is the scripted server."""
    require_isolation()
    # A Unix socket's path holds 107 bytes at most, which a test's own directory may pass.
    with tempfile.TemporaryDirectory(prefix="sallyport-e2e-") as short:
        socket = Path(short) / "upstream"
        server = ServerProcess(
            directory / "server", place.workspace, "--listen-path", str(socket), *server_options
        )
        with server:
            target = f"::{socket}" if over_unix_socket else f"::127.0.0.1:{server.ports[0]}"
            report = directory / "report"
            whole = [
                str(sallyport_program()), subcommand, "--report", str(report), "--connect-to", target,
                "--upstream-ca", str(server.certificate), *options,
                *(word for path in read for word in ("--read", str(path))),
                *([] if proxy_settings else ["--no-proxy-environment"]), "--", *command,
            ]
            started = time.monotonic()
            done = subprocess.run(
                whole, cwd=place.workspace, env=environment, capture_output=True, text=True, timeout=RUN_LIMIT,
                stdin=subprocess.DEVNULL,
            )
            seconds = time.monotonic() - started
    written = report / "report.json"
    facts = json.loads(written.read_text()) if written.is_file() else {"exchanges": []}
    return Outcome(done.returncode, done.stdout, done.stderr, seconds, facts, server.journal(), place, environment)


def verify_ledger(outcome: Outcome) -> subprocess.CompletedProcess[str]:
    """`sallyport log verify` as the user of that run."""
    return subprocess.run(
        [str(sallyport_program()), "log", "verify"], cwd=outcome.place.workspace, env=outcome.environment,
        capture_output=True, text=True, timeout=60,
    )


def verify_independently(outcome: Outcome) -> subprocess.CompletedProcess[str]:
    """The ledger of that run under the eyes of a verifier that shares no code with Sallyport."""
    ledger = Path(outcome.report["ledger"]["directory"])
    checker = Path(__file__).resolve().parent / "ledger" / "check_tlog.py"
    return subprocess.run(
        [sys.executable, "-B", str(checker), "--key", f"@{ledger / 'key.pub'}", "--ledger", str(ledger)],
        capture_output=True, text=True, timeout=60,
    )
