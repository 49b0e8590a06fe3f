#!/usr/bin/env python3
"""Reads every script and data file that is under version control the way its reader will, and says which it cannot."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import yaml
except ImportError:
    yaml = None


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True
    )
    return [path for name in listing.stdout.decode().split("\0") if name and (path := Path(name)).is_file()]


def is_shell(path: Path) -> bool:
    if path.suffix in (".sh", ".bash"):
        return True
    if path.suffix:
        return False
    with path.open("rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and (b"bash" in first or first.rstrip().endswith(b"/sh"))


def problem(path: Path) -> str | None:
    # Broken on purpose, to be refused by a test.
    if ".invalid." in path.name:
        return None
    try:
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix in (".yaml", ".yml") and yaml:
            for _ in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                pass
        elif path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        elif is_shell(path):
            shell = "bash" if b"bash" in path.read_bytes()[:40] else "sh"
            parsed = subprocess.run([shell, "-n", str(path)], capture_output=True, text=True)
            if parsed.returncode:
                return parsed.stderr.strip()
    except Exception as failure:  # Each reader has its own; all are the file's fault.
        return f"{path}: {failure}"
    return None


def main() -> int:
    files = tracked()
    problems = [found for path in files if (found := problem(path))]
    shells = [str(path) for path in files if is_shell(path)]
    if shutil.which("shellcheck") and shells:
        checked = subprocess.run(["shellcheck", "--severity=warning", *shells], capture_output=True, text=True)
        if checked.returncode:
            problems.append(checked.stdout.strip())
    elif shells:
        print("not checked: shell scripts beyond their syntax (there is no shellcheck)")
    if yaml is None:
        print("not checked: YAML syntax here (there is no python3-yaml); the catalogue's tests read it")
    for found in problems:
        print(found, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
