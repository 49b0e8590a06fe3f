"""Reads entries out of a ledger's files as docs/ledger.md describes them; shares no code with Sallyport.

Other than the readers of the tree this one also reads the journal, where an entry is durable before it is in the tree:
so it can be asked right after a kill what was on record at that instant.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

MAGIC = 0x5350_4A31
HEADER = struct.Struct("!IIQI4s32s")
CHECKED = 20  # bytes of the header that its own check covers
FULL = 256  # entries in a bundle


@dataclass
class Stored:
    """All entries by index, and how many bytes at the journal's end are the rest of a record that was never whole."""

    entries: dict[int, bytes]
    torn_bytes: int


def read_entries(ledger: Path, start: int = 0) -> Stored:
    """Every entry from `start` on, from bundles and journal; where both have one, they must agree."""
    entries = dict(_bundled(ledger, start))
    torn = 0
    for journal in sorted((ledger / "journal").glob("*")):
        content = journal.read_bytes()
        end = 0
        for index, entry, end in _records(content):
            if index < start:
                continue
            assert entries.setdefault(index, entry) == entry, f"entry {index} of {journal} is another one in its tile"
        torn += len(content) - end
    return Stored(entries, torn)


def _records(content: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Index, entry and the end of its record; up to the first record that is not whole."""
    offset, digest = 0, None
    while offset + HEADER.size <= len(content):
        magic, size, first, count, check, expected = HEADER.unpack_from(content, offset)
        header = content[offset:offset + CHECKED + 4]
        if magic != MAGIC or hashlib.sha256(header[:CHECKED]).digest()[:4] != check:
            return
        payload = content[offset + HEADER.size:offset + HEADER.size + size]
        if len(payload) < size:
            return
        # The first record's predecessor is a seed; the rest are chained to each other.
        if digest is not None and hashlib.sha256(digest + header + payload).digest() != expected:
            return
        digest = expected
        offset += HEADER.size + size
        found = list(_split(payload))
        assert len(found) == count, f"a record of {count} entries has {len(found)}"
        for number, entry in enumerate(found):
            yield first + number, entry, offset


def _split(bundle: bytes) -> Iterator[bytes]:
    offset = 0
    while offset < len(bundle):
        length = int.from_bytes(bundle[offset:offset + 2], "big")
        yield bundle[offset + 2:offset + 2 + length]
        offset += 2 + length


def _bundled(ledger: Path, start: int) -> Iterator[tuple[int, bytes]]:
    size = int((ledger / "checkpoint").read_text().split("\n")[1]) if (ledger / "checkpoint").is_file() else 0
    for number in range(start // FULL, (size + FULL - 1) // FULL):
        width = min(size - number * FULL, FULL)
        for place, entry in enumerate(_split(_bundle(ledger, number, width).read_bytes())):
            if start <= number * FULL + place < size:
                yield number * FULL + place, entry


def _bundle(ledger: Path, number: int, width: int) -> Path:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    full = ledger.joinpath("tile", "entries", *groups)
    # Full, or as wide as the checkpoint implies, or (a kill came between) wider.
    if full.is_file():
        return full
    wide = [form for form in full.with_name(full.name + ".p").glob("*") if int(form.name) >= width]
    return min(wide, key=lambda form: int(form.name))
