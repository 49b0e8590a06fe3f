"""Runs an agent against the model server without Sallyport: the control of every experiment.

The agent sees the system's programs, its own installation, the workspace and a home; every name resolves to
the model server (names.py). The network namespace it shares has no route out (isolation.py).
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from agents import Agent
from isolation import require_isolation
from sample import Place

CA_VARIABLES = (
    "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "CODEX_CA_CERTIFICATE",
    "NODE_EXTRA_CA_CERTS",
)
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/sbin")
NON_ROOT = "1000"  # Claude Code refuses to skip its questions for root


def base_environment(agent: Agent, home: Path) -> dict[str, str]:
    """What the agent's user would have set, and nothing of this machine's."""
    return {
        "HOME": str(home), "USER": "sample", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb",
        agent.key_variable: agent.key, **agent.environment,
    }


def run_directly(
    agent: Agent, place: Place, certificate: Path, scratch: Path, limit: float
) -> subprocess.CompletedProcess[str]:
    """Runs the agent's task to its end; raises `subprocess.TimeoutExpired` past `limit` seconds."""
    require_isolation()
    etc = _make_etc(scratch / "etc")
    environment = base_environment(agent, place.home) | {name: str(certificate) for name in CA_VARIABLES}
    command = [
        "bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--uid", NON_ROOT, "--gid", NON_ROOT, "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--clearenv", *(word for name, value in environment.items() for word in ("--setenv", name, value)),
        "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev", "--ro-bind", str(etc), "/etc",
        "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        *_system_binds(), *(word for path in agent.read_paths() for word in ("--ro-bind", str(path), str(path))),
        "--ro-bind", str(certificate), str(certificate),
        "--bind", str(place.workspace), str(place.workspace), "--bind", str(place.home), str(place.home),
        "--chdir", str(place.workspace), "--", *agent.command,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=limit, stdin=subprocess.DEVNULL)


def _system_binds() -> list[str]:
    words: list[str] = []
    for path in SYSTEM:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            words += ["--ro-bind", path, path]
    return words


def _make_etc(etc: Path) -> Path:
    etc.mkdir()
    (etc / "alternatives").mkdir()
    (etc / "hosts").write_text("127.0.0.1 localhost\n")
    (etc / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files dns\n")
    (etc / "passwd").write_text(f"sample:x:{NON_ROOT}:{NON_ROOT}::/home/sample:/bin/bash\n")
    (etc / "group").write_text(f"sample:x:{NON_ROOT}:\n")
    (etc / "os-release").write_text('ID=debian\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\n')
    return etc
