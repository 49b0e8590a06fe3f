"""Bedrock's `InvokeModel` for Anthropic's models: Messages as they are, or their events in Amazon's event stream.

The encoding is that of Smithy's "Amazon Event Stream Specification".
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Iterator
from urllib.parse import unquote

from ..messages import Request, Response
from ..scenario import Scenario
from . import anthropic

CONTENT_TYPE = "application/vnd.amazon.eventstream"
STRING = 7
PADDING = "abcdefghijklmnopqrstuvwxyz"


def answer(request: Request, scenario: Scenario) -> Response:
    """Answers one request of the conversation."""
    _, _, model, action = unquote(request.path).split("/", 3)
    asked = {**request.json(), "model": model, "stream": action == "invoke-with-response-stream"}
    answered = anthropic.answer(Request(request.host, "POST", "/v1/messages", [], json.dumps(asked).encode()), scenario)
    if not asked["stream"]:
        return answered
    headers = [("content-type", CONTENT_TYPE), ("x-amzn-bedrock-content-type", "application/json")]
    return Response(200, headers, list(_messages(answered.pieces)), streamed=True)


def _messages(events: list[bytes]) -> Iterator[bytes]:
    for number, event in enumerate(events):
        data = event.partition(b"data: ")[2].strip()
        if json.loads(data)["type"] == "ping":
            continue
        payload = {"bytes": base64.b64encode(data).decode(), "p": PADDING[: number % len(PADDING) + 1]}
        yield _message(json.dumps(payload, separators=(",", ":")).encode())


def _message(payload: bytes) -> bytes:
    names = {":event-type": "chunk", ":content-type": "application/json", ":message-type": "event"}
    headers = b"".join(_header(name, value) for name, value in names.items())
    prelude = struct.pack("!II", 16 + len(headers) + len(payload), len(headers))
    prelude += struct.pack("!I", zlib.crc32(prelude))
    message = prelude + headers + payload
    return message + struct.pack("!I", zlib.crc32(message))


def _header(name: str, value: str) -> bytes:
    return struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", STRING, len(value)) + value.encode()
