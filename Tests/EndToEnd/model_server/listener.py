"""Accepts connections on loopback or a Unix socket and hands each to the protocol that it speaks."""

from __future__ import annotations

import asyncio
import itertools
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Awaitable, Callable

from .authority import Authority
from .http1 import serve_http1
from .http2 import serve_http2
from .journal import Journal
from .messages import Request, Response
from .websocket import MessageHandler

TLS_HANDSHAKE_RECORD = b"\x16"  # RFC 8446 section 5.1
NAMELESS = "localhost"


@dataclass
class Application:
    """What answers: HTTP requests, and the messages of a WebSocket where `websocket` gives a handler."""

    respond: Callable[[Request], Awaitable[Response]]
    websocket: Callable[[Request], "MessageHandler | None"]


@dataclass
class Connection:
    """One accepted connection, as every protocol needs it."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    journal: Journal
    server_name: str | None
    protocol: str | None
    encrypted: bool

    def facts(self) -> dict[str, object]:
        """What each journal line says of the connection."""
        return {
            "connection": self.number,
            "serverName": self.server_name,
            "alpn": self.protocol,
            "encrypted": self.encrypted,
        }


class Listener:
    """One listening socket for all hosts: TLS names decide the certificate, plain HTTP is served as well."""

    def __init__(self, authority: Authority, journal: Journal, application: Application) -> None:
        self._authority = authority
        self._journal = journal
        self._application = application
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.set_alpn_protocols(["h2", "http/1.1"])
        self._context.sni_callback = self._choose_certificate

    def _choose_certificate(self, handle: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        handle.asked_name = name  # type: ignore[attr-defined]
        handle.context = self._authority.context(name or NAMELESS)

    async def serve(self, listening: socket.socket) -> None:
        """Accepts until cancelled."""
        listening.setblocking(False)
        loop = asyncio.get_running_loop()
        while True:
            accepted, _ = await loop.sock_accept(listening)
            task = loop.create_task(self._accept(accepted))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _accept(self, accepted: socket.socket) -> None:
        number = next(self._numbers)
        try:
            await self._converse(accepted, number)
        except (OSError, EOFError, ssl.SSLError, asyncio.IncompleteReadError) as error:
            self._journal.write("failure", connection=number, error=f"{type(error).__name__}: {error}")
        finally:
            accepted.close()

    async def _converse(self, accepted: socket.socket, number: int) -> None:
        accepted.setblocking(False)
        encrypted = await _first_byte(accepted) == TLS_HANDSHAKE_RECORD
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=1 << 20, loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.connect_accepted_socket(
            lambda: protocol, accepted, ssl=self._context if encrypted else None
        )
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        handle = writer.get_extra_info("ssl_object")
        connection = Connection(
            number, reader, writer, self._journal,
            server_name=getattr(handle, "asked_name", None),
            protocol=handle.selected_alpn_protocol() if handle else None,
            encrypted=encrypted,
        )
        self._journal.write("connection", **connection.facts())
        try:
            serve = serve_http2 if connection.protocol == "h2" else serve_http1
            await serve(connection, self._application)
        finally:
            transport.close()


async def _first_byte(accepted: socket.socket) -> bytes:
    """The first byte that the peer sends, left in the socket."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(accepted.fileno(), lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_reader(accepted.fileno())
    return accepted.recv(1, socket.MSG_PEEK)


def listen_on_loopback(port: int = 0) -> socket.socket:
    """A listening TCP socket on 127.0.0.1; port 0 lets the kernel choose."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(128)
    return listening


def listen_on_path(path: Path) -> socket.socket:
    """A listening Unix socket."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen(128)
    return listening
