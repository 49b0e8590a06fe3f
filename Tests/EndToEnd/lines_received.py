"""Which lines of which files are in what a server received, told without Sallyport.

Strings are taken out of each body as its own format gives them (JSON at any depth, else the whole text), their lines
are freed of what tools put before them (numbers, signs of a diff, quotes), and runs of lines that follow each other in
a file are looked for. No code and no table is shared with Sallyport.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Iterator

BEFORE_A_LINE = re.compile(r"^\s*(?:L?\d+(?:[:|→]|\s+)|[+>|-])[ \t]?")


@dataclass
class Version:
    """One content of a file: its lines without the white space around them."""

    path: str
    text: str
    lines: list[str] = field(init=False)
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [line.strip() for line in self.text.splitlines()]
        self.places = defaultdict(list)
        for number, line in enumerate(self.lines, 1):
            if line:
                self.places[line].append(number)


def strings(body: bytes, encoding: str = "") -> Iterator[str]:
    """Every text of a body, as its receiver reads it."""
    if encoding == "gzip":
        body = gzip.decompress(body)
    elif encoding == "deflate":
        body = zlib.decompress(body)
    text = body.decode("utf-8", "replace")
    yield from _within(text)


def _within(text: str) -> Iterator[str]:
    stripped = text.lstrip()
    if stripped[:1] in ("{", "["):
        try:
            yield from _strings_of(json.loads(stripped))
            return
        except ValueError:
            pass
    yield text


def _strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _within(value)
    elif isinstance(value, list):
        for element in value:
            yield from _strings_of(element)
    elif isinstance(value, dict):
        for name, element in value.items():
            yield name
            yield from _strings_of(element)


def lines_of(version: Version, text: str, at_least: int = 1) -> set[int]:
    """The numbers of the version's lines that are in the text, in runs of so many lines that are not blank."""
    said = [_forms(line) for line in text.splitlines()]
    found: set[int] = set()
    for start, forms in enumerate(said):
        for form in forms:
            for number in version.places.get(form, ()):
                run = _run(version, number, said, start)
                if len(run) >= at_least:
                    found |= set(run)
    return found


def _forms(line: str) -> set[str]:
    """The line as it is, and without one or two of the things that stand before lines."""
    once = BEFORE_A_LINE.sub("", line)
    return {line.strip(), once.strip(), BEFORE_A_LINE.sub("", once).strip()}


def _run(version: Version, number: int, said: list[set[str]], start: int) -> list[int]:
    """The lines from this one on that follow each other on both sides; blank ones are on neither."""
    run: list[int] = []
    line, heard = number, start
    while line <= len(version.lines) and heard < len(said):
        if not version.lines[line - 1]:
            line += 1
        elif version.lines[line - 1] in said[heard]:
            run.append(line)
            line, heard = line + 1, heard + 1
        elif "" in said[heard]:
            heard += 1
        else:
            break
    return run
