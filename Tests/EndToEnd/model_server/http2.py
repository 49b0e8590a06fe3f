"""HTTP/2 for the server's side, over the `h2` state machine (RFC 9113)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

from .messages import Header, Request, Response

if TYPE_CHECKING:
    from .listener import Application, Connection

READ_SIZE = 64 * 1024  # bytes


@dataclass
class _Stream:
    headers: list[Header]
    body: bytearray = field(default_factory=bytearray)


async def serve_http2(connection: "Connection", application: "Application") -> None:
    """Serves every stream of one connection until the peer goes away."""
    await _Session(connection, application).run()


class _Session:
    def __init__(self, connection: "Connection", application: "Application") -> None:
        self._connection = connection
        self._application = application
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        self._machine = h2.connection.H2Connection(config=config)
        self._streams: dict[int, _Stream] = {}
        self._answers: dict[int, asyncio.Task[None]] = {}
        self._window_opened = asyncio.Event()

    async def run(self) -> None:
        self._machine.initiate_connection()
        self._flush()
        try:
            while data := await self._connection.reader.read(READ_SIZE):
                for event in self._machine.receive_data(data):
                    self._handle(event)
                self._flush()
                await self._connection.writer.drain()
        except h2.exceptions.ProtocolError as error:
            self._connection.journal.write("failure", connection=self._connection.number, error=repr(error))
            self._flush()
        finally:
            for task in self._answers.values():
                task.cancel()

    def _flush(self) -> None:
        self._connection.writer.write(self._machine.data_to_send())

    def _handle(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.RequestReceived):
            self._streams[event.stream_id] = _Stream([(str(k), str(v)) for k, v in event.headers])
        elif isinstance(event, h2.events.DataReceived):
            self._streams[event.stream_id].body += event.data
            self._machine.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            stream = self._streams.pop(event.stream_id)
            self._answers[event.stream_id] = asyncio.create_task(self._answer(event.stream_id, stream))
        elif isinstance(event, h2.events.StreamReset):
            self._streams.pop(event.stream_id, None)
            if task := self._answers.pop(event.stream_id, None):
                task.cancel()
        elif isinstance(event, (h2.events.WindowUpdated, h2.events.RemoteSettingsChanged)):
            self._window_opened.set()

    async def _answer(self, number: int, stream: _Stream) -> None:
        pseudo = {name: value for name, value in stream.headers if name.startswith(":")}
        headers = [(name, value) for name, value in stream.headers if not name.startswith(":")]
        authority = pseudo.get(":authority", "")
        request = Request(
            authority.rsplit(":", 1)[0].lower(), pseudo[":method"], pseudo.get(":path", ""), headers,
            bytes(stream.body),
        )
        self._connection.journal.write(
            "request", request.body, **self._connection.facts(), version="2", host=request.host,
            authority=authority, method=request.method, target=request.target, path=request.path,
            headers=stream.headers, stream=number,
        )
        response = await self._application.respond(request)
        await self._send(number, request.method, response)
        self._answers.pop(number, None)

    async def _send(self, number: int, method: str, response: Response) -> None:
        headers = [(":status", str(response.status)), *response.headers]
        if not response.streamed:
            headers.append(("content-length", str(sum(map(len, response.pieces)))))
        bodiless = method == "HEAD" or not any(response.pieces)
        self._machine.send_headers(number, headers, end_stream=bodiless)
        self._flush()
        for piece in [] if bodiless else response.pieces:
            await self._send_data(number, piece)
        if not bodiless:
            self._machine.end_stream(number)
        self._flush()
        await self._connection.writer.drain()

    async def _send_data(self, number: int, piece: bytes) -> None:
        while piece:
            room = min(self._machine.local_flow_control_window(number), self._machine.max_outbound_frame_size)
            if room <= 0:
                self._window_opened.clear()
                await self._window_opened.wait()
                continue
            self._machine.send_data(number, piece[:room])
            piece = piece[room:]
            self._flush()
            await self._connection.writer.drain()
