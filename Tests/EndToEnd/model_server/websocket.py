"""WebSocket for the server's side (RFC 6455) with permessage-deflate (RFC 7692), over `wsproto`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable

from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import (
    AcceptConnection, BytesMessage, CloseConnection, Event, Ping, RejectConnection, Request as Handshake, TextMessage,
)
from wsproto.extensions import PerMessageDeflate

from .messages import Request

if TYPE_CHECKING:
    from .listener import Connection

READ_SIZE = 64 * 1024  # bytes

MessageHandler = Callable[[str], Iterable[str]]
"""Answers one text message with any number of text messages."""


async def serve_websocket(
    connection: "Connection", request: Request, head: bytes, handler: MessageHandler
) -> None:
    """Takes over a connection whose upgrade request has been read, until either side closes."""
    await _Session(connection, request, handler).run(head)


class _Session:
    def __init__(self, connection: "Connection", request: Request, handler: MessageHandler) -> None:
        self._connection = connection
        self._request = request
        self._handler = handler
        self._machine = WSConnection(ConnectionType.SERVER)
        self._parts: list[str] = []
        self._binary = bytearray()
        self._messages = 0
        self._message_bytes = 0
        self._wire_bytes = 0
        self._compressed = False

    async def run(self, head: bytes) -> None:
        self._machine.receive_data(head)
        try:
            await self._drain_events()
            while self._machine.state is not ConnectionState.CLOSED:
                data = await self._connection.reader.read(READ_SIZE)
                if not data:
                    break
                self._wire_bytes += len(data)
                self._machine.receive_data(data)
                await self._drain_events()
        finally:
            self._connection.journal.write(
                "websocket-end", **self._where(), messages=self._messages, messageBytes=self._message_bytes,
                wireBytes=self._wire_bytes, compressed=self._compressed,
            )

    def _where(self) -> dict[str, object]:
        return {**self._connection.facts(), "host": self._request.host, "path": self._request.path}

    async def _drain_events(self) -> None:
        for event in self._machine.events():
            for reply in self._reactions(event):
                self._connection.writer.write(self._machine.send(reply))
                await self._connection.writer.drain()

    def _reactions(self, event: Event) -> Iterable[Event]:
        if isinstance(event, Handshake):
            self._compressed = any(item.startswith("permessage-deflate") for item in event.extensions)
            yield AcceptConnection(extensions=[PerMessageDeflate()])
        elif isinstance(event, Ping):
            yield event.response()
        elif isinstance(event, CloseConnection):
            if self._machine.state is ConnectionState.REMOTE_CLOSING:
                yield event.response()
        elif isinstance(event, RejectConnection):
            return
        elif isinstance(event, TextMessage):
            self._parts.append(event.data)
            if event.message_finished:
                text, self._parts = "".join(self._parts), []
                self._record(text.encode(), "text")
                for answer in self._handler(text):
                    yield TextMessage(data=answer)
        elif isinstance(event, BytesMessage):
            self._binary += event.data
            if event.message_finished:
                self._record(bytes(self._binary), "binary")
                self._binary.clear()

    def _record(self, body: bytes, kind: str) -> None:
        self._messages += 1
        self._message_bytes += len(body)
        self._connection.journal.write("message", body, **self._where(), opcode=kind, message=self._messages)
