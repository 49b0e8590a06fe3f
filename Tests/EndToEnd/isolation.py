"""Enters a network namespace that has a loopback interface and no route out, then runs a command there.

Every test that starts an agent runs beneath this program, so that nothing an agent does can leave the
machine, whatever the program under test does or fails to do. Needs no root: an ordinary user gets a user
namespace in which they keep their own uid.

    python3 isolation.py -- COMMAND ARGUMENT...
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys

CLONE_NEWUSER = 0x1000_0000  # <linux/sched.h>
CLONE_NEWNET = 0x4000_0000
SIOCGIFFLAGS = 0x8913  # <linux/sockios.h>
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1
MARK = "SALLYPORT_TEST_ISOLATED"


def interfaces() -> list[str]:
    """The network interfaces of this process's namespace."""
    return sorted(name for _, name in socket.if_nameindex())


def require_isolation() -> None:
    """Raises unless this process sees a loopback interface and no other way out."""
    if os.environ.get(MARK) != "1":
        raise RuntimeError("not isolated: start the tests with Tests/EndToEnd/run.sh")
    # Kernels with tunnel modules loaded put unconfigured fallback devices into every namespace; a
    # route is what lets a packet leave, so routes are what is checked.
    with open("/proc/net/route", encoding="ascii") as table:
        routes = table.read().splitlines()[1:]
    with open("/proc/net/ipv6_route", encoding="ascii") as table:
        routes6 = [line for line in table.read().splitlines() if line.split()[-1] != "lo"]
    if routes or routes6:
        raise RuntimeError(f"this network namespace has a route out: {routes + routes6}")


def enter_namespace() -> None:
    """Moves this process into a fresh network namespace and raises its loopback interface."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    flags = CLONE_NEWNET if uid == 0 else CLONE_NEWNET | CLONE_NEWUSER
    if libc.unshare(flags) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"unshare: {os.strerror(error)} (unprivileged user namespaces must be allowed)")
    if uid != 0:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{uid} {uid} 1")
        _write("/proc/self/gid_map", f"{gid} {gid} 1")
    raise_loopback()
    # Lets the model server listen on 443 of this namespace without a capability.
    _write("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0")


def raise_loopback() -> None:
    """Makes the loopback interface of this process's namespace usable."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sH14x", b"lo", 0)
        current = struct.unpack("16sH14x", fcntl.ioctl(handle, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(handle, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", current | IFF_UP))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def main(arguments: list[str]) -> None:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit("usage: isolation.py -- COMMAND ARGUMENT...")
    try:
        enter_namespace()
    except OSError as error:
        sys.exit(f"isolation.py: cannot make a network namespace: {error}")
    os.environ[MARK] = "1"
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
