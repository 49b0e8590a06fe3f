#!/usr/bin/env python3
"""Writes the options of every command into the manual page, from what the built program says of itself, and the exit
codes from docs/exit-codes.md.

    scripts/manual.py .build/release/sallyport
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "packaging" / "sallyport.1"
CODES = ROOT / "docs" / "exit-codes.md"
BEGIN = '.\\" From here on scripts/manual.py writes.\n.SH OPTIONS\n'
END = '.\\" From here on hands write.\n'
STATUS = '.\\" The codes are written by scripts/manual.py.\n'
STATUS_END = '.\\" Here they end.\n'
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


def merged(arguments: list[dict]) -> list[dict]:
    """With one entry for a flag and its opposite, which say the same."""
    result: list[dict] = []
    for argument in arguments:
        names = argument.get("names", [])
        before = result[-1] if result else {}
        opposites = [{**name, "name": "no-" + name["name"]} for name in before.get("names", [])]
        if argument["kind"] == "flag" and names and names == opposites:
            default = before.get("defaultValue") or argument.get("defaultValue")
            told = f'{before.get("abstract") or ""} Default: {default}.' if default else before.get("abstract")
            result[-1] = {**before, "names": before["names"] + names, "abstract": told}
        else:
            result.append(argument)
    return result


def section(command: dict, name: list[str]) -> str:
    """One command's options; nothing where it has none of its own."""
    lines: list[str] = []
    for argument in merged(command.get("arguments", [])):
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


def codes() -> str:
    """The table of exit codes: each code, what it means, and examples."""
    lines: list[str] = []
    for row in CODES.read_text().splitlines():
        cells = [cell.strip().replace("`", "") for cell in row.strip("|").split("|")]
        if row.startswith("| ") and cells[0].isdigit():
            sentence = cells[1] + (f" ({cells[2]})" if len(cells) > 2 and cells[2] else "")
            lines += [".TP", f".B {cells[0]}", text(sentence)]
    return "\n".join(lines) + "\n"


def replaced(page: str, begin: str, end: str, middle: str) -> str:
    before, rest = page.split(begin, 1)
    return before + begin + middle + end + rest.split(end, 1)[1]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: scripts/manual.py PROGRAM")
    said = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    page = replaced(PAGE.read_text(), BEGIN, END, section(json.loads(said)["command"], []))
    PAGE.write_text(replaced(page, STATUS, STATUS_END, codes()))


if __name__ == "__main__":
    main()
