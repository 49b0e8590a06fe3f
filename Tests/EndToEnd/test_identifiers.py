"""Identifiers with a check: what `sallyport inspect` finds is what python-stdnum calls valid, number by number."""

from __future__ import annotations

import importlib
import json
import random
import string
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).resolve().parent
DETECTORS = HERE.parent.parent / "Sources" / "Catalog" / "Resources" / "detectors"
VALID = 25
INVALID = 25
TRIES = 60_000


def oracles() -> dict[str, dict]:
    """By detector, the module of python-stdnum that decides and the shapes of its numbers."""
    return {
        detector: oracle
        for file in sorted((HERE / "identifiers").glob("oracle-*.yaml"))
        for detector, oracle in yaml.safe_load(file.read_text()).items()
    }


def detector_file(detector: str) -> dict:
    (file,) = DETECTORS.glob(f"*/{detector}.yaml")
    return yaml.safe_load(file.read_text())


def drawn(shape: str, source: random.Random) -> str:
    """`#` is a digit, `@` a letter, anything else itself."""
    draw = {"#": string.digits, "@": string.ascii_uppercase}
    return "".join(source.choice(draw[character]) if character in draw else character for character in shape)


def numbers(oracle: dict, detector: str) -> dict[str, bool]:
    """Some that the oracle calls valid and some that it does not."""
    module = importlib.import_module("stdnum." + oracle["stdnum"])
    source = random.Random(detector)
    wanted = {True: VALID, False: INVALID}
    chosen: dict[str, bool] = {}
    for _ in range(TRIES):
        number = drawn(source.choice(oracle["shapes"]), source)
        is_valid = module.is_valid(number)
        if wanted[is_valid] and number not in chosen:
            wanted[is_valid] -= 1
            chosen[number] = is_valid
        if not any(wanted.values()):
            break
    return chosen


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, bool], set[str]]]:
    """By detector, the numbers with the oracle's word and those that were found."""
    from sallyport_run import sallyport_program

    place = tmp_path_factory.mktemp("identifiers")
    chosen = {detector: numbers(oracle, detector) for detector, oracle in oracles().items()}
    for detector, some in chosen.items():
        context = detector_file(detector).get("context", {}).get("words", ["number"])[0]
        (place / detector).write_text("".join(f"{context} {number}\n" for number in some))
    command = [sallyport_program(), "inspect", "--json", "--grade", "note", str(place)]
    printed = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert printed.returncode == 1, printed.stderr
    lines: dict[str, set[int]] = {detector: set() for detector in chosen}
    for finding in json.loads(printed.stdout)["findings"]:
        name = Path(finding["path"]).name
        if finding["detector"] == name:
            lines[name].add(finding["start"]["line"])
    return {
        detector: (some, {number for line, number in enumerate(some, 1) if line in lines[detector]})
        for detector, some in chosen.items()
    }


@cache
def names() -> list[str]:
    return sorted(oracles())


@pytest.mark.parametrize("detector", names())
def test_finds_what_the_oracle_calls_valid(detector: str, found: dict) -> None:
    some, seen = found[detector]
    valid = {number for number, is_valid in some.items() if is_valid}
    assert valid, "no valid number was drawn: the shapes are wrong"
    assert seen & some.keys() == valid, f"missed {sorted(valid - seen)[:5]}, too many {sorted(seen - valid)[:5]}"


def test_there_are_oracles_for_thirty_countries() -> None:
    assert len({name.split("-")[0] for name in names()}) >= 30
