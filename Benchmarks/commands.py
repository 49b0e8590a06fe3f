#!/usr/bin/env python3
"""What `sallyport run` adds to starting a program, and to what programs do inside: git status, grep -r, a build.

Times inside and outside are taken by the same small program, in turns, with observation on, once the workspace has been
read for attribution. The workspace is a git
repository with a copy of Sallyport's sources and sixty C files that `make` compiles one after the other.

    Benchmarks/commands.py [--sallyport PATH] [--short]

Needs: git, grep, make, gcc. Exit code 1 when a bar is missed.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from bench import SOURCES, Bars, median

TIMER = r"""
import json, subprocess, sys, time
seen = {}
# By now the workspace has been read for attribution, which is once for each run.
time.sleep(3)
for name, times, script in json.loads(sys.argv[1]):
    seen[name] = []
    for _ in range(times):
        subprocess.run(["/bin/sh", "-c", script[0]], check=True, stdout=subprocess.DEVNULL)
        begin = time.monotonic()
        subprocess.run(["/bin/sh", "-c", script[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen[name].append(time.monotonic() - begin)
print(json.dumps(seen))
"""


def workspace(place):
    os.makedirs(place)
    shutil.copytree(SOURCES, f"{place}/Sources", ignore=shutil.ignore_patterns("*.build"))
    for index in range(60):
        body = "\n".join(f"int f{index}_{n}(int a) {{ return a * {n} + {index}; }}" for n in range(120))
        with open(f"{place}/part{index}.c", "w") as f:
            f.write(f"#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n{body}\n")
    with open(f"{place}/Makefile", "w") as f:
        f.write("objects := $(patsubst %.c,%.o,$(wildcard *.c))\nall: $(objects)\n%.o: %.c\n\tgcc -O1 -c $< -o $@\n")
    git = lambda *a: subprocess.run(["git", "-c", "user.name=b", "-c", "user.email=b@b.test", *a], cwd=place, check=True,
                                    stdout=subprocess.DEVNULL)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "bench")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    bars = Bars()
    directory = tempfile.mkdtemp(prefix="sallyport-bench-")
    environment = {"PATH": "/usr/bin:/bin", "HOME": f"{directory}/home", "LANG": "C.UTF-8"}
    os.makedirs(environment["HOME"])
    run = [os.path.abspath(arguments.sallyport), "run", "--quiet", "--"]
    try:
        place = f"{directory}/workspace"
        workspace(place)
        start_up(bars, run, place, environment, 5 if arguments.short else 20)
        inside_and_outside(bars, run, place, environment, arguments.short)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    sys.exit(bars.exit_code())


def start_up(bars, run, place, environment, times):
    seen = {"outside": [], "inside": []}
    for index in range(times + 2):
        for name, command in (("outside", []), ("inside", run)):
            begin = time.monotonic()
            subprocess.run([*command, "/bin/true"], cwd=place, env=environment, check=True, stderr=subprocess.DEVNULL)
            # The first make the ledger and the authority; that is the installation's, not the run's.
            if index >= 2:
                seen[name].append((time.monotonic() - begin) * 1000)
    print(f"start-up and end of a run of /bin/true: {median(seen['inside']):.1f} ms; without: {median(seen['outside']):.1f} ms")
    bars.at_most("`run` adds to /bin/true, from start to end", median(seen["inside"]) - median(seen["outside"]), 150, " ms")


def inside_and_outside(bars, run, place, environment, short):
    work = [
        ("git status", 3 if short else 10, [":", "git status"]),
        ("grep -r", 3 if short else 10, [":", "grep -r 'package func' ."]),
        ("make", 1 if short else 3, ["rm -f *.o", "make -s"]),
    ]
    timer = ["/usr/bin/python3", "-c", TIMER, json.dumps(work)]
    seen = {"outside": {}, "inside": {}}
    for _ in range(1 if short else 3):
        for name, command in (("outside", timer), ("inside", run + timer)):
            done = subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            for what, seconds in json.loads(done.stdout).items():
                seen[name].setdefault(what, []).extend(seconds)
    for what, _, _ in work:
        inside, outside = median(seen["inside"][what]), median(seen["outside"][what])
        print(f"{what}: {inside * 1000:.1f} ms inside, {outside * 1000:.1f} ms outside")
        bars.at_most(f"{what} inside over outside", inside / outside, 1.3, "×")


if __name__ == "__main__":
    main()
