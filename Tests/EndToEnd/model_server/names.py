"""A name server that answers every A question with 127.0.0.1 and writes down each name (RFC 1035)."""

from __future__ import annotations

import asyncio
import struct
from typing import cast

from .journal import Journal

TYPE_A = 1
CLASS_IN = 1
TIME_TO_LIVE = 60  # seconds
HEADER = struct.Struct("!HHHHHH")
RESPONSE_FLAGS = 0x8180  # an answer, recursion desired and available, no error


class NameServer(asyncio.DatagramProtocol):
    """Other types get an empty answer, so that clients go on at once with the A record."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's transport is no subclass of DatagramTransport before Python 3.12.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        try:
            answer = self._answer(data)
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            self._journal.write("failure", error=f"not a DNS question: {error!r}")
            return
        assert self._transport is not None
        self._transport.sendto(answer, address)

    def _answer(self, data: bytes) -> bytes:
        identifier = HEADER.unpack_from(data)[0]
        labels, place = [], HEADER.size
        while length := data[place]:
            labels.append(data[place + 1 : place + 1 + length].decode("ascii"))
            place += 1 + length
        kind, _ = struct.unpack_from("!HH", data, place + 1)
        question = data[HEADER.size : place + 5]
        self._journal.write("name", host=".".join(labels).lower(), type=kind)
        has_answer = kind == TYPE_A
        head = HEADER.pack(identifier, RESPONSE_FLAGS, 1, int(has_answer), 0, 0)
        if not has_answer:
            return head + question
        name = b"\xc0\x0c"  # a pointer to the question's name (section 4.1.4)
        return head + question + name + struct.pack("!HHIH", TYPE_A, CLASS_IN, TIME_TO_LIVE, 4) + b"\x7f\0\0\x01"
