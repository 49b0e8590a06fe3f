"""The other half of `sallyport verify`: what fails inside succeeds where Sallyport, or the layer, is not."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isolation import require_isolation

HERE = Path(__file__).resolve().parent
PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>

CONTROLS = {
    "N1.control", "N8.direct", "N13.control", "N14.control", "N16.after-close", "N17.control", "P1.control", "P7.control",
}
"""These are to be answered, inside too. What hides behind the last one is for the destination to see."""

NOT_BUILT_IN = {"ENOSYS", "EAFNOSUPPORT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT"}
MAY_BE_MISSING = {
    "N1.sctp", "N5.vsock", "N5.alg", "K1.io-uring", "K2.x32", "K2.ia32", "K8.kexec", "K8.init-module",
    "K8.finit-module", "K8.delete-module", "K8.iopl", "K8.memfd-secret", "K8.bpf", "K8.userfaultfd",
}
"""What kernels are built without; then verify says so, or the sandbox's own refusal is all that can be seen."""

NO_COUNTERPART = {
    "K2.newer": "no kernel of today has such a call",
    "K6.kill-init": "would end the machine",
    "F3.task": "can be written everywhere; that it is put back is what is looked at",
    "F3.workflow": "the same",
    "F5.pipe": "a pipe can be made everywhere; that the run ends is what is looked at",
    "F6.sequences": "names with escape sequences can be made everywhere; PresentationTests show what becomes of them",
    "F7.survivors": "shown below",
    "F2.system": "shown below",
    "O6.managed": "shown below",
    "O6.policy-above": "a file can be made everywhere; that none arrives outside is what is looked at",
}

ROOT_ALONE = {
    "K7.pivot-root", "K7.fsopen", "K7.move-mount", "K7.mount-setattr", "K8.bpf", "K8.perf-event-open", "K8.swapon",
    "K8.reboot", "K8.syslog", "K8.settimeofday", "K8.acct", "K8.open-by-handle", "K8.kexec", "K8.init-module",
    "K8.finit-module", "K8.delete-module", "K8.iopl", "F5.character-device", "F5.block-device",
}
"""Where nothing else stands in the way, these still ask for root of the machine."""


@pytest.fixture
def probe(sallyport: Path) -> str:
    """The program that makes the attempts."""
    return str(sallyport.parent / "sallyport-probe")


def attempts(sallyport: Path) -> list[str]:
    done = subprocess.run([sallyport, "verify", "--list", "--json"], capture_output=True, text=True, check=True)
    return [
        attempt["id"] for attempt in json.loads(done.stdout) if not attempt["id"].startswith(("O1", "O2", "O3", "O4"))
    ]


def sightings(command: list[str], directory: Path) -> dict[str, dict[str, str]]:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=170, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {sighting["id"]: sighting for sighting in found}


def in_plain_world(probe: str, directory: Path, ids: list[str]) -> dict[str, dict[str, str]]:
    directory.mkdir()
    world = [sys.executable, str(HERE / "plain_world.py"), str(directory), probe, *ids]
    return sightings(["unshare", "--user", "--map-root-user", "--net", *world], directory)


def test_what_fails_inside_succeeds_outside(sallyport: Path, probe: str, tmp_path: Path) -> None:
    """No check of `sallyport verify` is one that could not fail."""
    require_isolation()
    wanted = [name for name in attempts(sallyport) if name not in NO_COUNTERPART]
    root = [name for name in wanted if name in ROOT_ALONE]
    together = [name for name in wanted if name not in ROOT_ALONE and name != "N8.proxy-place"]
    seen = in_plain_world(probe, tmp_path / "a", together)
    seen |= in_plain_world(probe, tmp_path / "b", ["N8.proxy-place"])
    if os.geteuid() == 0:
        place = tmp_path / "c"
        place.mkdir()
        seen |= sightings([probe, "attempt", *root, f"workspace={place}"], place)
    else:
        print(f"not shown, for want of root: {', '.join(root)}")
        wanted = [name for name in wanted if name not in ROOT_ALONE]
    missing = {name for name in wanted if name in MAY_BE_MISSING and seen[name].get("error") in NOT_BUILT_IN}
    print(f"not shown, because this kernel has none of it: {', '.join(sorted(missing))}")
    failed = {
        name: seen[name] for name in wanted
        if name not in missing and seen[name]["outcome"] != ("destination" if name in CONTROLS else "succeeded")
    }
    assert failed == {}
    assert len(wanted) - len(missing) > 100


def test_the_system_can_be_written_where_it_is_not_sealed(probe: str) -> None:
    """In a file system of nobody's, so that this machine's stays as it is."""
    seen = sightings(
        ["bwrap", "--tmpfs", "/", "--dir", "/usr/bin", "--dir", "/etc", "--proc", "/proc", "--ro-bind", probe, "/probe",
         "/probe", "attempt", "F2.system", "O6.managed"], HERE)
    assert [seen[name]["outcome"] for name in ("F2.system", "O6.managed")] == ["succeeded"] * 2


def test_daemons_survive_where_nobody_ends_them(probe: str) -> None:
    """The processes that `F7.survivors` and `O2.killed` leave behind are as hard to end as they say."""
    assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = set(children.read_text().split())
    subprocess.run([probe, "attempt", "F7.survivors"], stdout=subprocess.DEVNULL, check=True, timeout=60)
    end = time.monotonic() + 10
    left: set[str] = set()
    while time.monotonic() < end:
        # Their own parents end first, and are ours to bury.
        new = set(children.read_text().split()) - before
        left = {number for number in new if os.waitpid(int(number), os.WNOHANG) == (0, 0)}
        if len(left) == 2 and left == new:
            break
    for number in left:
        os.kill(int(number), signal.SIGTERM)
        os.kill(int(number), signal.SIGHUP)
        assert os.waitpid(int(number), os.WNOHANG) == (0, 0)
        os.kill(int(number), signal.SIGKILL)
        os.waitpid(int(number), 0)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    assert len(left) == 2


def test_the_run_is_refused_only_where_the_host_is_poor(sallyport: Path, probe: str, tmp_path: Path) -> None:
    """What `O1.no-namespaces` takes away is what refuses it."""
    home = tmp_path / "home"
    work = tmp_path / "work"
    for directory in (home, work):
        directory.mkdir()
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
    command = [str(sallyport), "run", "--quiet", "--", "/bin/true"]
    rich = subprocess.run(command, cwd=work, env=environment, capture_output=True, timeout=60)
    poor = subprocess.run([probe, "poor-host", *command], cwd=work, env=environment, capture_output=True, timeout=60)
    assert (rich.returncode, poor.returncode) == (0, 69)
