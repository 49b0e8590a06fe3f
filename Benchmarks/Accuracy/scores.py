"""Counts, and what they say: shares with their 95 % intervals."""
import bisect
import collections
import math


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %."""
    if of == 0:
        return 0.0, 1.0
    z = 1.959964
    share = right / of
    middle = share + z * z / (2 * of)
    width = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - width) / (1 + z * z / of)), min(1.0, (middle + width) / (1 + z * z / of))


class Index:
    """Findings by file."""

    def __init__(self, found):
        self.by_path = collections.defaultdict(list)
        for one in found:
            self.by_path[one.path].append(one)

    def over(self, path: str, start: int, end: int):
        return [one for one in self.by_path[path] if one.start < end and start < one.end]


class Lines:
    """Which line of a text a byte is in, from 1."""

    def __init__(self, text: bytes):
        self.ends = [i for i, byte in enumerate(text) if byte == 10]

    def of(self, at: int) -> int:
        return bisect.bisect_left(self.ends, at) + 1
