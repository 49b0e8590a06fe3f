"""gitleaks with its own configuration, from a wheel that holds its program."""
import json
import os

from found import Found, Report, run, spans_of

TITLE = "gitleaks"


class Program:
    def __init__(self, place: str):
        self.program = os.path.join(place, "bin", "gitleaks")

    def version(self) -> str:
        return run([self.program, "version"])[0].decode().strip().lstrip("v")

    def inspect(self, directory: str) -> Report:
        out, seconds = run([self.program, "dir", ".", "--no-banner", "--log-level", "error", "--report-format", "json",
                            "--report-path", "-", "--exit-code", "0"], cwd=directory)
        found = []
        for entry in json.loads(out or b"[]") or []:
            path = os.path.normpath(entry["File"])
            with open(os.path.join(directory, path), "rb") as file:
                text = file.read()
            for span in spans_of(text, entry["Secret"].encode(), entry["StartLine"], entry["EndLine"]):
                found.append(Found(path, *span, "credential", entry["RuleID"]))
        return Report(found, seconds)
