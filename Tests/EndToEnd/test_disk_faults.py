"""Ledgers on bad disks, without their index, under jumping clocks and under two runs at once: no entry, no request."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import pytest

from trials.comparison import Comparison
from trials.ledger_files import read_entries
from trials.spoilt_disk import SpoiltDisk, is_possible
from trials.world import LoadedRun, World, wait_until

CANNOT_WRITE = 73
MS_RDONLY, MS_REMOUNT = 1, 32  # <sys/mount.h>
ROOM = 96 * 1024  # bytes that are left to the ledger on a disk that is to become full
QUIET = 0.5  # seconds in which nothing may leave


@pytest.fixture
def world(tmp_path: Path, sallyport: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SpoiltDisk]:
    if not is_possible():
        pytest.skip("no C compiler, which makes what spoils the disk")
    with SpoiltDisk(tmp_path) as disk:
        yield disk


def expect_nothing_unrecorded(world: World) -> None:
    """While nothing can be recorded, all that arrives has one of the entries that were there before."""
    before = read_entries(world.ledger).entries
    time.sleep(QUIET)
    arrived = world.arrived()
    comparison = Comparison(world.state)
    comparison.add(before)
    comparison.match(arrived)
    assert arrived and not comparison.unmatched, f"left without an entry: {comparison.unmatched[:5]}"
    # What says of a refused request that it was refused is short, and may fit where its decision did not.
    later = [json.loads(entry)["type"] for index, entry in read_entries(world.ledger).entries.items() if index not in before]
    assert set(later) <= {"egress.completed"}, "something was recorded all the same"


def expect_recorded(world: World) -> None:
    """Where some entries still fit: all that has arrived by now has one that was written before."""
    time.sleep(QUIET)
    arrived = world.arrived()
    comparison = Comparison(world.state)
    comparison.add(read_entries(world.ledger).entries)
    comparison.match(arrived)
    assert arrived and not comparison.unmatched, f"left without an entry: {comparison.unmatched[:5]}"


def expect_refused(run: LoadedRun) -> None:
    """The agent is told in its own protocol."""
    wait_until(lambda: any(answer[2] == "503" for answer in run.answers()), "a request is refused")


def expect_sound(world: World) -> None:
    """Both records agree, the ledger verifies, and the next run works."""
    received, _, _ = world.compare()
    assert received
    run = world.start(seconds=0.3)
    try:
        assert run.wait() == 0, run.describe()
    finally:
        run.end()
    received, entries, _ = world.compare()
    assert received and entries[-1]["type"] == "run.ended"
    world.verify()
    world.verify_independently()
    world.expect_nothing_lost()


def own_lines(run: LoadedRun) -> list[str]:
    return [line for line in run.errors.splitlines() if line.startswith("sallyport:")]


@pytest.mark.parametrize(("error", "words"), [
    (errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system"),
    (errno.EIO, "Input/output error"),
])
def test_a_disk_that_fails_under_load(world: World, disk: SpoiltDisk, error: int, words: str) -> None:
    run = world.start(environment=disk.environment)
    try:
        run.wait_for_answers(6)
        disk.order(error=error)
        expect_refused(run)
        expect_nothing_unrecorded(world)
        assert run.finish() == CANNOT_WRITE, run.describe()
        assert len(own_lines(run)) == 1 and words in own_lines(run)[0], run.errors
    finally:
        run.end()
    disk.order()
    world.verify()
    expect_sound(world)


def test_a_disk_that_fails_for_a_while(world: World, disk: SpoiltDisk) -> None:
    run = world.start(lanes=["h1", "h1", "h2"], environment=disk.environment)
    try:
        run.wait_for_answers(6)
        disk.order(error=errno.ENOSPC)
        expect_refused(run)
        expect_nothing_unrecorded(world)
        disk.order()
        before = len(run.answers())
        wait_until(
            lambda: any(answer[2] == "204" for answer in run.answers()[before:]), "requests leave once there is room")
        assert run.finish() == 0, run.describe()
    finally:
        run.end()
    expect_sound(world)


def test_a_slow_disk_holds_requests_back(world: World, disk: SpoiltDisk) -> None:
    disk.order(delay=0.05)
    run = world.start(durability="disk", seconds=2, environment=disk.environment)
    try:
        assert run.wait() == 0, run.describe()
        assert {answer[2] for answer in run.answers()} <= {"204", "101", "message"}, run.describe()
    finally:
        run.end()
    expect_sound(world)


def test_nothing_leaves_while_the_ledger_waits(world: World) -> None:
    """As on a disk that hangs: another process holds the ledger's lock and does not let go of it."""
    run = world.start()
    try:
        run.wait_for_answers(6)
        with (world.ledger / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            expect_nothing_unrecorded(world)
        before = len(run.answers())
        wait_until(lambda: len(run.answers()) > before, "requests leave once entries are durable")
        assert run.finish() == 0, run.describe()
    finally:
        run.end()
    expect_sound(world)


def test_an_index_that_is_lost(world: World) -> None:
    run = world.start()
    try:
        run.wait_for_answers(3)
        lose_derived_files(world)
        run.wait_for_answers(len(run.answers()) + 3)
        assert run.finish() == 0, run.describe()
    finally:
        run.end()
    world.compare()
    shown = world.sallyport("log", "show", "--json")
    assert shown.returncode == 0 and len(shown.stdout.splitlines()) == len(world.comparison.places), shown.stderr
    lose_derived_files(world)
    assert world.sallyport("log", "show", "--json").stdout == shown.stdout
    (world.ledger / "index.sqlite").write_bytes(b"no database" * 1000)
    assert world.sallyport("log", "show", "--json").stdout == shown.stdout
    run = world.start(seconds=0.3)
    try:
        assert run.wait() == 0, run.describe()
    finally:
        run.end()
    received, _, _ = world.compare()
    assert received
    world.verify()


def lose_derived_files(world: World) -> None:
    for file in world.ledger.glob("index.sqlite*"):
        file.unlink()
    for derived in (world.ledger / "tmp", world.state / "cache"):
        shutil.rmtree(derived, ignore_errors=True)


def test_a_clock_that_jumps(world: World, disk: SpoiltDisk) -> None:
    run = world.start(environment=disk.environment)
    try:
        run.wait_for_answers(3)
        for seconds in (3600, -3600, 86_400 * 400, -86_400 * 400, 0):
            disk.order(clock=seconds)
            before = len(run.answers())
            wait_until(lambda: len(run.answers()) > before or run.process.poll() is not None, "the load goes on")
        assert run.finish() == 0, run.describe()
    finally:
        run.end()
    expect_sound(world)
    # A run that begins in another year, before what is on record and after it.
    for seconds in (-86_400 * 400, 86_400 * 400):
        disk.order(clock=seconds)
        run = world.start(seconds=0.3, environment=disk.environment)
        try:
            run.wait()
        finally:
            run.end()
        world.compare()
        world.verify()
    disk.order()
    run = world.start(seconds=0.3)
    try:
        assert run.wait() == 0, run.describe()
    finally:
        run.end()
    received, _, _ = world.compare()
    assert received


@pytest.mark.parametrize("round", range(3))
def test_two_runs_at_once_and_one_is_killed(world: World, round: int) -> None:
    other, killed = world.start(), world.start(durability="disk")
    try:
        other.wait_for_answers(2)
        killed.wait_for_answers(2)
        time.sleep(0.1 * round)
        killed.kill("sallyport")
        before = len(other.answers())
        wait_until(lambda: len(other.answers()) > before or other.process.poll() is not None, "the other goes on")
        assert other.finish() == 0, other.describe()
    finally:
        killed.end()
        other.end()
    received, entries, _ = world.compare()
    assert received
    assert len({entry["run"] for entry in entries}) == 2
    assert sum(entry["type"] == "run.ended" for entry in entries) == 1
    expect_sound_after(world)


def expect_sound_after(world: World) -> None:
    world.verify()
    world.verify_independently()
    assert world.expect_nothing_lost() > 0


@pytest.fixture
def small_disk(tmp_path: Path, sallyport: Path) -> Iterator[World]:
    """A world whose state lies on a file system of its own, in memory."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    world = World(tmp_path)
    world.state.mkdir(parents=True)
    mount(str(world.state), "tmpfs", 0, "size=64m,mode=0700")
    try:
        with world:
            # All that is made once is made while there is room.
            run = world.start(seconds=0.3)
            try:
                assert run.wait() == 0, run.describe()
            finally:
                run.end()
            world.compare()
            yield world
    finally:
        if ctypes.CDLL(None, use_errno=True).umount2(os.fsencode(world.state), 2) != 0:  # MNT_DETACH
            raise OSError(ctypes.get_errno(), "umount2")


def mount(target: str, kind: str, flags: int, options: str = "") -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"trials", target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"mount {target}")


def fill(ballast: Path, room: int = ROOM) -> None:
    """Takes what is free but for some room, of a disk on which a run goes on writing."""
    with ballast.open("ab") as file:
        while (size := free_bytes(ballast.parent) - room) > 0:
            try:
                return os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, size)
            except OSError as error:
                # The run wrote more than that since the free space was asked for; there is less of it now.
                if error.errno != errno.ENOSPC:
                    raise


@contextmanager
def kept_full(ballast: Path) -> Iterator[None]:
    """Takes what runs give back, too: drafts, and what was theirs while they were under way."""
    has_ended = threading.Event()

    def keep() -> None:
        while not has_ended.wait(0.001):
            fill(ballast, room=0)

    fill(ballast, room=0)
    filler = threading.Thread(target=keep)
    filler.start()
    try:
        yield
    finally:
        has_ended.set()
        filler.join()


def free_bytes(directory: Path) -> int:
    space = os.statvfs(directory)
    return space.f_bavail * space.f_frsize


def test_a_real_disk_that_becomes_full(small_disk: World) -> None:
    world, ballast = small_disk, small_disk.state / "ballast"
    run = world.start()
    try:
        run.wait_for_answers(2)
        fill(ballast)
        expect_refused(run)
        expect_recorded(world)
        assert run.finish() == CANNOT_WRITE, run.describe()
        assert len(own_lines(run)) == 1 and "No space left on device" in own_lines(run)[0], run.errors
    finally:
        run.end()
    world.verify()
    # A run that finds it full is refused before its agent starts.
    with kept_full(ballast):
        run = world.start(seconds=1)
        try:
            assert run.wait() == CANNOT_WRITE and run.output == "", run.describe()
            assert len(own_lines(run)) == 1, run.errors
        finally:
            run.end()
    ballast.unlink()
    expect_sound(world)


def test_a_run_that_ends_on_a_full_disk_is_listed_as_ended(small_disk: World) -> None:
    world, ballast = small_disk, small_disk.state / "ballast"
    run = world.start()
    try:
        run.wait_for_answers(2)
        with kept_full(ballast):
            expect_refused(run)
            assert run.finish() == CANNOT_WRITE, run.describe()
    finally:
        run.end()
    listed = json.loads(world.sallyport("runs", "--json", "--limit", "1").stdout)
    assert listed["state"] == "ended" and listed["ledger"] == {"verified": False}, listed
    assert listed["totals"]["exchanges"] > 2, listed
    assert not (world.state / "runs" / listed["run"] / "report.json").exists()
    ballast.unlink()
    expect_sound(world)


def test_a_real_disk_that_is_read_only(small_disk: World) -> None:
    world = small_disk
    mount(str(world.state), "tmpfs", MS_REMOUNT | MS_RDONLY)
    world.verify_independently()
    run = world.start(seconds=1)
    try:
        assert run.wait() == CANNOT_WRITE and run.output == "", run.describe()
        assert len(own_lines(run)) == 1 and "Read-only file system" in own_lines(run)[0], run.errors
    finally:
        run.end()
    mount(str(world.state), "tmpfs", MS_REMOUNT)
    run = world.start(seconds=0.3)
    try:
        assert run.wait() == 0, run.describe()
    finally:
        run.end()
    received, _, _ = world.compare()
    assert received
    world.verify()
