#!/usr/bin/env python3
"""Mixed traffic for as long as is asked for, and whether anything grows or stalls.

In the sandbox a load keeps connections busy over HTTP/1.1, HTTP/2 and WebSockets, with event streams, bodies of 2 KB,
60 KB and 1 MB, new connections and clients that go away in the middle of a body or of an answer. Every some seconds it
pauses; then resident memory, descriptors and threads of Sallyport's processes are counted.

    Benchmarks/endurance.py [--sallyport PATH] [--minutes N] [--connections N] [--out FILE.csv]

Fails when a request fails or is not answered within ten seconds, when fewer are served at the end than at the
beginning, when the last samples' memory lies above the first ones', or when more descriptors or threads are open at
the end than after the first minute.
"""
import argparse
import os
import select
import sys
import time

from bench import Bars, World, median, sallyport

SLICE_SECONDS = 10
LONGEST_ANSWER_MS = 10_000
# The first connections wait for detectors to be compiled, on a busy machine for longer than they would otherwise.
READY_SECONDS = 60
# The first samples are of a process that still fills its caches and pools.
WARM_UP_SECONDS = 60
MEMORY_GROWTH_MB = 6
# A process that does more for each request than for the one before it serves fewer in each slice.
LEAST_RATE = 0.7


def counted(pids):
    """Resident megabytes (private and its part of shared), descriptors, threads."""
    memory = descriptors = threads = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                memory += sum(int(line.split()[1]) for line in f if line.startswith("Pss:")) / 1024
            descriptors += len(os.listdir(f"/proc/{pid}/fd"))
            threads += len(os.listdir(f"/proc/{pid}/task"))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return memory, descriptors, threads


def slice_of_traffic(peer, connections, seconds):
    """What the load saw, or `None` where it says nothing any more."""
    peer.load.stdin.write(f"kind=mixed connections={connections} seconds={seconds} events=20 interval=50\n")
    peer.load.stdin.flush()
    if not answers(peer, READY_SECONDS):
        return None
    peer.load.stdout.readline()
    peer.load.stdin.write("go\n")
    peer.load.stdin.flush()
    return peer.load.stdout.readline() if answers(peer, seconds + LONGEST_ANSWER_MS / 1000 + 20) else None


def answers(peer, seconds):
    return bool(select.select([peer.load.stdout], [], [], seconds)[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--connections", type=int, default=24)
    parser.add_argument("--out", help="the samples as CSV")
    arguments = parser.parse_args()
    bars = Bars()
    with World(arguments.sallyport) as world:
        peer = sallyport(world)
        samples = run(peer, arguments)
        if arguments.out:
            with open(arguments.out, "w") as f:
                f.write("seconds,requests,failed,longest_ms,events,memory_mb,descriptors,threads\n")
                f.writelines(",".join(f"{v:g}" for v in sample) + "\n" for sample in samples)
        judge(bars, samples, peer.stalled)
        if peer.stalled:
            print(world.log(peer.process))
    sys.exit(bars.exit_code())


def run(peer, arguments):
    import json
    samples, begin, peer.stalled = [], time.monotonic(), False
    print("  minute  requests  failed  longest ms   events  memory MB  descriptors  threads")
    while time.monotonic() - begin < arguments.minutes * 60:
        line = slice_of_traffic(peer, arguments.connections, SLICE_SECONDS)
        if not line:
            peer.stalled = True
            break
        seen = json.loads(line)
        # What was closed a moment ago is let go.
        time.sleep(1)
        memory, descriptors, threads = counted(peer.tree())
        passed = time.monotonic() - begin
        samples.append((passed, seen["requests"], seen["errors"], max(seen["longest"], seen["gap"]), seen["events"],
                        memory, descriptors, threads))
        if len(samples) % 3 == 1:
            print("  %6.1f  %8d  %6d  %10.0f  %7d  %9.1f  %11d  %7d" % ((passed / 60,) + samples[-1][1:]), flush=True)
    return samples


def judge(bars, samples, stalled):
    settled = [s for s in samples if s[0] > WARM_UP_SECONDS] or samples
    part = max(1, len(settled) // 4)
    first, last = settled[:part], settled[-part:]
    middle = lambda rows, column: median([row[column] for row in rows])
    total = sum(s[1] for s in samples)
    print(f"{total} requests in {samples[-1][0] / 60 if samples else 0:.1f} minutes")
    bars.at_most("loads that went silent", 1 if stalled else 0, 0)
    bars.at_most("requests that failed", sum(s[2] for s in samples), 0)
    bars.at_most("longest wait for an answer or an event", max((s[3] for s in samples), default=0), LONGEST_ANSWER_MS, " ms")
    if samples:
        bars.at_least("requests in a slice, last quarter over first", middle(last, 1) / max(1, middle(first, 1)), LEAST_RATE)
        bars.at_most("memory, last quarter over first", middle(last, 5) - middle(first, 5), MEMORY_GROWTH_MB, " MB")
        bars.at_most("descriptors, last quarter over first", middle(last, 6) - middle(first, 6), 4)
        bars.at_most("threads, last quarter over first", middle(last, 7) - middle(first, 7), 1)


if __name__ == "__main__":
    main()
