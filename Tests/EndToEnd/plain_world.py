"""A world without Sallyport, for the attempts of `sallyport verify`: in it they are to succeed.

    unshare --user --map-root-user --net python3 plain_world.py DIRECTORY PROBE ID...

A network namespace in which every address is this host, with a resolver that answers every name, servers that answer
on every port that is tried, and where Sallyport's proxy would be, one that does what it is told. DIRECTORY gets a
home with secrets and things that are nobody's business. The probe's lines come out on standard output.
"""

from __future__ import annotations

import array
import os
import select
import socket
import ssl
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Callable

from isolation import raise_loopback

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
MARK = "sallyport-verify-plain-world"
CREDENTIAL = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
ADDRESS = "203.0.113.7"  # RFC 5737
ANSWER = b"HTTP/1.1 200 OK\r\nX-Sallyport-Verify: destination\r\nContent-Length: 19\r\n\r\nx-sallyport-verify\n"
# SETTINGS; HEADERS with `:status 200` (RFC 7541 appendix A, 8); DATA, all on stream 1 and ended.
ANSWER_H2 = (
    b"\0\0\0\x04\0\0\0\0\0" + b"\0\0\x01\x01\x04\0\0\0\x01\x88" + b"\0\0\x13\x00\x01\0\0\0\x01x-sallyport-verify\n"
)
# RFC 6455 section 1.3 has the key and the answer to it.
ANSWER_WEBSOCKET = (
    b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)
RTM_NEWROUTE, NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE = 24, 1, 4, 0x400  # <linux/rtnetlink.h>
RT_TABLE_LOCAL, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL, RTA_OIF = 255, 3, 254, 2, 4


def route_everything_here(family: int) -> None:
    """Makes every address of the family this host's own."""
    index = socket.if_nametoindex("lo")
    body = struct.pack("BBBBBBBBI", family, 0, 0, 0, RT_TABLE_LOCAL, RTPROT_BOOT, RT_SCOPE_HOST, RTN_LOCAL, 0)
    body += struct.pack("HHI", 8, RTA_OIF, index)
    flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.send(struct.pack("IHHII", 16 + len(body), RTM_NEWROUTE, flags, 1, 0) + body)
        error = struct.unpack_from("i", kernel.recv(4096), 16)[0]
    if error != 0:
        raise OSError(-error, "route everything to the loopback")


def serve(listener: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    """Answers each connection in a thread of its own."""

    def one(client: socket.socket) -> None:
        with client:
            try:
                answer(client)
            except OSError:
                pass  # Whoever asked has gone.

    def loop() -> None:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=one, args=(client,), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()


def make_certificate(directory: Path) -> None:
    """Gives the server a certificate of nobody's."""
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", certificate, "-subj", "/CN=plain.test"], check=True, capture_output=True, timeout=60)
    TLS.load_cert_chain(certificate, key)


def destination(client: socket.socket) -> None:
    """Answers whatever is said in the dialect that it is said in."""
    if client.recv(1, socket.MSG_PEEK) == b"\x16":
        client = TLS.wrap_socket(client, server_side=True)
    said = client.recv(65536)
    if said.startswith(b"PRI"):
        client.sendall(ANSWER_H2)
    elif b"upgrade: websocket" in said.lower():
        client.sendall(ANSWER_WEBSOCKET)
        client.recv(65536)
        client.sendall(b"\x81\x12x-sallyport-verify")
    else:
        client.sendall(ANSWER)
    client.recv(65536)


def splice(one: socket.socket, other: socket.socket) -> None:
    """Carries bytes both ways until one side has ended."""
    while True:
        for ready in select.select([one, other], [], [])[0]:
            piece = ready.recv(65536)
            if not piece:
                return
            (other if ready is one else one).sendall(piece)


def proxy(port: int) -> Callable[[socket.socket], None]:
    """A proxy that looks at nothing; every destination is the server on `port`."""

    def onward(client: socket.socket, first: bytes = b"") -> None:
        with socket.create_connection(("127.0.0.1", port)) as server:
            server.sendall(first)
            splice(client, server)

    def answer(client: socket.socket) -> None:
        said = client.recv(65536)
        if said.startswith(b"CONNECT"):
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            onward(client)
        elif said[:1] == b"\x05":
            client.sendall(b"\x05\x00")
            client.recv(65536)
            client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
            onward(client)
        elif said[:1] == b"\x04":
            client.sendall(b"\x00\x5a\x00\x00\x00\x00\x00\x00")
            onward(client)
        else:
            onward(client, said)

    return answer


def name_answer(question: bytes) -> bytes:
    """Every name is at ADDRESS."""
    record = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + socket.inet_aton(ADDRESS)
    return question[:2] + b"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00" + question[12:] + record


def names_over_tcp(client: socket.socket) -> None:
    answer = name_answer(client.recv(4096)[2:])
    client.sendall(struct.pack("!H", len(answer)) + answer)


def answer_datagrams(family: int, port: int, answer: Callable[[bytes], bytes]) -> None:
    """Answers from the address that was asked, as only a connected socket hears it."""
    asked = socket.socket(family, socket.SOCK_DGRAM)
    option = (socket.IPPROTO_IP, 8, 8) if family == socket.AF_INET else (socket.IPPROTO_IPV6, 49, 50)
    asked.setsockopt(option[0], option[1], 1)  # IP_PKTINFO; IPV6_RECVPKTINFO, which comes as IPV6_PKTINFO
    if family == socket.AF_INET6:
        asked.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    asked.bind(("", port))

    def loop() -> None:
        while True:
            said, control, _, sender = asked.recvmsg(4096, 256)
            source = next(data for level, kind, data in control if (level, kind) == (option[0], option[2]))
            if family == socket.AF_INET:
                source = b"\0" * 4 + source[8:12] + b"\0" * 4
            try:
                asked.sendmsg([answer(said)], [(option[0], option[2], source)], 0, sender)
            except OSError:
                pass  # Whoever asked has gone.

    threading.Thread(target=loop, daemon=True).start()


def listen(port: int) -> socket.socket:
    """On every address of both families."""
    return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)


def hand_over_secrets(listener: socket.socket, secret: Path) -> None:
    def answer(client: socket.socket) -> None:
        with secret.open("rb") as file:
            client.sendmsg([b"d"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file.fileno()]))])

    serve(listener, answer)


def local_sockets(outside: Path) -> list[socket.socket]:
    """As the verifier makes them outside."""
    made = []
    well_known = outside.parent / "home/.docker/run/docker.sock"
    well_known.parent.mkdir(parents=True, exist_ok=True)
    for name, kind in [
        (str(well_known), socket.SOCK_STREAM),
        (str(outside / "socket"), socket.SOCK_STREAM), (f"\0{MARK}", socket.SOCK_STREAM),
        (str(outside / "datagrams"), socket.SOCK_DGRAM), (f"\0{MARK}-datagrams", socket.SOCK_DGRAM),
    ]:
        one = socket.socket(socket.AF_UNIX, kind)
        one.bind(name)
        if kind == socket.SOCK_STREAM:
            one.listen()
            hand_over_secrets(one, outside / "secret")
        made.append(one)
    return made


def furnish(directory: Path) -> dict[str, str]:
    """Makes the files and gives the probe's parameters."""
    home, outside, work = (directory / name for name in ("home", "outside", "work"))
    secrets = [
        home / ".ssh/id_ed25519", home / ".aws/credentials", home / ".config/gcloud/credentials.db",
        home / ".mozilla/firefox/logins.json", home / ".env", outside / "secret", outside / "repository/secret",
        outside / "state/authority/key.pem", outside / "repository/.git/config",
        outside / "repository/.git/modules/part/config", home / ".claude/telemetry/unsent",
    ]
    for path in secrets:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK + "\n")
    work.mkdir(exist_ok=True)
    (work / "sallyport.yaml").write_text("version: 1\n")
    (work / "kept/.git/hooks").mkdir(parents=True, exist_ok=True)
    (work / "kept/.git/config").write_text("[core]\n")
    return {
        "home": str(home), "outside": str(outside), "workspace": str(work), "mark": MARK, "abstract": MARK,
        "credential": CREDENTIAL,
    }


def main(directory: Path, probe: str, ids: list[str]) -> None:
    raise_loopback()
    for family in (socket.AF_INET, socket.AF_INET6):
        route_everything_here(family)
    with open("/proc/sys/net/ipv4/ping_group_range", "w", encoding="ascii") as file:
        file.write("0 0")
    ports = [80, 443, 853, 4444]
    service = listen(0)
    for port in ports:
        serve(listen(port), destination)
    serve(service, destination)
    serve(listen(53), names_over_tcp)
    if "N8.proxy-place" not in ids:
        serve(listen(889), proxy(80))
    for family in (socket.AF_INET, socket.AF_INET6):
        answer_datagrams(family, 53, name_answer)
        for port in (443, 9999):
            answer_datagrams(family, port, lambda said: said)
    make_certificate(directory)
    place = furnish(directory)
    place["service"] = str(service.getsockname()[1])
    kept = local_sockets(directory / "outside")
    other = subprocess.Popen(["sleep", "60"], env={"SECRET": MARK})
    place["process"] = place["init"] = str(other.pid)
    # What a careless program leaves open for the next.
    careless = os.open(directory / "outside", os.O_RDONLY)
    os.set_inheritable(careless, True)
    environment = {**os.environ, "ANTHROPIC_API_KEY": MARK}
    words = [probe, "attempt", *ids, *(f"{name}={value}" for name, value in place.items())]
    done = subprocess.run(words, cwd=directory / "work", env=environment, close_fds=False, timeout=120)
    other.kill()
    for one in kept:
        one.close()
    sys.exit(done.returncode)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
