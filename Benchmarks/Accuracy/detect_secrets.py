"""detect-secrets with its own plug-ins and filters, but for asking issuers. It tells lines, not places in them."""
import json
import os

from found import Found, Report, lines_span, run

TITLE = "detect-secrets"


class Program:
    def __init__(self, place: str):
        self.program = os.path.join(place, "bin", "detect-secrets")

    def version(self) -> str:
        return run([self.program, "--version"])[0].decode().strip()

    def inspect(self, directory: str) -> Report:
        out, seconds = run([self.program, "scan", "--all-files", "--no-verify", "."], cwd=directory)
        found = []
        for path, entries in json.loads(out)["results"].items():
            path = os.path.normpath(path)
            with open(os.path.join(directory, path), "rb") as file:
                text = file.read()
            for entry in entries:
                span = lines_span(text, entry["line_number"], entry["line_number"])
                found.append(Found(path, *span, "credential", entry["type"]))
        return Report(found, seconds)
