#!/usr/bin/env python3
"""Writes the options of every command into the manual page, from what the built program says of itself.

    scripts/manual.py .build/release/sallyport
"""

import json
import pathlib
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "packaging" / "sallyport.1"
BEGIN = '.\\" From here on scripts/manual.py writes.\n.SH OPTIONS\n'
END = '.\\" From here on hands write.\n'
EVERYWHERE = {"help", "version"}


def text(words: str) -> str:
    """What roff shows as these words."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped


def heading(names: list[dict[str, str]], value: str | None) -> str:
    """The `.TP` line of one option, short name first."""
    words = sorted((("-" if name["kind"] == "short" else "--") + name["name"] for name in names), key=len)
    parts = [", ".join(f"\\fB{text(word)}\\fR" for word in words)] if words else []
    return " ".join(parts + ([f"\\fI{text(value)}\\fR"] if value else []))


def section(command: dict, name: list[str]) -> str:
    """One command's options; nothing where it has none of its own."""
    lines: list[str] = []
    for argument in command.get("arguments", []):
        names = argument.get("names", [])
        if not argument.get("shouldDisplay", True) or EVERYWHERE & {one["name"] for one in names}:
            continue
        value = None if argument["kind"] == "flag" else argument.get("valueName")
        lines += [".TP", heading(names, value), text(argument.get("abstract") or "")]
    own = "\n".join([f".SS {text(' '.join(name))}", *lines]) + "\n" if lines else ""
    return own + "".join(
        section(child, [*name, child["commandName"]])
        for child in command.get("subcommands", []) if child["commandName"] != "help"
    )


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: scripts/manual.py PROGRAM")
    said = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    page = PAGE.read_text()
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(before + BEGIN + section(json.loads(said)["command"], []) + END + after)


if __name__ == "__main__":
    main()
