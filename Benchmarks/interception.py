#!/usr/bin/env python3
"""CPU that Sallyport spends on an intercepted HTTPS request, everything on.

An agent in the sandbox (a small client with one kept connection) posts bodies of 2 KB, 60 KB and 1 MB to a TLS server
outside. Counted is the time on a processor of Sallyport's process tree (the program, its relay, bubblewrap and the sandbox's
init; not the agent), all threads, user and system, as the scheduler accounts it in nanoseconds, pinned to one core;
client and server run on the other.

    Benchmarks/interception.py [--sallyport PATH] [--requests N]

Needs: openssl, python3, taskset. Exit code 1 when a bar is missed.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

SIZES = {"2 KB": 2_000, "60 KB": 60_000, "1 MB": 1_000_000}
BARS_MICROSECONDS = {"60 KB": 1000}

CLIENT = r"""
import http.client, os, ssl, sys, time
proxy = os.environ["HTTPS_PROXY"].split("//")[1].rstrip("/")
def connection():
    c = http.client.HTTPSConnection(proxy, context=ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"]))
    c.set_tunnel("api.model.test", 443)
    return c
c = connection()
def post(body):
    c.request("POST", "/v1/messages", body, {"content-type": "application/json"})
    r = c.getresponse(); r.read()
    assert r.status == 200, r.status
for label, count in [l.split("=") for l in sys.argv[1:]]:
    body = open(label + ".json", "rb").read()
    for _ in range(20): post(body)
    open(label + ".begin", "w").close()
    while not os.path.exists(label + ".go"): time.sleep(0.005)
    for _ in range(int(count)): post(body)
    open(label + ".end", "w").close()
    while not os.path.exists(label + ".read"): time.sleep(0.005)
"""


def request_body(size):
    """A prompt as agents send it: messages with escaped code in them."""
    text = "def parse(line: str) -> dict:\n    \"\"\"Read one line.\"\"\"\n    return {\"key\": line.split('=')[0]}\n"
    messages, used = [], 0
    while used < size:
        messages.append({"role": "user", "content": f"Part {len(messages)}.\n{text * 6}"})
        used += len(json.dumps(messages[-1])) + 2
    return json.dumps({"model": "m", "max_tokens": 64, "messages": messages})


def certificates(directory):
    run = lambda *a: subprocess.run(a, cwd=directory, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=bench authority", "-keyout", "ca.key", "-out", "ca.pem")
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=server",
        "-keyout", "server.key", "-out", "server.csr")
    with open(os.path.join(directory, "ext"), "w") as f:
        f.write("subjectAltName=DNS:api.model.test\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-days", "2", "-extfile", "ext", "-out", "server.pem")


def serve(directory):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{directory}/server.pem", f"{directory}/server.key")
    listener = socket.create_server(("127.0.0.1", 0))
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n" + b"x" * 1000

    def client(raw):
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with context.wrap_socket(raw, server_side=True) as stream:
            buffer = b""
            while True:
                while b"\r\n\r\n" not in buffer:
                    piece = stream.recv(262144)
                    if not piece:
                        return
                    buffer += piece
                head, buffer = buffer.split(b"\r\n\r\n", 1)
                length = next((int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length")), 0)
                while len(buffer) < length:
                    buffer += stream.recv(262144)
                buffer = buffer[length:]
                stream.sendall(answer)

    def accept():
        while True:
            raw, _ = listener.accept()
            threading.Thread(target=client, args=(raw,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def own_processes(pid):
    """Sallyport and what it started of its own, by the names of their programs."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        try:
            with open(f"/proc/{pid}/comm") as f:
                if f.read().strip() not in ("sallyport", "sallyport-init", "bwrap"):
                    continue
            found.append(pid)
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children") as f:
                    waiting += map(int, f.read().split())
        except FileNotFoundError:
            pass
    return found


def on_processor_nanoseconds(pids):
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{task}/schedstat") as f:
                    total += int(f.read().split()[0])
            except FileNotFoundError:
                pass
    return total


def wait_for(path, process):
    while not os.path.exists(path):
        if process.poll() is not None:
            sys.exit(f"the run ended early with {process.returncode}: {process.stderr.read()[-2000:]}")
        time.sleep(0.002)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--requests", type=int, default=1500)
    arguments = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="sallyport-bench-")
    workspace = os.path.join(directory, "workspace")
    os.makedirs(workspace)
    os.makedirs(os.path.join(directory, "home"))
    missed = False
    try:
        certificates(directory)
        port = serve(directory)
        for label, size in SIZES.items():
            with open(f"{workspace}/{label.replace(' ', '')}.json", "w") as f:
                f.write(request_body(size))
        with open(f"{workspace}/client.py", "w") as f:
            f.write(CLIENT)
        with open(f"{directory}/policy.yaml", "w") as f:
            f.write("version: 1\nposture: control\nrules:\n  - name: bench\n    when: {destination: [api.model.test]}\n    then: allow\n")
        counts = {label: max(100, int(arguments.requests * min(1, 60_000 / size))) for label, size in SIZES.items()}
        process = subprocess.Popen(
            ["taskset", "-c", "0", os.path.abspath(arguments.sallyport), "run", "--quiet", "--policy", f"{directory}/policy.yaml",
             "--connect-to", f"::127.0.0.1:{port}", "--upstream-ca", f"{directory}/ca.pem", "--",
             "/usr/bin/taskset", "-c", "1", "/usr/bin/python3", "client.py"]
            + [f"{l.replace(' ', '')}={c}" for l, c in counts.items()],
            cwd=workspace, env={"PATH": "/usr/bin:/bin", "HOME": f"{directory}/home", "LANG": "C.UTF-8"},
            stderr=subprocess.PIPE, text=True)
        os.sched_setaffinity(0, {1} if os.cpu_count() > 1 else {0})
        print(f"{'body':>6}  {'requests':>8}  {'CPU µs/request':>14}  bar")
        for label, count in counts.items():
            mark = f"{workspace}/{label.replace(' ', '')}"
            wait_for(mark + ".begin", process)
            tree = own_processes(process.pid)
            before = on_processor_nanoseconds(tree)
            open(mark + ".go", "w").close()
            wait_for(mark + ".end", process)
            spent = (on_processor_nanoseconds(tree) - before) / count / 1000
            open(mark + ".read", "w").close()
            bar = BARS_MICROSECONDS.get(label)
            verdict = "" if bar is None else f"≤ {bar} {'met' if spent <= bar else 'missed'}"
            missed = missed or (bar is not None and spent > bar)
            print(f"{label:>6}  {count:>8}  {spent:>14.1f}  {verdict}", flush=True)
        process.wait()
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
