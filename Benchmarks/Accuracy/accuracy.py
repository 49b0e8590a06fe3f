#!/usr/bin/env python3
"""Measures what Sallyport and its peers find on the same data, and writes docs/accuracy.md.

    accuracy.py --sallyport PROGRAM --venv DIRECTORY --cache DIRECTORY [--page FILE]
    accuracy.py … --part development --misses        what is missed, to mend it; refused for the reported part

Exit code 1 when a bar is missed.
"""
import argparse
import json
import os
import pickle
import sys

import corpus
import detect_secrets
import gitleaks
import identifiers
import kingfisher
import known_formats
import measures
import presidio
import quiet
import repositories
import sallyport
import structured
from found import Report
from scores import Index

PROGRAMS = {"sallyport": sallyport, "kingfisher": kingfisher, "gitleaks": gitleaks, "detect_secrets": detect_secrets, "presidio": presidio}
ON_QUIET_TEXT = ("sallyport", "kingfisher", "gitleaks")


def main() -> int:
    options = arguments()
    if options.misses and options.part != "development":
        raise SystemExit("accuracy: the misses of the reported part are not for looking at; --misses needs --part development")
    trees, data = os.path.join(options.cache, "trees"), os.path.join(options.cache, "data")
    repositories.fetch(trees)
    parts = [options.part] if options.part else list(corpus.PARTS)
    files = [*known_formats.files(parts), *repositories.files(trees, parts), *identifiers.files(parts), *structured.files(parts)]
    corpus.write(files, data)
    programs = {name: program(options, name) for name in (options.only or PROGRAMS)}
    if "sallyport" in programs and not options.recount:
        programs["sallyport"].compile(options.cache)
    results = {}
    for part in parts:
        mine = [file for file in files if file.part == part]
        reports = {name: report(options, programs[name], name, part, os.path.join(data, part)) for name in programs}
        results[part] = count(mine, reports)
        if options.alarms:
            print_alarms(mine, reports)
        if options.misses:
            print_misses(results[part])
    if options.part:
        print_shares(results)
        return 0
    silent = quiet.gather(options.quiet, os.path.join(options.cache, "quiet"))
    told = {name: report(options, programs[name], name, "quiet", silent.directory) for name in ON_QUIET_TEXT if name in programs}
    import page
    text, is_met = page.render(results, files, {name: PROGRAMS[name].TITLE + " " + one.version() for name, one in programs.items()}, silent, told)
    with open(options.page, "w", encoding="utf-8") as out:
        out.write(text)
    print("wrote", options.page)
    return 0 if is_met else 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sallyport", required=True, help="the program to measure")
    parser.add_argument("--venv", required=True, help="where the peers are installed")
    parser.add_argument("--cache", required=True, help="for what is fetched and made")
    parser.add_argument("--page", default="docs/accuracy.md")
    parser.add_argument("--quiet", default="/usr/share/doc", help="quiet public text")
    parser.add_argument("--part", choices=corpus.PARTS, help="this part only, and no page")
    parser.add_argument("--only", action="append", choices=list(PROGRAMS), help="this program only; may be repeated")
    parser.add_argument("--misses", action="store_true", help="print what was missed or wrongly told (development only)")
    parser.add_argument("--recount", action="store_true", help="count what was found the last time, with other labels")
    parser.add_argument("--alarms", action="store_true", help="print the alarms in trees that nobody has labelled yet")
    return parser.parse_args()


def program(options, name):
    if name == "sallyport":
        return sallyport.Program(os.path.abspath(options.sallyport), os.path.join(os.path.abspath(options.cache), "home"))
    return PROGRAMS[name].Program(os.path.abspath(options.venv))


def report(options, one, name: str, part: str, directory: str) -> Report:
    """What the program says, or, to count anew, what it said the last time."""
    kept = os.path.join(options.cache, "reports", f"{part}-{name}")
    if not options.recount:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        with open(kept, "wb") as file:
            pickle.dump(inspect(one, name, directory), file)
    with open(kept, "rb") as file:
        return pickle.load(file)


def inspect(one, name: str, directory: str) -> Report:
    report = one.inspect(directory)
    size = sum(os.path.getsize(os.path.join(folder, n)) for folder, _, names in os.walk(directory) for n in names)
    print(f"{name}: {len(report.found)} findings in {size / 1e6:.1f} MB, {report.seconds:.1f} s", file=sys.stderr)
    return report


def count(files, reports):
    labels = measures.read_labels()
    counted = {}
    for name, report in reports.items():
        notes = Index(report.found)
        index = measures.above_notes(notes)
        counted[name] = {
            "known": measures.known(files, index), "repositories": measures.repositories(files, index, labels),
            "identifiers": measures.identified(files, notes, name), "structured": measures.structured(files, index, name),
        }
    return counted


def print_alarms(files, reports):
    for entry in measures.alarms(files, {name: measures.above_notes(Index(report.found)) for name, report in reports.items()}, measures.read_labels()):
        print(json.dumps(entry))


def print_misses(counted):
    for topic, groups in counted.get("sallyport", {}).items():
        for group, share in groups.items():
            if ":" not in group and not group.startswith("kind "):
                for name in share.others:
                    print(f"{topic} / {group}: {name}")


def print_shares(results):
    for part, counted in results.items():
        for name, topics in counted.items():
            for topic, groups in topics.items():
                for group, share in sorted(groups.items()):
                    if not group.startswith("kind "):
                        print(f"{part} {name} {topic} / {group}: {share.right} of {share.of}, {share.right / share.of:.3f}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
