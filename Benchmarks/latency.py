#!/usr/bin/env python3
"""What waiting Sallyport adds at low load, whether any of many streams stalls, and how much memory it takes.

Bodies of 60 KB are conversations (see interception.py). Latencies are medians of interleaved rounds, less those of the
same requests without a proxy. The programs measured, the load and the server run in the scheduler's real-time class where
that is allowed, so that what else the machine does is left out. Every event carries the time at which it was sent.

    Benchmarks/latency.py [--sallyport PATH] [--short]

Exit code 1 when a bar is missed.
"""
import argparse
import glob
import json
import os
import random
import string
import sys

from bench import TURNS, Bars, World, bare, direct, median, resident_megabytes, sallyport, tasks

RATE = 25
STREAMS = 512
# A stream sends an event each 100 ms; one that is silent for so long has stalled.
LONGEST_SILENCE_MS = 1500


def in_real_time(world, peers):
    """Whether the scheduler lets what is measured go before everything else."""
    pids = [world.server.pid]
    for peer in peers:
        pids += peer.tree() + peer.load_tree()
    try:
        for _, task in tasks(pids):
            os.sched_setscheduler(task, os.SCHED_FIFO, os.sched_param(1))
        return True
    except PermissionError:
        return False


def as_usual(world, peers):
    for _, task in tasks([world.server.pid] + [pid for peer in peers for pid in peer.tree() + peer.load_tree()]):
        os.sched_setscheduler(task, os.SCHED_OTHER, os.sched_param(0))


def rounds(peers, count, **job):
    samples = {name: [] for name in peers}
    for _ in range(count):
        for name, peer in peers.items():
            samples[name].append(peer.job(**job))
    return lambda name, key: median([s[key] for s in samples[name]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    bars = Bars()
    count = 2 if arguments.short else 5
    with World(arguments.sallyport) as world:
        peers = {"direct": direct(world), "bare": bare(world), "sallyport": sallyport(world)}
        ours = peers["sallyport"]
        for peer in peers.values():
            peer.job(requests=30, kind="post", connections=1, body="60KB.json")
        idle = resident_megabytes(ours.tree())
        is_real_time = in_real_time(world, peers.values())
        print(f"latency added at {RATE} requests/s, ms" + ("" if is_real_time else " (not in the real-time class: noisy)"))
        post = rounds(peers, count, kind="post", requests=40 if arguments.short else 150, connections=1, warm=5, rate=RATE,
                      turns=TURNS, messages="60KB.turns")
        for name in peers:
            print(f"  60 KB, {name:<10} p50 {post(name, 'p50'):.3f}   p99 {post(name, 'p99'):.3f}")
        bars.at_most("60 KB: added p50", post("sallyport", "p50") - post("direct", "p50"), 0.6, " ms")
        bars.at_most("60 KB: added p99", post("sallyport", "p99") - post("direct", "p99"), 1.5, " ms")
        stream = rounds(peers, count, kind="events", requests=2 if arguments.short else 8, connections=1, warm=1, events=50, interval=20)
        for name in peers:
            print(f"  events, {name:<9} first {stream(name, 'first50'):.3f}   each {stream(name, 'event50'):.3f}"
                  f"   each, p99 {stream(name, 'event99'):.3f}")
        bars.at_most("server-sent events: added to the first", stream("sallyport", "first50") - stream("direct", "first50"), 0.5, " ms")
        bars.at_most("server-sent events: added to each", stream("sallyport", "event50") - stream("direct", "event50"), 0.2, " ms")
        restoring(world, bars, peers["direct"], count, arguments.short)
        if is_real_time:
            as_usual(world, peers.values())
        streams(ours, bars, arguments.short)
        memory(ours, bars, idle, arguments.short)
    sys.exit(bars.exit_code())


def restoring(world, bars, direct, count, short):
    """Events into which something might have to be put back: a secret was taken out of what the server was sent."""
    letters = random.Random(1)
    with open(f"{world.workspace}/secret.json", "w") as f:
        json.dump({"text": "sk-ant-api03-" + "".join(letters.choice(string.ascii_letters) for _ in range(93)) + "AA"}, f)
    ours = sallyport(world, rules="  - name: cut\n    when: {class: credential}\n    then: redact\n")
    ours.job(requests=1, kind="post", connections=1, body="secret.json")
    if not glob.glob(f"{world.directory}/home/.local/state/sallyport/redactions/*.sealed"):
        sys.exit("nothing was taken out of the request: the figure would say nothing")
    in_real_time(world, [direct, ours])
    seen = rounds({"direct": direct, "restoring": ours}, count, kind="events", requests=2 if short else 8, connections=1, warm=1,
                  events=50, interval=20)
    bars.at_most("events, where values are put back: added to each", seen("restoring", "event50") - seen("direct", "event50"), 1, " ms")
    as_usual(world, [ours])


def streams(ours, bars, short):
    """All opened at once: the first events wait for as many TLS handshakes, the others must not."""
    seen = ours.job(kind="events", connections=STREAMS, requests=STREAMS, events=20 if short else 100, interval=100)
    print(f"{STREAMS} streams opened at once: {seen['events']} events, first event p50 {seen['first50']:.0f} ms, p99 {seen['first99']:.0f} ms; "
          f"later ones {seen['event50']:.2f} ms after they were sent, p99 {seen['event99']:.1f} ms")
    bars.at_most(f"{STREAMS} streams: failed", seen["errors"], 0)
    bars.at_most(f"{STREAMS} streams: longest wait for the first event", seen["first99"], LONGEST_SILENCE_MS, " ms")
    bars.at_most(f"{STREAMS} streams: longest silence between events", seen["gap"], LONGEST_SILENCE_MS, " ms")


def memory(ours, bars, idle, short):
    """Of the whole process tree: shared pages are counted by the part that each process has of them."""
    busy = []
    for _ in range(3):
        ours.job(kind="post", connections=64, requests=400 if short else 4000, warm=128, body="60KB.json")
        busy.append(resident_megabytes(ours.tree()))
    print("memory, MB: idle %.1f, after three times %d requests of 60 KB over 64 connections %s"
          % (idle, 400 if short else 4000, ", ".join(f"{b:.1f}" for b in busy)))
    bars.at_most("memory of the process tree", max(busy), 80, " MB")
    bars.at_most("memory: growth from the first to the third time", busy[-1] - busy[0], 4, " MB")


if __name__ == "__main__":
    main()
