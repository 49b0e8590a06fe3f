#!/usr/bin/env python3
"""What it costs to know what is in the bytes: requests of 60 KB as coding tools send them, looked through for credentials,
people, money and a canary, beside Kingfisher, which looks for credentials alone, over the same files in turns on one core.

    Benchmarks/inspection.py [--sallyport PATH] [--short]

Needs `inspection-measure` beside the sallyport. Kingfisher comes from PyPI into a virtual environment on first use; what it
takes without a file is taken off. The files are those of this repository's code, tests and documentation.
"""
import argparse
import glob
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv

from bench import MEASURED, Bars, median

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DETECTORS = f"{ROOT}/Sources/Catalog/Resources/detectors"
KINGFISHER = "kingfisher-bin==2.14.0"
BODY_BYTES = 60_000


def texts():
    """What agents send: code, its tests, documentation. Not the detectors, which are made of what they look for."""
    for folder, kind in (("Sources", "*.swift"), ("Tests", "*.swift"), ("Tests", "*.py"), ("Benchmarks", "*.py"), ("docs", "*.md")):
        for path in sorted(glob.glob(f"{ROOT}/{folder}/**/{kind}", recursive=True)):
            with open(path) as f:
                yield os.path.relpath(path, ROOT), f.read()


def write_bodies(folder):
    messages, used, number = [], 0, 0
    for path, text in texts():
        for start in range(0, len(text), 8_000):
            messages.append({"role": "user", "content": f"{path}\n{text[start:start + 8_000]}"})
            used += len(json.dumps(messages[-1])) + 2
            if used >= BODY_BYTES:
                with open(f"{folder}/{number:04}.json", "w") as f:
                    json.dump({"model": "m", "max_tokens": 64, "messages": messages}, f)
                messages, used, number = [], 0, number + 1


def kingfisher():
    """Its program, or `None` and why."""
    place = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "sallyport", "kingfisher-2.14.0")
    program = f"{place}/bin/kingfisher"
    if not os.path.exists(program):
        try:
            venv.create(place, with_pip=True)
            subprocess.run([f"{place}/bin/pip", "install", "--quiet", "--disable-pip-version-check", KINGFISHER], check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            return None, str(error)
    return program, None


def processor_seconds(*command, accepted=(0,)):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["taskset", "-c", MEASURED, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in accepted:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def scan_seconds(program, folder):
    # 200 and 205 say that something was found, or found and not asked about.
    return processor_seconds(program, "scan", folder, "--format", "json", "--no-validate", "--no-dedup", "--git-history", "none",
                             "--no-update-check", accepted=(0, 200, 205))


def start_milliseconds(sallyport, place):
    """A look at a file with nothing in it, once detectors are kept: what was compiled or changed just now is not yet."""
    nothing = f"{place}/nothing"
    open(nothing, "w").close()
    os.environ["SALLYPORT_HOME"] = f"{place}/state"
    for _ in range(2):
        subprocess.run([sallyport, "inspect", nothing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        time.sleep(3)
    return median([1e3 * processor_seconds(sallyport, "inspect", nothing) for _ in range(9)])


def measure(program, *arguments):
    done = subprocess.run(["taskset", "-c", MEASURED, program, *arguments], stdout=subprocess.PIPE, check=True, text=True)
    return {name: float(value) for name, value in (line.split("\t") for line in done.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    program = os.path.join(os.path.dirname(os.path.abspath(arguments.sallyport)), "inspection-measure")
    other, why = kingfisher()
    bars = Bars()
    with tempfile.TemporaryDirectory(prefix="sallyport-bench-") as place:
        for name in ("bodies", "empty", "cache"):
            os.mkdir(f"{place}/{name}")
        write_bodies(f"{place}/bodies")
        ours, theirs = [], []
        for _ in range(1 if arguments.short else 3):
            ours.append(measure(program, DETECTORS, f"{place}/bodies", f"{place}/cache"))
            if other:
                theirs.append(scan_seconds(other, f"{place}/bodies") - scan_seconds(other, f"{place}/empty"))
        seen = {name: median([one[name] for one in ours]) for name in ours[0]}
        megabytes = seen["bytes"] / 1e6
        print(f"inspection: {seen['bodies']:.0f} requests, {megabytes:.1f} MB, one core")
        print(f"  decoding alone {seen['decoding alone megabytes a second']:.0f} MB/s")
        block = seen["block megabytes a second"]
        bars.at_least("credentials, people, money, canaries", block, 150, " MB/s")
        if other:
            kingfishers = megabytes / max(0.001, median(theirs))
            print(f"  Kingfisher 2.14.0, credentials {kingfishers:.0f} MB/s")
            bars.at_least("over Kingfisher's", block / kingfishers, 2, "×")
        else:
            bars.absent("over Kingfisher's", why)
        bars.at_most("in pieces of 1,448 bytes over whole", seen["stream over block"], 1.2, "×")
        bars.at_most("memory of an open stream", seen["kilobytes of an open stream"], 64, " KB")
        print(f"  of one that 48 KB were read of {seen['kilobytes of a long open stream']:.0f} KB")
        bars.at_most("start of `inspect`, kept from before (CPU)", start_milliseconds(arguments.sallyport, place), 300, " ms")
        bars.at_most("60 KB decoded, searched, attributed", seen["request microseconds"], 1000, " µs")
    sys.exit(bars.exit_code())


if __name__ == "__main__":
    main()
