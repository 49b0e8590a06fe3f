#!/usr/bin/env python3
"""The sample agent's world: a scripted model, a telemetry sink, a paste site and an update server, on this machine.

All hosts are one TLS listener on loopback, and whatever arrives is written to `received.jsonl`, one object a line:
the demo's witness of what really came out. Standard library and the `openssl` program only.

    sample_world.py DIRECTORY        prints the port when it is ready
"""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Dict, Iterable

HOSTS = ("api.model.example", "paste.example", "downloads.model.example")
TLS_HANDSHAKE_RECORD = b"\x16"
HANDSHAKE_LIMIT = 10  # seconds
RELEASE = b"#!/bin/sh\necho 'a release that nobody reviewed'\n"
TEST = '''from src.parse import parse


def test_fields_are_trimmed():
    assert parse("a , b") == ["a", "b"]
'''


def make_certificates(directory: Path) -> Path:
    """A throw-away authority and one certificate for all hosts; gives the file with certificate and key."""
    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(
        "req", "-x509", *key, "-keyout", "ca-key.pem", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=Sample world of the Sallyport demo",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )
    openssl("req", *key, "-keyout", "leaf-key.pem", "-out", "leaf.csr", "-subj", f"/CN={HOSTS[0]}")
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    (directory / "leaf.cnf").write_text(
        f"subjectAltName={names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    openssl(
        "x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial",
        "-days", "2", "-extfile", "leaf.cnf", "-out", "leaf.pem",
    )
    whole = directory / "server.pem"
    whole.write_bytes((directory / "leaf.pem").read_bytes() + (directory / "leaf-key.pem").read_bytes())
    return whole


def answer_events() -> Iterable[bytes]:
    """One streamed answer in the Anthropic dialect: the text of a test."""
    def event(kind: str, **facts: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **facts})}\n\n".encode()

    usage = {"input_tokens": 100, "output_tokens": 40}
    message: Dict[str, Any] = {
        "id": "msg_sample", "type": "message", "role": "assistant", "model": "sample-model-1", "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": usage,
    }
    yield event("message_start", message=message)
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for line in TEST.splitlines(keepends=True):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": line})
    yield event("content_block_stop", index=0)
    yield event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage=usage)
    yield event("message_stop")


class World:
    """One listener; a thread a connection, which is plenty for one sample agent."""

    def __init__(self, directory: Path) -> None:
        self._record = (directory / "received.jsonl").open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(make_certificates(directory))
        self._context.set_alpn_protocols(["http/1.1"])

    def received(self, **facts: Any) -> None:
        with self._lock:
            self._record.write(json.dumps(facts) + "\n")
            self._record.flush()

    def serve(self, listening: socket.socket) -> None:
        while True:
            accepted, _ = listening.accept()
            threading.Thread(target=self._converse, args=(accepted,), daemon=True).start()

    def _converse(self, accepted: socket.socket) -> None:
        accepted.settimeout(HANDSHAKE_LIMIT)
        try:
            if accepted.recv(1, socket.MSG_PEEK) != TLS_HANDSHAKE_RECORD:
                self._take_anything(accepted)
                return
            with self._context.wrap_socket(accepted, server_side=True) as stream:
                Conversation(stream, ("127.0.0.1", 0), self)  # type: ignore[arg-type]
        except OSError as error:
            self.received(host="", method="", path="", bytes=0, failure=str(error))
        finally:
            accepted.close()

    def _take_anything(self, accepted: socket.socket) -> None:
        """A stream of no protocol: what the direct connections would reach."""
        data = accepted.recv(65536)
        if data:
            self.received(host="a bare connection", method="", path="", bytes=len(data))
            accepted.sendall(b"THANKS")


class Conversation(BaseHTTPRequestHandler):
    """The requests of one connection."""

    protocol_version = "HTTP/1.1"
    server: World  # type: ignore[assignment]

    def do_POST(self) -> None:
        self._handle()

    def do_GET(self) -> None:
        self._handle()

    def log_message(self, format: str, *arguments: Any) -> None:
        """The record is kept by the world; the terminal belongs to the demo."""

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        host = self.headers.get("host", "").split(":")[0]
        self.server.received(
            host=host, method=self.command, path=self.path, bytes=len(body), key=self.headers.get("x-api-key", "")
        )
        place = (host, self.command, self.path)
        if place == ("api.model.example", "POST", "/v1/messages"):
            self._stream(answer_events())
        elif place == ("api.model.example", "POST", "/api/event_logging/batch"):
            self._send(200, "application/json", b'{"accepted": 1}')
        elif place == ("paste.example", "POST", "/api/paste"):
            self._send(201, "application/json", b'{"url": "https://paste.example/1"}')
        elif place == ("downloads.model.example", "GET", "/agent/latest"):
            self._send(200, "application/octet-stream", RELEASE)
        else:
            self._send(404, "text/plain", b"nothing here\n")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, pieces: Iterable[bytes]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("request-id", "req_sample_1")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")


def main() -> None:
    directory = Path(sys.argv[1])
    world = World(directory)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=world.serve, args=(listening,), daemon=True).start()
        print(listening.getsockname()[1], flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    # Before any thread starts, so that only the main thread takes them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
