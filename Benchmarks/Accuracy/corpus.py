"""What the data is made of: files with what is planted in them, and which part of the data a source belongs to.

A source is what one author made: a vendor's format, a country's identifier, a project's tree, a form of surroundings.
Everything of one source is in one part, so that what was mended on the development part can only help the reported
part where it is true in general.
"""
import dataclasses
import hashlib
import os
import random
import re
import re._parser as grammar  # A pattern as a tree; private, and the same from Python 3.11 on.
import shutil
import string

PARTS = ("development", "reported")


def part_of(source: str) -> str:
    """A third of the sources is for development, by hash: nobody chose which."""
    return "development" if hashlib.sha256(source.encode()).digest()[0] < 85 else "reported"


@dataclasses.dataclass(frozen=True)
class Planted:
    """What is to be found at `start`..<`end`, in bytes."""
    start: int
    end: int
    kind: str
    group: str


@dataclasses.dataclass
class File:
    """One file of the data. `lookalike` names what is there and is to be left alone; it has nothing planted then."""
    topic: str
    name: str
    text: bytes
    source: str
    planted: tuple[Planted, ...] = ()
    lookalike: str | None = None
    wrong: str | None = None  # The kind whose check digit is wrong here.

    @property
    def part(self) -> str:
        return part_of(self.source)

    @property
    def path(self) -> str:
        return os.path.join(self.part, self.topic, self.name)


def chance(*names) -> random.Random:
    """A generator that depends on nothing but these names."""
    return random.Random("/".join(map(str, names)))


def write(files, directory: str) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    for file in files:
        path = os.path.join(directory, file.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(file.text)


def fill(template: str, values: dict[str, str], kinds: dict[str, tuple[str, str]]):
    """The template with `@name@` replaced, and what of `kinds` (name to kind and group) is planted where."""
    text, planted = b"", []
    for piece in re.split(r"(@\w+@)", template):
        key = piece.strip("@") if piece.startswith("@") and piece.endswith("@") else None
        if key not in values:
            text += piece.encode()
            continue
        value = values[key].encode()
        if key in kinds:
            planted.append(Planted(len(text), len(text) + len(value), *kinds[key]))
        text += value
    return text, tuple(planted)


WORD = string.ascii_letters + string.digits + "_"


def sample(pattern: str, rng: random.Random) -> str:
    """A text that the pattern describes: characters, classes, groups, alternatives, counted repeats."""
    return _sampled(grammar.parse(pattern), rng)


def _sampled(tree, rng) -> str:
    out = ""
    for operation, argument in tree:
        match str(operation):
            case "LITERAL":
                out += chr(argument)
            case "IN":
                out += rng.choice(_characters(argument))
            case "MAX_REPEAT":
                low, high, inner = argument
                out += "".join(_sampled(inner, rng) for _ in range(rng.randint(low, high)))
            case "SUBPATTERN":
                out += _sampled(argument[3], rng)
            case "BRANCH":
                out += _sampled(rng.choice(argument[1]), rng)
            case other:
                raise ValueError(f"a format cannot have {other}")
    return out


def _characters(members) -> str:
    out = ""
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                out += chr(argument)
            case "RANGE":
                out += "".join(map(chr, range(argument[0], argument[1] + 1)))
            case "CATEGORY":
                out += string.digits if str(argument) == "CATEGORY_DIGIT" else WORD
            case other:
                raise ValueError(f"a class cannot have {other}")
    return out
