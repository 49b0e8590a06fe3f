"""One HTTP request as received and one answer to it, whatever the HTTP version."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Iterable
from urllib.parse import urlsplit

Header = tuple[str, str]


@dataclass
class Request:
    """A request whose body has been received whole.

    `body` is after transfer decoding (chunks, frames) and before content decoding.
    """

    host: str
    method: str
    target: str
    headers: list[Header]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    def header(self, name: str) -> str | None:
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object, or an empty one when it is something else."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass
class Response:
    """An answer; with more than one piece it is streamed, a piece at a time."""

    status: int = 200
    headers: list[Header] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    streamed: bool = False

    @staticmethod
    def of_json(value: Any, status: int = 200, headers: Iterable[Header] = ()) -> "Response":
        body = json.dumps(value).encode()
        return Response(status, [("content-type", "application/json"), *headers], [body])

    @staticmethod
    def of_text(text: str, status: int = 200) -> "Response":
        return Response(status, [("content-type", "text/plain; charset=utf-8")], [text.encode()])

    @staticmethod
    def of_events(events: Iterable[bytes], headers: Iterable[Header] = ()) -> "Response":
        """Server-sent events, each its own piece."""
        kept = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache"), *headers]
        return Response(200, kept, list(events), streamed=True)


def event(value: Any, name: str | None = None) -> bytes:
    """One server-sent event; `value` is JSON unless it is a string."""
    data = value if isinstance(value, str) else json.dumps(value)
    return (f"event: {name}\n" if name else "").encode() + f"data: {data}\n\n".encode()
