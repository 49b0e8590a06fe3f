"""Runs under load are killed at random instants: nothing has reached the server that is not on record.

A quick form runs with all tests. `make trials` is the long one: SALLYPORT_TRIAL_KILLS is the number for each process.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from trials.comparison import Comparison
from trials.ledger_files import read_entries
from trials.spoilt_disk import SpoiltDisk
from trials.world import World

QUICK = {"sallyport": 12, "relay": 6, "init": 6, "agent": 6}
KILLS = int(os.environ.get("SALLYPORT_TRIAL_KILLS") or 0)
UNDER_LOAD = 0.6  # seconds after the first answers in which the kill falls
START_UP = 0.5  # seconds after the start in which an early kill falls
EARLY_SHARE = 6  # one kill of sallyport in so many comes while the run is starting
KILLED = 137


@pytest.mark.parametrize("victim", list(QUICK))
def test_nothing_leaves_without_its_entry(
    victim: str, sallyport: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kills, torn_tails, loaded = KILLS or QUICK[victim], 0, 0
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    with World(tmp_path) as world, SpoiltDisk(tmp_path) as disk:
        for number in range(kills):
            is_early = victim == "sallyport" and number % EARLY_SHARE == EARLY_SHARE - 1
            # In every second life each write to the ledger takes its time in the middle, so that kills fall there too.
            disk.order(delay=chance.uniform(0.001, 0.01) if number % 2 else 0)
            torn, arrived = one_life(world, disk, victim, chance, is_early)
            torn_tails += torn
            loaded += arrived > 0
            assert is_early or arrived > 0, "a life without load proves nothing"
        # And then a run that nobody kills.
        run = world.start(seconds=0.5)
        try:
            assert run.wait() == 0, run.describe()
        finally:
            run.end()
        _, entries, _ = world.compare()
        assert entries[-1]["type"] == "run.ended", entries[-1]
        world.verify()
        world.verify_independently()
        kept = world.expect_nothing_lost()
        say(capsys, victim, kills, loaded, torn_tails, world.comparison.matched, kept, seed)


def one_life(
    world: World, disk: SpoiltDisk, victim: str, chance: random.Random, is_early: bool
) -> tuple[bool, int]:
    """One run to its end by SIGKILL; gives whether it left half a record, and how much had reached the server."""
    run = world.start(durability=chance.choice(("process", "disk")), environment=disk.environment)
    try:
        if is_early:
            time.sleep(chance.uniform(0, START_UP))
        else:
            run.wait_for_answers(chance.randint(1, 12))
            time.sleep(chance.uniform(0, UNDER_LOAD))
        run.kill(victim)
        received, entries, torn = world.compare()
        if world.has_ledger():
            world.verify()
        if victim != "sallyport":
            # What is left of the run tells of its end, and of nothing after it.
            assert run.process.returncode == KILLED, run.describe()
            assert entries[-1]["type"] == "run.ended", entries[-1]
        return torn > 0, len(received)
    finally:
        run.end()


def say(
    capsys: pytest.CaptureFixture[str], victim: str, kills: int, loaded: int, torn: int, matched: Counter[str],
    entries: int, seed: int,
) -> None:
    """The figures, whatever pytest captures."""
    with capsys.disabled():
        print(
            f"\nkill trials: {kills} kills of {victim} ({loaded} under load, {torn} left a torn record), "
            f"{matched.total()} requests and messages received (HTTP/1.1 {matched['1.1']}, HTTP/2 {matched['2']}, "
            f"WebSocket {matched['websocket']}), each with its entry; {entries} entries compared; seed {seed}")


def test_the_comparison_notices_what_is_missing(sallyport: Path, tmp_path: Path) -> None:
    """The counterpart: with any one entry taken away, or any one body changed, the two records no longer agree."""
    with World(tmp_path) as world:
        run = world.start(seconds=0.5)
        try:
            assert run.wait() == 0, run.describe()
        finally:
            run.end()
        received = world.received()
        entries = read_entries(world.ledger).entries
        whole = Comparison(world.state)
        whole.add(entries)
        whole.match(received)
        assert received and not whole.unmatched
        for missing in sorted(whole.used)[:: max(1, len(whole.used) // 5)]:
            less = Comparison(world.state)
            less.add({index: raw for index, raw in entries.items() if index != missing})
            less.match(received)
            assert len(less.unmatched) == 1, missing
        changed = [{**received[-1], "sha256": "00" * 32}]
        less = Comparison(world.state)
        less.add(entries)
        less.match(changed)
        assert less.unmatched == changed
