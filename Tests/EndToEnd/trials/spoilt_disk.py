"""Spoils the ledger's disk, or the clock, of runs under way: the Python end of spoilt_disk.c."""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
from pathlib import Path
from types import TracebackType

SOURCE = Path(__file__).resolve().parent / "spoilt_disk.c"
ORDERS = struct.Struct("=iiq")


class SpoiltDisk:
    """What the library is told to do; `environment` is for the runs. Without a C compiler nothing is spoilt."""

    def __init__(self, directory: Path) -> None:
        library, self._file = directory / "spoilt_disk.so", directory / "orders"
        self.environment: dict[str, str] = {}
        self._file.write_bytes(bytes(4096))
        if not is_possible():
            return
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, SOURCE, "-ldl"], check=True)
        self.environment |= {"LD_PRELOAD": str(library), "SPOILT_DISK": str(self._file)}

    def __enter__(self) -> "SpoiltDisk":
        with self._file.open("r+b") as file:
            self._orders = mmap.mmap(file.fileno(), 4096)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._orders.close()

    def order(self, *, error: int = 0, delay: float = 0, clock: int = 0) -> None:
        """From now on: `error` (an errno) for every change, `delay` (seconds) inside every write, `clock` (seconds)."""
        self._orders[:ORDERS.size] = ORDERS.pack(error, int(delay * 1_000_000), clock)


def is_possible() -> bool:
    return shutil.which("cc") is not None
