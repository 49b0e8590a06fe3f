"""What the report says left is what the server received: file by file and line by line, told without Sallyport."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Iterator

import pytest

from agents import Agent
from lines_received import Version, lines_of, strings
from plain_sandbox import base_environment
from sallyport_run import Outcome, run, was_let_go
from sample import Place, make_place

FILES = ("textwrap.py", "shlex.py", "fnmatch.py", "graphlib.py", "colorsys.py")
"""Of Python's own library: real source that every machine with these tests has, and that is nobody's secret."""

EDITED = "src/shlex.py"
STEPS = (
    {"read": "src/textwrap.py"},
    {"run": "cat -n src/fnmatch.py"},
    {"run": "sed -n '40,75p' src/graphlib.py"},
    {"run": f"sed -i 's/def get_token/def take_token/' {EDITED} && git diff"},
    {"read": "src/textwrap.py"},
)
TO_AIDER = "src/textwrap.py and src/fnmatch.py"
RUN = 3
"""Lines in a row that are always told; of fewer, those that say enough by themselves (docs/attribution.md)."""

Lines = frozenset[tuple[str, str]]
"""Paths and texts of lines."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Runs each agent once, on first use."""
    outcomes: dict[str, Outcome] = {}

    def of(agent: Agent) -> Outcome:
        if agent.name not in outcomes:
            directory = tmp_path_factory.mktemp(f"{agent.name}-lines")
            outcomes[agent.name] = _run(agent, directory, _place_with_sources(directory))
        return outcomes[agent.name]

    return of


def _place_with_sources(directory: Path) -> Place:
    place = make_place(directory)
    library = Path(sysconfig.get_paths()["stdlib"])
    for name in FILES:
        shutil.copy(library / name, place.workspace / "src" / name)
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin"}
    for arguments in (("add", "--all"), ("commit", "--quiet", "--message", "Add the library")):
        subprocess.run(["git", *arguments], cwd=place.workspace, env=environment, check=True)
    return place


def _run(agent: Agent, directory: Path, place: Place) -> Outcome:
    # aider has no tools: what it is told of, it sends.
    command = [word.replace("See README.md.", f"See README.md, {TO_AIDER}.") for word in agent.command]
    return run(
        directory, place, command, base_environment(agent, place.home), read=agent.read_paths(),
        server_options=[word for step in STEPS for word in ("--step", json.dumps(step))],
    )


@pytest.fixture
def outcome(sallyport: Path, agent: Agent, finished: Any) -> Outcome:
    return finished(agent)


def _versions(outcome: Outcome) -> dict[str, list[Version]]:
    """The contents that each file of the workspace had, the first and the last."""
    versions: dict[str, list[Version]] = {}
    for file in sorted(outcome.place.workspace.rglob("*")):
        path = file.relative_to(outcome.place.workspace).as_posix()
        # What an agent notes down of its own run comes from elsewhere.
        if not file.is_file() or path.startswith((".git/", ".aider")):
            continue
        last = Version(path, file.read_bytes().decode("utf-8", "replace"))
        shown = subprocess.run(
            ["git", "show", f"HEAD:{path}"], cwd=outcome.place.workspace, capture_output=True,
        )
        first = Version(path, shown.stdout.decode()) if shown.returncode == 0 else last
        versions[path] = [first] if first.text == last.text else [first, last]
    return versions


def _bodies(outcome: Outcome) -> Iterator[tuple[tuple[str, int], list[str]]]:
    """Host and size of every body and message that the server received, with the texts in it."""
    for line in outcome.journal:
        if line["kind"] not in ("request", "message") or not line.get("bodyFile"):
            continue
        headers = {name.lower(): value for name, value in line.get("headers", [])}
        body = Path(line["bodyFile"]).read_bytes()
        if not body:
            continue
        yield (line["host"], len(body)), list(strings(body, headers.get("content-encoding", "")))


def _told(exchange: dict[str, Any], versions: dict[str, list[Version]]) -> Lines:
    """Path and text of every whole line that the report names."""
    lines: set[tuple[str, str]] = set()
    for source in exchange["sources"]:
        if source["path"].startswith(".aider"):
            continue
        assert source["path"] in versions, f"{source['path']} is no file of the workspace"
        version = versions[source["path"]][source["version"] - 1]
        first = source["startLine"] + ("startColumn" in source)
        last = source["endLine"] - ("endColumn" in source)
        lines |= {(source["path"], text) for text in version.lines[first - 1 : last] if text}
    return frozenset(lines)


def _received(texts: list[str], versions: dict[str, list[Version]], at_least: int) -> Lines:
    return frozenset(
        (version.path, version.lines[number - 1])
        for contents in versions.values() for version in contents for text in texts
        for number in lines_of(version, text, at_least)
    )


def test_the_task_succeeds(outcome: Outcome) -> None:
    assert outcome.exit_code == 0, outcome.describe()
    assert (outcome.place.workspace / "hello.txt").is_file(), outcome.describe()


def test_each_exchange_names_the_lines_that_were_received(outcome: Outcome) -> None:
    versions = _versions(outcome)
    told: dict[tuple[str, int], list[Lines]] = defaultdict(list)
    for exchange in outcome.exchanges:
        if was_let_go(exchange) and exchange["requestBodyBytes"]:
            told[exchange["host"], exchange["requestBodyBytes"]].append(_told(exchange, versions))
    wrong: list[str] = []
    lines = 0
    for key, texts in _bodies(outcome):
        # Every run of three lines is told; what is told beyond that, single lines that say much, is there as well.
        least, most = _received(texts, versions, RUN), _received(texts, versions, 1)
        fitting = [one for one in told[key] if least <= one <= most]
        lines += len(least)
        if fitting:
            told[key].remove(fitting[0])
        else:
            nearest = min(told[key], key=lambda one: len(least - one) + len(one - most), default=frozenset())
            wrong.append(f"{key}: not told {sorted(least - nearest)[:9]}; not received {sorted(nearest - most)[:9]}")
    assert not wrong, "\n".join(wrong)
    assert not any(told.values()), f"told of bodies that nobody received: {[key for key in told if told[key]]}"
    assert lines, "no line of any file was received"


def test_what_left_of_each_file_is_what_was_received_of_it(outcome: Outcome) -> None:
    versions = _versions(outcome)
    least: dict[tuple[str, str], set[str]] = defaultdict(set)
    most: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (host, _), texts in _bodies(outcome):
        for path, text in _received(texts, versions, RUN):
            least[host, path].add(text)
        for path, text in _received(texts, versions, 1):
            most[host, path].add(text)
    told = {
        (part["host"], file["path"]): part
        for file in outcome.report["files"] for part in file["destinations"]
        if file["path"] in versions and file["path"] != EDITED
    }
    assert {(host, path) for host, path in least if path != EDITED} <= told.keys()
    for key, part in told.items():
        contents = versions[key[1]][0]
        ranges = [range(first, last + 1) for first, last in part["ranges"]]
        lines = {contents.lines[line - 1] for each in ranges for line in each} - {""}
        cut = _cut_lines(outcome, key[1], contents)
        assert least[key] <= lines <= most[key] | cut.keys(), key
        received = [text for (host, _), texts in _bodies(outcome) if host == key[0] for text in texts]
        assert all(any(part in text for text in received) for part in cut.values()), key
        # Each is counted once, with the blank lines between them.
        assert part["lines"] == sum(map(len, ranges)), key


def _cut_lines(outcome: Outcome, path: str, contents: Version) -> dict[str, str]:
    """The lines of a file that are told in part, with that part."""
    cut: dict[str, str] = {}
    whole = contents.text.splitlines()
    for exchange in outcome.exchanges:
        for source in exchange["sources"] if was_let_go(exchange) else ():
            if source["path"] == path and "startColumn" in source:
                line = source["startLine"] - 1
                cut[contents.lines[line]] = whole[line].encode()[source["startColumn"] - 1 :].decode()
            if source["path"] == path and "endColumn" in source:
                line = source["endLine"] - 1
                cut[contents.lines[line]] = whole[line].encode()[: source["endColumn"]].decode().strip()
    return cut


def test_what_a_conversation_repeats_is_no_news(outcome: Outcome, agent: Agent) -> None:
    if agent.name == "aider":
        pytest.skip("aider asks once")
    firsts: Counter[tuple[str, str, int, int]] = Counter()
    repeats = 0
    for exchange in outcome.exchanges:
        for source in exchange["sources"] if was_let_go(exchange) else ():
            repeats += not source["firstSent"]
            if source["firstSent"] and source["path"] != EDITED:
                for line in range(source["startLine"], source["endLine"] + 1):
                    firsts[exchange["host"], source["path"], source["version"], line] += 1
    twice = [line for line, count in firsts.items() if count > 1]
    assert not twice, twice[:5]
    assert repeats, "a conversation that carries its history repeats it"


def test_the_summary_says_how_much_left(outcome: Outcome, agent: Agent) -> None:
    totals = outcome.report["totals"]
    assert totals["lines"] > 0
    assert f"to {agent.model_host} (model)" in outcome.errors


def test_the_ledger_knows_the_lines_and_no_content(outcome: Outcome) -> None:
    ledger = Path(outcome.report["ledger"]["directory"])
    everything = b"".join(file.read_bytes() for file in ledger.rglob("*") if file.is_file())
    assert b"src/textwrap.py" in everything
    assert b"def dedent" not in everything, "a line of a file stands in the ledger"
