"""Runs that end while name servers are silent: what they say later is nobody's, and nothing is said of it."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterator

import pytest

from isolation import require_isolation

RUNS = 4
SILENCE = 0.45, 0.8  # seconds until a name server answers: about when the run ends
POLICY = """\
version: 1
rules:
  - {name: slow, when: {destination: "*.slow.example"}, then: allow}
"""
AGENT = """\
import os, threading, time, urllib.request
def ask(number):
    try: urllib.request.urlopen(f"http://n{number}-{os.getpid()}.slow.example/", timeout=5)
    except OSError: pass
for number in range(24): threading.Thread(target=ask, args=(number,), daemon=True).start()
time.sleep(0.5)
os._exit(0)
"""


@pytest.fixture
def name_server() -> Iterator[list[float]]:
    """Answers every question with "no such name", late; gives when it was asked."""
    require_isolation()
    asked: list[float] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))

        def answer(question: bytes, client: tuple[str, int]) -> None:
            time.sleep(random.uniform(*SILENCE))
            try:
                server.sendto(question[:2] + b"\x81\x83" + question[4:6] + bytes(6) + question[12:], client)
            except OSError:  # the test is over
                pass

        def serve() -> None:
            while True:
                try:
                    question, client = server.recvfrom(2048)
                except OSError:
                    return
                asked.append(time.monotonic())
                threading.Thread(target=answer, args=(question, client), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield asked


def test_a_name_that_comes_after_the_end_is_told_to_nobody(
    tmp_path: Path, sallyport: Path, name_server: list[float]
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may put a file in the place of /etc/resolv.conf")
    home, workspace = tmp_path / "home", tmp_path / "workspace"
    for directory in (home, workspace):
        directory.mkdir()
    (workspace / "sallyport.yaml").write_text(POLICY)
    (workspace / "agent.py").write_text(AGENT)
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    place = f"mount --bind {tmp_path}/resolv.conf /etc/resolv.conf && exec \"$@\""
    for _ in range(RUNS):
        asked = len(name_server)
        run = subprocess.run(
            ["unshare", "-m", "sh", "-c", place, "sh", str(sallyport), "run", "-q", "--", sys.executable, "agent.py"],
            cwd=workspace, env={"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0 and run.stderr == "", run.stderr
        assert len(name_server) > asked, "nobody asked for a name"
