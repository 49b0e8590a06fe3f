"""Where the load goes: answers everything, and writes down what has reached it whole.

    python3 -m trials.server DIRECTORY

Prints one JSON object when it accepts connections: `port`, `certificate`, `received`. Each line of `received` is one
request or WebSocket message (`target`, `sha256`, `kind`, `version`), or tells of a connection's begin or end.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sys
from pathlib import Path
from typing import Any

from model_server.authority import Authority
from model_server.listener import Application, Listener, listen_on_loopback
from model_server.messages import Request, Response


class Received:
    """The record, in place of the model server's journal: digests only, so that it is no brake."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("a", encoding="utf-8", buffering=1)

    def write(self, kind: str, body: bytes | None = None, **facts: Any) -> None:
        line = {"kind": kind, "connection": facts.get("connection")}
        if body is not None:
            line |= {
                "target": facts.get("target") or facts["path"], "sha256": hashlib.sha256(body).hexdigest(),
                "bytes": len(body), "version": facts.get("version", "websocket"),
            }
        self._stream.write(json.dumps(line) + "\n")


class CountingListener(Listener):
    """Says when a connection has ended, so that nobody compares too early."""

    async def _accept(self, accepted: socket.socket) -> None:
        self._journal.write("opened")
        try:
            await super()._accept(accepted)
        finally:
            self._journal.write("closed")


async def respond(_: Request) -> Response:
    return Response(204)


async def main(directory: Path) -> None:
    authority = Authority(directory)
    file = directory / "received"
    listener = CountingListener(
        authority, Received(file), Application(respond, lambda _: lambda message: ["got it"]))  # type: ignore[arg-type]
    listening = listen_on_loopback()
    print(json.dumps({
        "port": listening.getsockname()[1], "certificate": str(authority.certificate_file), "received": str(file),
    }), flush=True)
    await listener.serve(listening)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
