"""What the measurements have in common: certificates, bodies, the programs measured, their time on a processor, bars.

Needs: openssl, python3, taskset; `bench-traffic` beside the sallyport that is measured.
"""
import glob
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(os.path.dirname(HERE), "Sources")
SIZES = {"2 KB": 2_000, "60 KB": 60_000, "1 MB": 1_000_000}
HOST = "api.model.test"
# Where what is measured runs; the load and the server have the other.
MEASURED, OTHER = ("0", "1") if (os.cpu_count() or 1) > 1 else ("0", "0")


class Bars:
    """Figures beside what was promised of them."""

    def __init__(self):
        self.missed = []

    def at_most(self, name, value, bar, unit=""):
        self._print(name, value, f"≤ {bar:g}{unit}", unit, value <= bar)

    def at_least(self, name, value, bar, unit=""):
        self._print(name, value, f"≥ {bar:g}{unit}", unit, value >= bar)

    def absent(self, name, why):
        print(f"  {name:<58} not measured: {why}   missed", flush=True)
        self.missed.append(name)

    def _print(self, name, value, bar, unit, is_met):
        shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"
        print(f"  {name:<58} {shown + unit:>12}   bar {bar:<12} {'met' if is_met else 'missed'}", flush=True)
        if not is_met:
            self.missed.append(name)

    def exit_code(self):
        return 1 if self.missed else 0


def request_body(size):
    """A prompt as coding tools send it: instructions, and files of the workspace, which here is Sallyport's own source."""
    paths = sorted(glob.glob(f"{SOURCES}/Wire/**/*.swift", recursive=True) + glob.glob(f"{SOURCES}/Ledger/**/*.swift", recursive=True))
    messages, used, index = [], 200, 0
    while used < size:
        with open(paths[index % len(paths)]) as f:
            text = f.read()[: max(400, min(8_000, size - used - 200))]
        messages.append({"role": "user", "content": f"Part {index}. Please look at this file.\n{text}"})
        used += len(json.dumps(messages[-1])) + 2
        index += 1
    return json.dumps({"model": "m", "max_tokens": 64, "messages": messages})


# What is sent as a conversation, and the turns of one.
TALKS = ("60 KB", "1 MB")
TURNS = 20


def turns(size):
    """What conversations are made of: messages with files of the workspace, two of them a turn, three times as many as a
    body of this size has. A conversation of TURNS turns then has this size on average: it begins with half of it."""
    paths = sorted(glob.glob(f"{SOURCES}/Wire/**/*.swift", recursive=True) + glob.glob(f"{SOURCES}/Ledger/**/*.swift", recursive=True))
    text = "".join(open(path).read() for path in paths)
    wanted, messages, place = size // (2 * TURNS), [], 0
    while len(messages) < 6 * TURNS:
        role = ("assistant", "user")[len(messages) % 2]
        message = lambda count: json.dumps(
            {"role": role, "content": f"Part {len(messages)}. Please look at this.\n{(text + text)[place:place + count]}"})
        count = wanted - len(message(0))
        while len(message(count)) > wanted:
            count -= (len(message(count)) - wanted + 1) // 2 + 1
        messages.append(message(count))
        place = (place + count) % len(text)
    return "\n".join(messages)


def certificates(directory):
    run = lambda *a: subprocess.run(a, cwd=directory, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=bench authority", "-addext", "keyUsage=critical,keyCertSign", "-keyout", "ca.key", "-out", "ca.pem")
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=server",
        "-keyout", "server.key", "-out", "server.csr")
    with open(os.path.join(directory, "ext"), "w") as f:
        f.write(f"subjectAltName=DNS:{HOST},DNS:localhost\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-days", "2", "-extfile", "ext", "-out", "server.pem")
    for name, parts in {"ca-both.pem": ("ca.key", "ca.pem")}.items():
        with open(f"{directory}/{name}", "w") as f:
            f.write("".join(open(f"{directory}/{part}").read() for part in parts))


def descendants(pid, names=None):
    """A process and what it started, all of it or what bears these names."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        try:
            with open(f"/proc/{pid}/comm") as f:
                if names and f.read().strip() not in names:
                    continue
            found.append(pid)
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children") as f:
                    waiting += map(int, f.read().split())
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def tasks(pids):
    for pid in pids:
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                yield pid, int(task)
        except FileNotFoundError:
            pass


def on_processor_nanoseconds(pids):
    """As the scheduler accounts it: user and system, all threads, those that have ended too (clock_getcpuclockid(3))."""
    total = 0
    for pid in pids:
        try:
            total += time.clock_gettime_ns((~pid << 3) | 2)
        except OSError:
            pass
    return total


def resident_megabytes(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith("Pss:"))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total / 1024


def free_port():
    """Beneath those that the kernel gives to connections, which would take it before its owner does."""
    while True:
        port = random.randrange(20_000, 32_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            pass


class World:
    """A directory, a server, and the proxies between it and a load; ends all that it started."""

    def __init__(self, sallyport):
        self.sallyport = os.path.abspath(sallyport)
        self.traffic = os.path.join(os.path.dirname(self.sallyport), "bench-traffic")
        self.directory = tempfile.mkdtemp(prefix="sallyport-bench-")
        self.processes = []
        # What is not measured keeps off the processor of what is.
        os.sched_setaffinity(0, {int(OTHER)})
        os.chmod(self.directory, 0o755)
        self.workspace = os.path.join(self.directory, "workspace")
        os.makedirs(self.workspace)
        os.makedirs(os.path.join(self.directory, "home"))
        certificates(self.directory)
        shutil.copytree(f"{SOURCES}/Wire", f"{self.workspace}/Wire")
        shutil.copytree(f"{SOURCES}/Ledger", f"{self.workspace}/Ledger")
        shutil.copy(self.traffic, f"{self.workspace}/bench-traffic")
        for label, size in SIZES.items():
            with open(f"{self.workspace}/{label.replace(' ', '')}.json", "w") as f:
                f.write(request_body(size))
            if label in TALKS:
                with open(f"{self.workspace}/{label.replace(' ', '')}.turns", "w") as f:
                    f.write(turns(size))
        self.server, self.port = self.listening("serve", f"{self.directory}/server.pem", f"{self.directory}/server.key", cpu=OTHER)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.stdin:
                process.stdin.close()
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def start(self, *command, cpu=MEASURED, env=None, **options):
        log = open(f"{self.directory}/log-{len(self.processes)}", "w")
        process = subprocess.Popen(["taskset", "-c", cpu, *command], env=env, stderr=log, text=True, **options)
        process.log = log.name
        self.processes.append(process)
        return process

    def listening(self, *arguments, cpu=MEASURED):
        process = self.start(self.traffic, *arguments, cpu=cpu, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return process, int(process.stdout.readline())

    def log(self, process):
        with open(process.log) as f:
            return f.read()[-1500:]


class Peer:
    """One proxy (or none) and the load that goes through it."""

    def __init__(self, world, name, process, load, names=None):
        self.world, self.name, self.process, self.load, self.names = world, name, process, load, names
        # Numbers the series of conversations: what was sent in one round would be known in the next.
        self.jobs = 0

    def tree(self):
        return descendants(self.process.pid, self.names) if self.process else []

    def job(self, **parts):
        """Runs a job; gives what the load saw, with the proxy's time on the processor in `cpu` (seconds)."""
        self.jobs += 1
        self.load.stdin.write(" ".join(f"{k}={v}" for k, v in (parts | {"series": self.jobs}).items()) + "\n")
        self.load.stdin.flush()
        line = self.load.stdout.readline().strip()
        if line != "warm":
            sys.exit(f"{self.name}: {line or 'the load ended'} {self.world.log(self.load)} {self.world.log(self.process) if self.process else ''}")
        tree = self.tree()
        before = on_processor_nanoseconds(tree)
        self.load.stdin.write("go\n")
        self.load.stdin.flush()
        seen = json.loads(self.load.stdout.readline())
        seen["cpu"] = (on_processor_nanoseconds(tree) - before) / 1e9
        return seen

    def cpu_microseconds(self, requests, **parts):
        seen = self.job(requests=requests, **parts)
        if seen["errors"]:
            print(f"  {self.name}: {seen['errors']} of {requests} requests failed ({parts})", file=sys.stderr)
            if seen["errors"] == requests:
                return float("nan")
        return seen["cpu"] / (requests - seen["errors"]) * 1e6

    def load_tree(self):
        return [p for p in descendants(self.load.pid) if open(f"/proc/{p}/comm").read().strip() == "bench-traffic"]


def outside_load(world, proxy, target):
    return world.start(world.traffic, "load", proxy, target, f"{world.directory}/trust.pem", cpu=OTHER, cwd=world.workspace,
                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def trust(world):
    path = f"{world.directory}/trust.pem"
    if not os.path.exists(path):
        shutil.copy(f"{world.directory}/ca.pem", path)


def direct(world):
    trust(world)
    return Peer(world, "direct", None, outside_load(world, "-", f"localhost:{world.port}"))


def bare(world):
    trust(world)
    process, port = world.listening(
        "pass", f"{world.directory}/server.pem", f"{world.directory}/server.key", f"{world.directory}/ca.pem", str(world.port))
    return Peer(world, "bare", process, outside_load(world, f"127.0.0.1:{port}", f"localhost:{world.port}"))


def run_once(world, environment):
    """The first run reads and compiles the detectors and keeps them; what is measured is like all that come after it."""
    if not os.path.exists(f"{environment['HOME']}/.local"):
        subprocess.run([world.sallyport, "run", "--quiet", "--", "/bin/true"], cwd=world.workspace, env=environment, check=True)


def sallyport(world, *options, policy="", rules=""):
    environment = {"PATH": "/usr/bin:/bin", "HOME": f"{world.directory}/home", "LANG": "C.UTF-8"}
    run_once(world, environment)
    written = f"{world.directory}/policy-{len(world.processes)}.yaml"
    with open(written, "w") as f:
        f.write("version: 1\nposture: control\ndurability: process\n" + policy
                + f"rules:\n{rules}  - name: bench\n    when: {{destination: [{HOST}]}}\n    then: allow\n")
    script = f'p=${{HTTPS_PROXY#*//}}; exec /usr/bin/taskset -c {OTHER} ./bench-traffic load "${{p%/}}" {HOST}:443 "$SSL_CERT_FILE"'
    process = world.start(
        world.sallyport, "run", "--quiet", "--policy", written,
        "--connect-to", f"::127.0.0.1:{world.port}", "--upstream-ca", f"{world.directory}/ca.pem", *options, "--",
        "/bin/sh", "-c", script, cwd=world.workspace, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environment)
    return Peer(world, "sallyport", process, process, ("sallyport", "sallyport-init", "bwrap"))


def wait_for_port(world, process, port):
    for _ in range(400):
        if process.poll() is not None:
            sys.exit(f"{process.args[3]} ended early with {process.returncode}: {world.log(process)}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"a peer does not listen: {world.log(process)}")


def nginx(world, peers):
    """Ends TLS and begins it again, as a reverse proxy: CONNECT it cannot."""
    trust(world)
    port = free_port()
    place = f"{world.directory}/nginx"
    os.makedirs(place)
    temporary = " ".join(f"{m}_temp_path {place}/{m};" for m in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    with open(f"{place}/conf", "w") as f:
        f.write(f"""daemon off; worker_processes 1; pid {place}/pid; error_log stderr error;
events {{ worker_connections 2048; }}
http {{ {temporary} access_log off; client_max_body_size 0; client_body_buffer_size 2m; keepalive_requests 1000000;
upstream server {{ server localhost:{world.port}; keepalive 256; keepalive_requests 1000000; }}
server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {world.directory}/server.pem; ssl_certificate_key {world.directory}/server.key;
location / {{ proxy_pass https://server; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;
proxy_ssl_server_name on; proxy_ssl_name localhost; proxy_ssl_verify on; proxy_ssl_trusted_certificate {world.directory}/ca.pem; }} }} }}
""")
    process = world.start(f"{peers}/root/usr/sbin/nginx", "-c", f"{place}/conf", "-p", place)
    wait_for_port(world, process, port)
    return Peer(world, "nginx", process, outside_load(world, "-", f"localhost:{port}"))


def squid(world, peers):
    trust(world)
    port = free_port()
    place = f"{world.directory}/squid"
    os.makedirs(place)
    # A copy, since the user that Squid runs its helpers as may not read where they are.
    shutil.copytree(f"{peers}/root/usr/lib/x86_64-linux-gnu", f"{place}/libraries")
    lib = f"{place}/helpers"
    os.makedirs(lib)
    for helper in ("security_file_certgen", "unlinkd"):
        shutil.copy(f"{peers}/root/usr/lib/squid/{helper}", lib)
    for part in ("mime.conf", "icons"):
        source = next(p for p in glob.glob(f"{peers}/root/*/squid/{part}") + glob.glob(f"{peers}/root/usr/share/squid/{part}"))
        (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, f"{place}/{part}")
    environment = {**os.environ, "LD_LIBRARY_PATH": f"{place}/libraries"}
    subprocess.run([f"{lib}/security_file_certgen", "-c", "-s", f"{place}/db", "-M", "4MB"], check=True, env=environment,
                   stdout=subprocess.DEVNULL)
    with open(f"{place}/conf", "w") as f:
        f.write(f"""http_port 127.0.0.1:{port} ssl-bump cert={world.directory}/ca-both.pem generate-host-certificates=on dynamic_cert_mem_cache_size=4MB
sslcrtd_program {lib}/security_file_certgen -s {place}/db -M 4MB
sslcrtd_children 8 startup=8 idle=1 queue-size=256
unlinkd_program {lib}/unlinkd
ssl_bump bump all
tls_outgoing_options cafile={world.directory}/ca.pem
http_access allow all
cache deny all
cache_mem 8 MB
access_log none
cache_log stdio:{place}/log
cache_store_log none
netdb_filename none
pinger_enable off
pid_filename none
coredump_dir {place}
mime_table {place}/mime.conf
icon_directory {place}/icons
error_directory {place}
shutdown_lifetime 0 seconds
cache_effective_user {'nobody' if os.getuid() == 0 else os.environ.get('USER', 'nobody')}
""")
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "nobody", place], check=True)
    process = world.start(f"{peers}/root/usr/sbin/squid", "-N", "-f", f"{place}/conf", env=environment)
    wait_for_port(world, process, port)
    return Peer(world, "squid", process, outside_load(world, f"127.0.0.1:{port}", f"localhost:{world.port}"))


def mitmproxy(world, peers):
    trust(world)
    port = free_port()
    place = f"{world.directory}/mitmproxy"
    os.makedirs(place)
    shutil.copy(f"{world.directory}/ca-both.pem", f"{place}/mitmproxy-ca.pem")
    process = world.start(
        f"{peers}/venv/bin/mitmdump", "--quiet", "--listen-host", "127.0.0.1", "--listen-port", str(port),
        "--set", f"confdir={place}", "--set", "stream_large_bodies=1", "--set", "http2=false",
        "--set", f"ssl_verify_upstream_trusted_ca={world.directory}/ca.pem", stdout=subprocess.DEVNULL)
    wait_for_port(world, process, port)
    return Peer(world, "mitmproxy", process, outside_load(world, f"127.0.0.1:{port}", f"localhost:{world.port}"))


def everyone(world):
    """Sallyport, the bare proxy, and those of the peers that can be had."""
    found = {"sallyport": sallyport(world), "bare": bare(world)}
    fetched = subprocess.run([f"{HERE}/peers.sh"], stdout=subprocess.PIPE, text=True)
    if fetched.returncode == 0:
        place = fetched.stdout.strip()
        found |= {"nginx": nginx(world, place), "squid": squid(world, place), "mitmproxy": mitmproxy(world, place)}
    return found


def median(values):
    return statistics.median(values)
