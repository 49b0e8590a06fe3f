"""A program on a terminal of its own, and what its screen shows: as much of ECMA-48 as `sallyport watch` uses."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType

SEQUENCE = re.compile(r"\x1b\[(\??[0-9;]*)([A-Za-z])")
BEGUN_SEQUENCE = re.compile(r"\x1b(\[\??[0-9;]*)?$")


class Screen:
    """What a terminal shows after what was written to it; an unknown control sequence is an error."""

    def __init__(self, rows: int, columns: int) -> None:
        self.resize(rows, columns)
        self.is_alternate = False
        self.is_cursor_shown = True
        self._rest = ""

    def resize(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.lines = [""] * rows
        self._row = self._column = 0
        self._shown = list(self.lines)
        self._is_updating = False
        # The screen that is not shown, and its cursor.
        self._other = ([""] * rows, 0, 0)

    def write(self, text: str) -> None:
        """Takes any piece of what was written."""
        text, self._rest = self._rest + text, ""
        while text:
            if BEGUN_SEQUENCE.match(text):
                self._rest = text
                break
            match = SEQUENCE.match(text)
            if match:
                self._control(match.group(1), match.group(2))
                text = text[match.end():]
                continue
            character, text = text[0], text[1:]
            if character == "\n":
                self._row = min(self._row + 1, self.rows - 1)
            elif character == "\r":
                self._column = 0
            else:
                assert character >= " ", f"control character {character!r}"
                assert self._column < self.columns, f"a line longer than the screen: {self.lines[self._row]!r}"
                line = self.lines[self._row].ljust(self._column)
                self.lines[self._row] = line[:self._column] + character + line[self._column + 1:]
                self._column += 1
        if not self._is_updating:
            self._shown = list(self.lines)

    def _control(self, parameters: str, final: str) -> None:
        if final == "H":
            row, column = (int(word) for word in (parameters or "1;1").split(";"))
            self._row, self._column = row - 1, column - 1
        elif final == "K":
            self.lines[self._row] = self.lines[self._row][:self._column]
        elif final == "J":
            self.lines = [""] * self.rows
        elif final in "hl" and parameters.startswith("?"):
            if parameters == "?1049" and self.is_alternate != (final == "h"):
                self.is_alternate = final == "h"
                now = (self.lines, self._row, self._column)
                self.lines, self._row, self._column = self._other
                self._other = now
            if parameters == "?25":
                self.is_cursor_shown = final == "h"
            if parameters == "?2026":
                self._is_updating = final == "h"
                self._shown = list(self.lines) if final == "l" else self._shown
        else:
            assert final == "m", f"unknown control sequence {parameters}{final}"

    @property
    def text(self) -> str:
        """Without what is only half drawn."""
        return "\n".join(line.rstrip() for line in self._shown)


class Sitting:
    """A program with a person before it, who sees its screen and types."""

    def __init__(self, command: list[str], directory: Path, environment: dict[str, str], rows: int, columns: int) -> None:
        self._host, self._inner = pty.openpty()
        self.screen = Screen(rows, columns)
        self._set_size(rows, columns)
        self.modes_before = termios.tcgetattr(self._inner)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.process = subprocess.Popen(
            command, cwd=directory, env={**environment, "TERM": "xterm-256color"}, stdin=self._inner,
            stdout=self._inner, stderr=self._inner, start_new_session=True,
        )

    def __enter__(self) -> "Sitting":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._host)
        os.close(self._inner)

    @property
    def modes(self) -> list:
        return termios.tcgetattr(self._inner)

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, rows: int, columns: int) -> None:
        self.screen.resize(rows, columns)
        self._set_size(rows, columns)
        # The terminal is not the program's controlling one, so the kernel does not tell it.
        self.process.send_signal(signal.SIGWINCH)

    def type(self, keys: str) -> None:
        os.write(self._host, keys.encode())

    def look(self, seconds: float = 0.2) -> str:
        """What is on the screen, after at most so long where nothing changes."""
        if select.select([self._host], [], [], seconds)[0]:
            self.screen.write(self._decoder.decode(os.read(self._host, 1 << 16)))
        return self.screen.text

    def wait_for(self, text: str, limit: float = 60, typing: str = "") -> str:
        """Looks until the text is there, and types some keys at each look."""
        end = time.monotonic() + limit
        while text not in self.look():
            assert time.monotonic() < end, f"{text!r} never came:\n{self.screen.text}"
            if typing:
                self.type(typing)
        return self.screen.text

    def wait_until_gone(self, text: str, limit: float = 60, typing: str = "") -> None:
        end = time.monotonic() + limit
        while text in self.look():
            assert time.monotonic() < end, f"{text!r} never went:\n{self.screen.text}"
            if typing:
                self.type(typing)

    def finish(self, limit: float = 60) -> int:
        """Waits until the program has ended, looking on."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it goes on:\n{self.look()}"
            self.look(0.05)
        while select.select([self._host], [], [], 0.2)[0]:
            self.look(0)
        return self.process.returncode
