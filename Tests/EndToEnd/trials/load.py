"""The agent of the trials: says as much as it can over HTTP/1.1, HTTP/2 and WebSocket until it is ended.

    python3 load.py [SECONDS] [LANES]

Every request has a path and a body that no other has. Each answer is told on standard output: protocol, path, status.
After SECONDS, once a file `stop` is in the working directory, or where everything has failed, it ends.
"""

from __future__ import annotations

import base64
import http.client
import os
import random
import socket
import ssl
import struct
import sys
import threading
import time

import h2.config
import h2.connection
import h2.events
import h2.exceptions

HOST = "load.trials.example"
TIME_LIMIT = 60  # seconds that an answer may take
STREAMS = 6  # of HTTP/2 at a time
MESSAGES = 4  # of WebSocket on their way at a time
ENDS = time.monotonic() + (float(sys.argv[1]) if len(sys.argv) > 1 else 3600)
LANES = sys.argv[2].split(",") if len(sys.argv) > 2 else ["h1", "h1", "h2", "ws"]


def goes_on() -> bool:
    return time.monotonic() < ENDS and not os.path.exists("stop")


def fresh() -> str:
    return os.urandom(12).hex()


def content() -> bytes:
    """Mostly a prompt's size, now and then many segments of it."""
    size = random.choice((40, 900, 4_000, 30_000, 120_000))
    return (fresh() + " ").encode() * (random.randint(1, size) // 25 + 1)


def tell(protocol: str, path: str, status: object) -> None:
    os.write(1, f"{protocol} {path} {status}\n".encode())


def secured(protocols: list[str]) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.set_alpn_protocols(protocols)
    plain = socket.create_connection((HOST, 443), timeout=TIME_LIMIT)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return context.wrap_socket(plain, server_hostname=HOST)


def speak_h1() -> None:
    connection = http.client.HTTPSConnection(HOST, timeout=TIME_LIMIT)
    while goes_on():
        path = "/h1/" + fresh()
        connection.request("POST", path, body=content())
        answer = connection.getresponse()
        answer.read()
        tell("h1", path, answer.status)


def speak_h2() -> None:
    wire = secured(["h2"])
    machine = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    machine.initiate_connection()
    paths: dict[int, str] = {}
    unsent: dict[int, bytes] = {}
    while goes_on():
        while len(paths) < STREAMS:
            number = machine.get_next_available_stream_id()
            paths[number], unsent[number] = "/h2/" + fresh(), content()
            machine.send_headers(number, [
                (":method", "POST"), (":scheme", "https"), (":authority", HOST), (":path", paths[number]),
                ("content-type", "application/octet-stream")])
        push(machine, unsent)
        wire.sendall(machine.data_to_send())
        data = wire.recv(65536)
        if not data:
            return
        for event in machine.receive_data(data):
            if isinstance(event, h2.events.ResponseReceived):
                tell("h2", paths[event.stream_id], dict(event.headers)[":status"])
            elif isinstance(event, h2.events.DataReceived):
                machine.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset)):
                paths.pop(event.stream_id, None)
                unsent.pop(event.stream_id, None)
        wire.sendall(machine.data_to_send())


def push(machine: h2.connection.H2Connection, unsent: dict[int, bytes]) -> None:
    """Sends what the windows let through."""
    for number in list(unsent):
        while number in unsent:
            room = min(machine.local_flow_control_window(number), machine.max_outbound_frame_size)
            if room <= 0:
                break
            piece, unsent[number] = unsent[number][:room], unsent[number][room:]
            machine.send_data(number, piece, end_stream=not unsent[number])
            if not unsent[number]:
                del unsent[number]


def frame(payload: bytes) -> bytes:
    """One masked text message (RFC 6455 section 5.2); a mask of zeros is one too."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else (
        b"\xfe" + struct.pack("!H", size) if size < 65536 else b"\xff" + struct.pack("!Q", size))
    return b"\x81" + length + b"\0\0\0\0" + payload


def read_frame(stream: object) -> bytes:
    first, size = stream.read(2)
    if size == 126:
        size = struct.unpack("!H", stream.read(2))[0]
    elif size == 127:
        size = struct.unpack("!Q", stream.read(8))[0]
    payload = stream.read(size)
    if first & 15 == 8:
        raise EOFError(f"closed: {payload[2:].decode()}")
    return payload


def speak_websocket() -> None:
    wire, path = secured(["http/1.1"]), "/ws/" + fresh()
    key = base64.b64encode(os.urandom(16)).decode()
    wire.sendall(
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
    stream = wire.makefile("rb")
    status = stream.readline().split()[1].decode()
    tell("ws", path, status)
    if status != "101":
        raise ValueError("it stays HTTP")
    while stream.readline() != b"\r\n":
        pass
    for _ in range(MESSAGES):
        wire.sendall(frame(content()))
    while goes_on():
        read_frame(stream)
        tell("ws", path, "message")
        wire.sendall(frame(content()))


def lane(speak: object, name: str) -> None:
    try:
        speak()
    except (OSError, EOFError, ValueError, http.client.HTTPException, h2.exceptions.ProtocolError) as error:
        tell(name, "-", f"{type(error).__name__}: {error}")


def main() -> None:
    speakers = {"h1": speak_h1, "h2": speak_h2, "ws": speak_websocket}
    threads = [threading.Thread(target=lane, args=(speakers[name], name)) for name in LANES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
