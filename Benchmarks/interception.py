#!/usr/bin/env python3
"""CPU that an intercepted HTTPS request costs: Sallyport with everything on, and others beside it.

Each proxy runs on one core, the load and a TLS server that answers 1 KB on the other. A request is a POST over a kept
connection, or over a new one. Counted is the time on a processor of the proxy's whole process tree, user and system, as
the scheduler accounts it in nanoseconds; rounds of all proxies are interleaved and the median of them is shown.
Bodies of 60 KB and 1 MB are conversations, as agents send them: each request of a connection is the one before with one
turn more, for 20 turns, and then the next conversation begins, which shares nothing with it. Their mean is the size.
Beside it stands what a body costs of which nothing went before.
Sallyport has everything on: interception, decoding, detection, attribution to the files of a workspace, policy, ledger,
observation. nginx cannot intercept; it ends TLS and begins it again as a reverse proxy, with CONNECT left out. `bare`
(Benchmarks/Traffic) copies bytes between two TLS connections and looks at nothing.

    Benchmarks/interception.py [--sallyport PATH] [--short] [--only NAMES] [--cells CELLS]

Needs: openssl, python3, taskset; the peers that Benchmarks/peers.sh fetches. Exit code 1 when a bar is missed.
"""
import argparse
import json
import sys

from bench import SIZES, TALKS, TURNS, Bars, World, everyone, bare, median, sallyport

# Of the fast ones, in one round; the slow ones get a part of it.
REQUESTS = {"2 KB": 3000, "60 KB": 1200, "1 MB": 120, "new": 400}
PART = {"mitmproxy": 0.1, "squid": 0.25}
LESS_THAN_MITMPROXY = {"2 KB": 25, "60 KB": 12, "new": 15}
MOST_OF_BARE = {"2 KB": 1.5}


def cells(short):
    for size in SIZES:
        for connections in ((16,) if short else (1, 16, 64)):
            yield (size, connections)
    yield ("new", 1)


def measure(peers, short, wanted):
    """The median of each proxy's rounds, by cell and name."""
    rounds = 2 if short else 4
    table = {}
    for cell in cells(short):
        size, connections = cell
        if wanted and f"{size}/{connections}".replace(" ", "") not in wanted:
            continue
        samples = {name: [] for name in peers}
        fresh = []
        file = "2KB" if size == "new" else size.replace(" ", "")
        for round in range(rounds):
            for name in (list(peers) if round % 2 == 0 else reversed(list(peers))):
                requests = max(2 * connections, int(REQUESTS[size] * PART.get(name, 1) * (0.3 if short else 1)))
                parts = dict(kind="new" if size == "new" else "post", connections=connections, warm=max(10, 2 * connections))
                talk = dict(turns=TURNS, messages=f"{file}.turns") if size in TALKS else {}
                samples[name].append(peers[name].cpu_microseconds(requests, body=f"{file}.json", **parts, **talk))
                if talk and name == "sallyport":
                    fresh.append(peers[name].cpu_microseconds(
                        requests, body=f"{file}.json", **parts, turns=1, messages=f"{file}.turns"))
        table[cell] = {name: median(values) for name, values in samples.items()}
        label = f"{size}, {connections}" if size != "new" else "new connection"
        print(f"  {label:<16}" + "".join(f"{table[cell][name]:>12,.0f}" for name in peers), flush=True)
        if fresh:
            print(f"  {'  nothing before':<16}{median(fresh):>12,.0f}", flush=True)
    return table


def judge(table, bars):
    ratio = lambda cell, over, under: table[cell][over] / table[cell][under]
    for size in [*SIZES, "new"]:
        cells = [c for c in table if c[0] == size]
        if not cells or "sallyport" not in table[cells[0]]:
            continue
        name = f"{size}" if size != "new" else "new connection"
        worst = lambda over, under, pick: pick(ratio(c, over, under) for c in cells)
        if size in LESS_THAN_MITMPROXY:
            what = f"{name}: mitmproxy's CPU over Sallyport's"
            if "mitmproxy" in table[cells[0]]:
                bars.at_least(what, worst("mitmproxy", "sallyport", min), LESS_THAN_MITMPROXY[size], "×")
            else:
                bars.absent(what, "no mitmproxy")
        if size != "new":
            what = f"{name}: Sallyport's CPU over Squid's"
            if "squid" in table[cells[0]]:
                bars.at_most(what, worst("sallyport", "squid", max), 1, "×")
            else:
                bars.absent(what, "no Squid")
        if size in MOST_OF_BARE:
            bars.at_most(f"{name}: Sallyport's CPU over the bare proxy's", worst("sallyport", "bare", max), MOST_OF_BARE[size], "×")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--short", action="store_true", help="16 connections, few requests, two rounds")
    parser.add_argument("--only", help="without the peers that are fetched: sallyport,bare", action="store_true")
    parser.add_argument("--cells", help="as in 2KB/16,new/1", default="")
    arguments = parser.parse_args()
    bars = Bars()
    with World(arguments.sallyport) as world:
        peers = {"sallyport": sallyport(world), "bare": bare(world)} if arguments.only else everyone(world)
        print("CPU per intercepted request, µs (user and system of the process tree; medians of interleaved rounds)")
        print(f"  {'body, connections':<16}" + "".join(f"{name:>12}" for name in peers))
        table = measure(peers, arguments.short, [c for c in arguments.cells.split(",") if c])
        judge(table, bars)
    sys.exit(bars.exit_code())


if __name__ == "__main__":
    main()
