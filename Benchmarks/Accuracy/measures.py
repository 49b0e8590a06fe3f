"""What each topic of the data asks of a program, counted."""
import collections
import json
import os

import identifiers
from repositories import OWN_PLACE, line_mark
from scores import Index, Lines

# Who may say what a planted thing is, in each program's words.
KINDS = {
    "card": {"sallyport": ("card-", "payment-card"), "presidio": ("CREDIT_CARD",)},
    "phone": {"sallyport": ("phone-",), "presidio": ("PHONE_NUMBER",)},
    "e-mail": {"sallyport": ("email-address",), "presidio": ("EMAIL_ADDRESS",)},
    "iban": {"sallyport": ("iban",), "presidio": ("IBAN_CODE",)},
    "ssn": {"sallyport": ("us-ssn",), "presidio": ("US_SSN",)},
    "ip": {"sallyport": ("ipv4-address", "ipv6-address"), "presidio": ("IP_ADDRESS",)},
}
# Presidio's words for what is no identifier, and for what is too general to be held against it as a false alarm.
NO_IDENTIFIER = {"URL", "DATE_TIME", "PHONE_NUMBER", "EMAIL_ADDRESS", "IP_ADDRESS", "CREDIT_CARD", "MAC_ADDRESS"}
NO_ALARM = {"URL", "DATE_TIME"}
LABELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.json")


class Share:
    """So many of so many, and which were not among them."""

    def __init__(self):
        self.right, self.of, self.others = 0, 0, []

    def count(self, is_right: bool, name: str) -> None:
        self.of += 1
        self.right += bool(is_right)
        if not is_right:
            self.others.append(name)


def shares():
    return collections.defaultdict(Share)


def known(files, found: Index):
    """Planted credentials found; files of lookalikes left alone."""
    counted = shares()
    for file in files:
        if file.topic != "known":
            continue
        for planted in file.planted:
            hits = [one for one in found.over(_inside(file), planted.start, planted.end) if one.data == "credential"]
            counted["found"].count(hits, f"{planted.kind} in {file.name}")
        if file.lookalike:
            alarms = [one for one in found.by_path[_inside(file)] if one.data == "credential"]
            counted["left alone"].count(not alarms, f"{file.lookalike}: {', '.join(sorted({one.what for one in alarms}))} in {file.name}")
    return counted


def repositories(files, found: Index, labels):
    """Of what is planted, how much is found (by group), and of what was there before; of what is told, how much is there."""
    counted = shares()
    for file in files:
        if file.topic != "repositories":
            continue
        path, lines, told = _inside(file), Lines(file.text), set()
        rows = file.text.split(b"\n")
        marks = {}
        for number, row in enumerate(rows, 1):
            label = labels.get(line_mark(file.name, row))
            if label:
                marks[number] = label[0]
        for planted in file.planted:
            hits = [one for one in found.over(path, planted.start, planted.end) if one.data == "credential"]
            sort = planted.group.removesuffix(OWN_PLACE)
            groups = ["found", "found: " + sort] + (["found: own place"] if planted.group != sort else [])
            for group in groups:
                counted[group].count(hits, f"{planted.kind} ({planted.group}) in {file.name}:{lines.of(planted.start)}")
        reached = set()
        for one in found.by_path[path]:
            if one.data != "credential":
                continue
            within = range(lines.of(one.start), lines.of(max(one.start, one.end - 1)) + 1)
            if any(p.start < one.end and one.start < p.end for p in file.planted):
                told.add(("planted", next(p.start for p in file.planted if p.start < one.end and one.start < p.end)))
                continue
            verdicts = {marks[n] for n in within if n in marks}
            if "credential" in verdicts:
                first = next(n for n in within if marks.get(n) == "credential")
                reached.add(first)
                told.add(("there", first))
            elif "unclear" not in verdicts:
                told.add(("false", within[0], one.what))
        seen = set()
        for kind, at, *what in sorted(told, key=str):
            if (kind, at) not in seen:
                seen.add((kind, at))
                counted["told rightly"].count(kind != "false", f"{', '.join(what)} in {file.name}:{at}")
        for number in (n for n, verdict in marks.items() if verdict == "credential"):
            counted["there before"].count(number in reached, f"there before in {file.name}:{number}")
    return counted


def alarms(files, indexes, labels):
    """The lines that some program flagged, where nothing is planted and nobody has said what they are: for labelling."""
    for file in files:
        if file.topic != "repositories":
            continue
        lines, rows = Lines(file.text), file.text.split(b"\n")
        flagged = collections.defaultdict(set)
        for name, index in indexes.items():
            for one in index.by_path[_inside(file)]:
                if one.data == "credential" and not any(p.start < one.end and one.start < p.end for p in file.planted):
                    flagged[lines.of(one.start)].add(f"{name}:{one.what}")
        for number, tools in sorted(flagged.items()):
            mark = line_mark(file.name, rows[number - 1])
            if mark not in labels:
                yield mark, file.name, number, sorted(tools), rows[number - 1].decode(errors="replace").strip()[:160]


def structured(files, found: Index, program: str):
    counted = shares()
    for file in files:
        if file.topic != "structured":
            continue
        for planted in file.planted:
            words = KINDS[planted.kind].get(program)
            if words is None:
                continue
            hits = [one for one in found.over(_inside(file), planted.start, planted.end) if one.what.startswith(words)]
            text = file.text[planted.start:planted.end].decode()
            for group in {planted.kind, planted.kind + ": " + planted.group}:
                counted[group].count(hits, f"{text} in {file.name}")
        if file.lookalike:
            told = [one for one in found.by_path[_inside(file)] if one.data != "credential" and one.what not in NO_ALARM]
            counted["left alone"].count(not told, f"{file.lookalike}: {', '.join(sorted({one.what for one in told}))} in {file.name}")
    return counted


def identified(files, found: Index, program: str):
    """Valid identifiers found, by how much of their name stands beside them; wrong ones left alone; and each by kind."""
    counted, table = shares(), identifiers.detectors()
    for file in files:
        if file.topic != "identifiers":
            continue
        name = file.wrong or file.planted[0].kind

        def is_it(one):
            if program == "sallyport":
                return one.what in table[name]
            return program == "presidio" and one.data != "credential" and one.what not in NO_IDENTIFIER

        if not table[name] and program == "sallyport":
            counted["no detector"].count(False, name)
            continue
        if file.wrong:
            counted["wrong left alone"].count(not any(is_it(one) for one in found.by_path[_inside(file)]), f"{name} {file.name}: {file.text.decode()!r}")
            continue
        planted = file.planted[0]
        hits = any(is_it(one) for one in found.over(_inside(file), planted.start, planted.end))
        for group in (planted.group, "kind " + name):
            counted[group].count(hits, f"{name} {file.name}: {file.text.decode()!r}")
    return counted


def read_labels():
    if not os.path.exists(LABELS):
        return {}
    with open(LABELS, encoding="utf-8") as file:
        return json.load(file)


def above_notes(found: Index) -> Index:
    """Without what a program itself calls worth a note only; who asks for nothing special is not told that."""
    return Index(one for entries in found.by_path.values() for one in entries if one.grade != "note")


def _inside(file) -> str:
    """The file's path below its part's directory."""
    return os.path.join(file.topic, file.name)
