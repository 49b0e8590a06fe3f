"""Kingfisher with its own settings, but for asking issuers (there is no network) and for telling a value once only."""
import json
import os

from found import Found, Report, run, spans_of

TITLE = "Kingfisher"


class Program:
    def __init__(self, place: str):
        self.program = os.path.join(place, "bin", "kingfisher")

    def version(self) -> str:
        return run([self.program, "--version"])[0].decode().split()[-1]

    def inspect(self, directory: str) -> Report:
        out, seconds = run([self.program, "scan", ".", "--format", "json", "--no-validate", "--no-dedup", "--git-history", "none",
                            "--no-update-check"], (0, 200, 205), cwd=directory)
        found = []
        for entry in _entries(out):
            finding = entry["finding"]
            path = os.path.normpath(finding["path"])
            path = os.path.relpath(path, os.path.abspath(directory)) if os.path.isabs(path) else path
            with open(os.path.join(directory, path), "rb") as file:
                text = file.read()
            value = finding["snippet"].encode()
            line = finding["line"]
            for span in spans_of(text, value, line, line + value.count(b"\n")):
                found.append(Found(path, *span, "credential", entry["rule"]["id"]))
        return Report(found, seconds)


def _entries(out: bytes):
    text = out.decode(errors="replace")
    start = text.find("{")
    if start < 0:
        return []
    told, _ = json.JSONDecoder().raw_decode(text, start)
    return told.get("findings", [])
