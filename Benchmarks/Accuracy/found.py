"""What a program said: where in which file, and what."""
import dataclasses
import subprocess
import time


@dataclasses.dataclass(frozen=True)
class Found:
    """`start`..<`end` in bytes. `data` is credential, personal or financial; `what` is the program's own word."""
    path: str
    start: int
    end: int
    data: str
    what: str
    grade: str = ""


@dataclasses.dataclass
class Report:
    found: list[Found]
    seconds: float


def run(command, accepted=(0,), **options):
    """Runs a program without network, as its user, and gives what it printed and the seconds that it took."""
    began = time.monotonic()
    done = subprocess.run(["unshare", "--map-root-user", "--net", *command], capture_output=True, **options)
    if done.returncode not in accepted:
        raise SystemExit(f"accuracy: {command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return done.stdout, time.monotonic() - began


def line_starts(text: bytes) -> list[int]:
    starts, at = [0], text.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find(b"\n", at + 1)
    return starts


def lines_span(text: bytes, first: int, last: int) -> tuple[int, int]:
    """The bytes of lines `first` to `last`, counted from 1."""
    starts = line_starts(text) + [len(text)]
    first = min(max(first, 1), len(starts) - 1)
    return starts[first - 1], starts[min(max(last, first), len(starts) - 1)]


def spans_of(text: bytes, value: bytes, first: int, last: int) -> list[tuple[int, int]]:
    """Where `value` stands in these lines; all of them where it does not stand there as it is."""
    low, high = lines_span(text, first, last)
    spans, at = [], text.find(value, low, high) if value else -1
    while at >= 0:
        spans.append((at, at + len(value)))
        at = text.find(value, at + len(value), high)
    return spans or [(low, high)]
