"""HTTP/1.1 for the server's side (RFC 9112), as far as clients of model APIs use it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .messages import Header, Request, Response
from .websocket import serve_websocket

if TYPE_CHECKING:
    from .listener import Application, Connection

HEAD_LIMIT = 256 * 1024  # bytes
BODY_LIMIT = 256 * 1024 * 1024  # bytes
BODILESS = (204, 304)


async def serve_http1(connection: "Connection", application: "Application") -> None:
    """Serves requests one after the other until either side closes."""
    while True:
        head = await _read_head(connection.reader)
        if head is None:
            return
        method, target, headers = _parse_head(head)
        values = {name.lower(): value for name, value in headers}
        if values.get("expect", "").lower() == "100-continue":
            connection.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body, wire_bytes = await _read_body(connection.reader, values)
        host = values.get("host", "")
        request = Request(_without_port(host), method, target, headers, body)
        connection.journal.write(
            "request", body, **connection.facts(), version="1.1", host=request.host, authority=host,
            method=method, target=target, path=request.path, headers=headers,
            headBytes=len(head), wireBodyBytes=wire_bytes,
        )
        if values.get("upgrade", "").lower() == "websocket":
            handler = application.websocket(request)
            if handler is not None:
                await serve_websocket(connection, request, head, handler)
                return
        response = await application.respond(request)
        keeps_open = values.get("connection", "").lower() != "close"
        await _write(connection.writer, method, response, keeps_open)
        if not keeps_open:
            return


def _without_port(authority: str) -> str:
    return authority.rsplit(":", 1)[0].lower() if ":" in authority else authority.lower()


async def _read_head(reader: asyncio.StreamReader) -> bytes | None:
    """The raw head with its empty line; nothing when the peer closed between requests."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None


def _parse_head(head: bytes) -> tuple[str, str, list[Header]]:
    lines = head[:-4].decode("latin-1").split("\r\n")
    method, target, version = lines[0].split(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0") or len(head) > HEAD_LIMIT:
        raise OSError(f"not an HTTP/1.1 request: {lines[0][:80]!r}")
    headers = []
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    return method, target, headers


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> tuple[bytes, int]:
    """The body without its chunk framing, and how many bytes it took on the wire."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _read_chunks(reader)
    length = int(headers.get("content-length", "0"))
    if length > BODY_LIMIT:
        raise OSError(f"a body of {length} bytes is over the limit of {BODY_LIMIT}")
    return await reader.readexactly(length), length


async def _read_chunks(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    wire_bytes = 0
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        wire_bytes += len(line) + size + 2
        if wire_bytes > BODY_LIMIT:
            raise OSError(f"a chunked body is over the limit of {BODY_LIMIT} bytes")
        if size == 0:
            while await reader.readuntil(b"\r\n") != b"\r\n":
                pass  # trailer fields
            return b"".join(pieces), wire_bytes
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)


async def _write(writer: asyncio.StreamWriter, method: str, response: Response, keeps_open: bool) -> None:
    headers = list(response.headers)
    bodiless = method == "HEAD" or response.status in BODILESS
    if response.streamed:
        headers.append(("transfer-encoding", "chunked"))
    elif response.status not in BODILESS:
        headers.append(("content-length", str(sum(map(len, response.pieces)))))
    if not keeps_open:
        headers.append(("connection", "close"))
    head = f"HTTP/1.1 {response.status} {'OK' if response.status < 300 else 'No'}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers)
    writer.write(head.encode("latin-1") + b"\r\n")
    for piece in [] if bodiless else response.pieces:
        writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if response.streamed else piece)
        await writer.drain()
    if response.streamed and not bodiless:
        writer.write(b"0\r\n\r\n")
    await writer.drain()
