"""Quiet public text: the documentation that a Debian machine has, the first 100 MB of it, unpacked, in the order of paths."""
import dataclasses
import gzip
import os
import shutil

MOST = 100_000_000


@dataclasses.dataclass(frozen=True)
class Text:
    directory: str
    files: int
    size: int


def gather(root: str, directory: str) -> Text:
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    count = size = 0
    for path in sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names):
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        with (gzip.open(path) if path.endswith(".gz") else open(path, "rb")) as file:
            try:
                text = file.read(MOST)
            except (OSError, EOFError):
                continue
        if b"\0" in text[:8000]:
            continue
        text = text[:MOST - size]
        name = os.path.relpath(path, root).removesuffix(".gz")
        target = os.path.join(directory, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as out:
            out.write(text)
        count, size = count + 1, size + len(text)
        if size >= MOST:
            break
    return Text(directory, count, size)
