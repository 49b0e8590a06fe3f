"""Sallyport as a person would use it: `sallyport inspect --json`, all detectors, from an empty home.

Notes are asked for, too; they count for identifiers only, of which some are worth no more."""
import json
import os

from found import Found, Report, run

TITLE = "Sallyport"


class Program:
    def __init__(self, program: str, home: str):
        self.program, self.home = program, home

    def version(self) -> str:
        return run([self.program, "--version"])[0].decode().strip()

    def inspect(self, directory: str) -> Report:
        os.makedirs(self.home, exist_ok=True)
        environment = dict(os.environ, HOME=self.home)
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            environment.pop(name, None)
        out, seconds = run([self.program, "inspect", "--json", "--grade", "note", "--no-comments", "."], (0, 1, 66), cwd=directory, env=environment)
        told = json.loads(out)
        return Report([Found(os.path.normpath(f["path"]), f["span"][0], f["span"][1], f["class"], f["detector"], f["grade"])
                       for f in told["findings"]], seconds)

    def compile(self, directory: str) -> None:
        """A first start, which compiles the detectors, apart from what is timed."""
        empty = os.path.join(directory, "empty")
        os.makedirs(empty, exist_ok=True)
        self.inspect(empty)
