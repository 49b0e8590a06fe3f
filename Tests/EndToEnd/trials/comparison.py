"""What the server received against what the ledger committed to: each request must have an entry of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COMMITMENT = b"sallyport/commit/v1\n"
LET_GO = ("allow", "report", "redact")


@dataclass
class Comparison:
    """Entries that stand for messages let go, each to be used once."""

    state: Path
    entries: int = 0
    matched: Counter[str] = field(default_factory=Counter)
    unmatched: list[dict[str, Any]] = field(default_factory=list)
    places: dict[int, bytes] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    _open: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    _keys: dict[str, bytes] = field(default_factory=dict)

    def add(self, entries: dict[int, bytes]) -> list[dict[str, Any]]:
        """Takes in further entries of the ledger, and gives them read."""
        read = []
        for index, raw in sorted(entries.items()):
            entry = json.loads(raw)
            read.append(entry)
            self.entries += 1
            self.places[index] = raw
            if entry["type"] in ("egress.decision", "egress.continued") and entry["verdict"] in LET_GO:
                self._open.append((index, entry))
        return read

    def match(self, received: list[dict[str, Any]]) -> None:
        """Finds for each request an entry whose commitments open to its target and its body."""
        targets = {line["target"].encode() for line in received}
        by_path: dict[bytes, list[tuple[int, dict[str, Any]]]] = {target: [] for target in targets}
        for index, entry in self._open:
            key, sequence = self._key(entry["run"]), entry["seq"]
            for target in targets:
                if commitment(key, sequence, "path", target) == entry["path"]["c"]:
                    by_path[target].append((index, entry))
        used: set[int] = set()
        for line in received:
            found = next((
                index for index, entry in by_path[line["target"].encode()]
                if index not in used and self._opens(entry, line)), None)
            if found is None:
                self.unmatched.append(line)
            else:
                used.add(found)
                self.matched[line["version"]] += 1
        self._open = [one for one in self._open if one[0] not in used]
        self.used |= used

    def forget(self) -> None:
        """What was let go and did not arrive can no longer arrive."""
        self._open = []

    def _opens(self, entry: dict[str, Any], line: dict[str, Any]) -> bool:
        contents = [bytes.fromhex(line["sha256"])] + ([b""] if line["bytes"] == 0 else [])
        return any(
            commitment(self._key(entry["run"]), entry["seq"], "body-sha256", content) == entry["body"]["c"]
            for content in contents)

    def _key(self, run: str) -> bytes:
        if run not in self._keys:
            self._keys[run] = (self.state / "runs" / run / "salt.key").read_bytes()
        return self._keys[run]


def commitment(key: bytes, sequence: int, name: str, content: bytes) -> str:
    """As docs/ledger.md has it."""
    salt = hmac.digest(key, f"sallyport/salt/v1\n{sequence}\n{name}".encode(), "sha256")
    return base64.b64encode(hashlib.sha256(COMMITMENT + salt + content).digest()).decode()
