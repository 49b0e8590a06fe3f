#!/usr/bin/env python3
"""What it costs to take something out of a request: CPU per request with nothing in it, with a secret in it, and with
nothing in it after a secret was taken out of another, when every request is searched for it.

    Benchmarks/redaction.py [--sallyport PATH] [--short]

One connection, one body over and over; the whole process tree's time on one pinned core. There is no bar.
"""
import argparse
import json
import random
import string

from bench import World, median, sallyport

RULES = "  - name: cut\n    when: {class: credential}\n    then: redact\n"


def bodies(world, size):
    """The same body without a secret and with one, which has the form of an API key and is none."""
    letters = random.Random(1)
    key = "sk-ant-api03-" + "".join(letters.choice(string.ascii_letters) for _ in range(93)) + "AA"
    with open(f"{world.workspace}/{size}.json") as f:
        body = json.load(f)
    body["messages"][0]["content"] += f" {key}"
    with open(f"{world.workspace}/{size}-secret.json", "w") as f:
        json.dump(body, f)
    return f"{size}.json", f"{size}-secret.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sallyport", default=".build/release/sallyport")
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    rounds = 2 if arguments.short else 5
    with World(arguments.sallyport) as world:
        ours = sallyport(world, rules=RULES)
        files = {size: bodies(world, size) for size in ("60KB", "1MB")}
        count = {"60KB": 100, "1MB": 15}

        def cost(size, body):
            return median([ours.cpu_microseconds(count[size], kind="post", connections=1, body=body) for _ in range(rounds)])

        before = {size: cost(size, plain) for size, (plain, _) in files.items()}
        print("CPU for a request, microseconds: nothing in it, a secret taken out, nothing in it after that")
        for size, (plain, secret) in files.items():
            print(f"  {size:<5} {before[size]:8.0f} {cost(size, secret):8.0f} {cost(size, plain):8.0f}")


if __name__ == "__main__":
    main()
