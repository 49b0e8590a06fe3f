"""Reports of runs that nobody ran, in the form of docs/schemas/report.schema.json.

    python3 report_samples.py rich > rich.json        an afternoon's work, with something in every member
    python3 report_samples.py hostile > hostile.json  5,000 exchanges, written by somebody who wants the page to break

Each is the same whenever it is made.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from typing import Any, Iterator

Json = dict[str, Any]

START = 13 * 3600_000 + 5 * 60_000  # 13:05 of the sample's day, in milliseconds
MODEL = ("api.anthropic.com", "model", "anthropic/messages", "POST", "/v1/messages?beta=true")
OTHERS = (
    ("api.anthropic.com", "telemetry", "claude-code/events", "POST", "/api/event_logging/batch"),
    ("http-intake.logs.us5.datadoghq.com", "telemetry", "datadog/logs", "POST", "/api/v2/logs?dd-api-key=credential"),
    ("statsig.anthropic.com", "flags", "statsig/initialize", "POST", "/v1/initialize"),
    ("api.anthropic.com", "auth", "anthropic/oauth-profile", "GET", "/api/oauth/profile"),
    ("files.pythonhosted.org", "registry", "pypi/files", "GET", "/packages/6c/dd/anyio-4.9.0-py3-none-any.whl"),
    ("storage.googleapis.com", "update", "claude-code/releases", "GET", "/claude-code-dist/stable"),
    ("raw.githubusercontent.com", "config", "claude-code/changelog", "GET", "/anthropics/claude-code/CHANGELOG.md"),
    ("docs.python.org", "web", "", "GET", "/3/library/tomllib.html"),
    ("paste.example.net", "unknown", "", "POST", "/api/paste"),
)
FILES = {
    "src/parser/lexer.py": 412, "src/parser/grammar.py": 655, "src/parser/__init__.py": 12,
    "src/parser/errors.py": 88, "src/cli/main.py": 240, "src/cli/options.py": 131, "tests/test_lexer.py": 318,
    "tests/test_grammar.py": 502, "tests/data/nested.toml": 64, "pyproject.toml": 71, "README.md": 154,
    "CLAUDE.md": 37, "docs/design.md": 220, "scripts/release.sh": 45, "src/parser/_generated/tables.py": 2210,
    "/home/ada/.claude/CLAUDE.md": 18, ".github/workflows/test.yaml": 52,
}
REMEDY = (
    "To let it through as it is, put first under rules: in sallyport.yaml (`sallyport init --posture control` writes "
    'one): `- {{name: "let {purpose} through to {host}", when: {{agent: claude-code, destination: {host}, '
    "purpose: {purpose}}}, then: allow}}`."
)
HOSTILE = (
    "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<!--", "]]>", "</style>", "</title>",
    "&lt;b&gt;&amp;", "javascript:alert(1)", "{{constructor.constructor('alert(1)')()}}", "\u202egnp.exe\u202c",
    "\u2066abc\u2069", "a\u0000b\u001b[2J\u0007", "line\nbreak\r\ttab", "\ufeff\u200b\u200d", "e" + "\u0301" * 40,
    "日本語のファイル名", "🙂" * 30, "W" * 300, "no/space/" * 60 + "end", "\ue000\U000e0041", "' onmouseover='alert(1)",
)


def time_text(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"2026-11-20T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}Z"


def merged(lines: set[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for line in sorted(lines):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return ranges


class Sample:
    """One report as it grows."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.clock = START + 900
        self.exchanges: list[Json] = []
        self.sent: dict[tuple[str, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.conversation: list[Json] = []

    def read(self, path: str, lines: int) -> None:
        """The agent reads a part of a file, which every later request of the conversation carries."""
        first = 1 if self.random.random() < 0.6 else self.random.randint(1, max(1, lines // 2))
        last = lines if self.random.random() < 0.5 else self.random.randint(first, lines)
        source: Json = {"path": path, "version": 1, "startLine": first, "endLine": last,
                        "bytes": sum(self.random.randint(8, 60) for _ in range(last - first + 1))}
        if self.random.random() < 0.25:
            source["startColumn"] = 9
        if self.random.random() < 0.2:
            source["endColumn"] = 17
        if self.random.random() < 0.15:
            source["copies"] = 2
        self.conversation.append(source)

    def sources(self, host: str, port: int) -> list[Json]:
        found = []
        known = self.sent[host, port]
        for source in sorted(self.conversation, key=lambda one: (one["path"], one["startLine"])):
            lines = set(range(source["startLine"], source["endLine"] + 1))
            found.append({**source, "firstSent": not lines <= known[source["path"]]})
        return found

    def exchange(
        self, what: tuple[str, str, str, str, str], decision: str = "allow", *, body: int = 400, port: int = 443,
        sources: list[Json] | None = None, findings: list[Json] | None = None, **more: Any,
    ) -> Json:
        host, purpose, endpoint, method, path = what
        size = 360 + body
        sources = sources or []
        inside = sum(source["bytes"] for source in sources)
        let_go = decision in ("allow", "report", "redact")
        reasons = [{"subject": "purpose", "statement": f"This is {purpose} traffic to {host}:{port} ({endpoint})."
                    if endpoint else f"Nothing in the catalogue describes {host}:{port}."}]
        reasons += [{"subject": "finding", "statement": f"{one['detector']} ({one['class']}, grade {one['grade']}) in body"}
                    for one in findings or []]
        rules = {"model": ("the tool's own model", 88), "telemetry": ("telemetry", 76), "update": ("updates", 84),
                 "unknown": ("uploads to unknown sites", 119), "flags": ("flags", 80)}
        name, line = rules.get(purpose, (purpose, 97))
        one: Json = {
            "sequence": len(self.exchanges) + 1, "time": time_text(self.clock),
            "agent": {"id": "claude-code", "version": "2.1.63", "versionSource": "installed"},
            "program": "/usr/bin/node", "host": host, "port": port, "protocol": "h2", "method": method, "path": path,
            "purpose": purpose, "decision": decision,
            "rule": {"name": name, "file": "sallyport.yaml" if purpose == "flags" else "built-in:control", "line": line},
            "reasons": reasons, "remedy": "" if let_go else REMEDY.format(purpose=purpose, host=host),
            "findings": findings or [], "requestBytes": size, "inspectedBytes": size, "requestBodyBytes": body,
            "forwardedBytes": size if let_go else 0, "responseBytes": self.random.randint(200, 9000) if let_go else 0,
            "status": 200 if let_go else 403, "ledgerIndex": 40 + 2 * len(self.exchanges), "sources": sources,
            "sourceShare": round(min(0.97, inside / size), 4) if size else 0, "commonLines": 0, **more,
        }
        if endpoint:
            one["endpoint"] = endpoint
        if let_go:
            one["address"] = "203.0.113.20:443"
            for source in sources:
                self.sent[host, port][source["path"]].update(range(source["startLine"], source["endLine"] + 1))
        self.exchanges.append(one)
        self.clock += self.random.randint(120, 9000)
        return one

    def turn(self) -> None:
        """One request of the conversation with the model, with all that was read before."""
        sources = self.sources(MODEL[0], 443)
        body = 31_000 + int(1.15 * sum(source["bytes"] for source in sources))
        self.exchange(MODEL, body=body, sources=sources, commonLines=12)

    def finding(self, detector: str, group: str, grade: str, layers: list[str], span: int) -> Json:
        return {"detector": detector, "class": group, "grade": grade, "place": "body", "span": [span, span + 40],
                "layers": layers, "fingerprint": f"{self.random.getrandbits(128):032x}"}

    def files(self) -> list[Json]:
        """`files[]`, from the exchanges alone."""
        receivers: dict[str, dict[tuple[str, int, str], Json]] = defaultdict(dict)
        for one in self.exchanges:
            if one["decision"] == "block" or not one["forwardedBytes"]:
                continue
            for source in one["sources"]:
                key = (one["host"], one["port"], one["purpose"])
                into = receivers[source["path"]].setdefault(
                    key, {"seen": set(), "repeated": 0, "bytes": 0, "exchanges": []})
                lines = set(range(source["startLine"], source["endLine"] + 1))
                into["repeated"] += len(lines & into["seen"])
                into["seen"] |= lines
                into["bytes"] += source["bytes"]
                if one["sequence"] not in into["exchanges"]:
                    into["exchanges"].append(one["sequence"])
        return [
            {"path": path, "lines": len(set().union(*(into["seen"] for into in keyed.values()))),
             **({"fileLines": FILES[path]} if path in FILES else {}), "destinations": [
                {"host": host, "port": port, "purpose": purpose, "lines": len(into["seen"]),
                 "repeatedLines": into["repeated"], "bytes": into["bytes"], "ranges": merged(into["seen"]),
                 "exchanges": into["exchanges"]}
                for (host, port, purpose), into in sorted(keyed.items())]}
            for path, keyed in sorted(receivers.items())
        ]

    def report(self, **more: Any) -> Json:
        def total(name: str, among: Iterator[Json] | list[Json] | None = None) -> int:
            return sum(one[name] for one in (self.exchanges if among is None else among))

        files = self.files()
        size = 40 + 2 * len(self.exchanges)
        return {
            "version": 1, "run": "r_4f9c0a1b2c3d4e5f",
            "agent": {"id": "claude-code", "version": "2.1.63", "versionSource": "installed"},
            "command": ["claude", "-p", "the lexer loses the last token of a file without a line end"],
            "workspace": "/home/ada/src/toml-reader", "started": time_text(START), "ended": time_text(self.clock),
            "policy": {"file": "sallyport.yaml", "posture": "control", "sha256": "5e" * 32},
            "sandbox": {"layers": [
                {"layer": "network-namespace", "detail": "loopback only, no route out"},
                {"layer": "landlock", "detail": "ABI 7: files, abstract sockets, signals"},
                {"layer": "seccomp", "detail": "250 instructions, no new namespaces"}]},
            "exchanges": self.exchanges, "files": files,
            "opened": [
                {"path": "/home/ada/.aws/credentials", "program": "/usr/bin/node", "forWriting": False,
                 "isThere": False, "reason": "credential store"},
                {"path": "/home/ada/src/toml-reader/.env", "program": "/usr/bin/rg", "forWriting": False,
                 "isThere": True, "reason": "environment file"},
                {"path": "/home/ada/src/toml-reader/.git/hooks/pre-commit", "program": "/usr/bin/bash",
                 "forWriting": True, "isThere": True, "reason": "git hook"}],
            "filesIndexed": {"files": 214, "lines": 31_877, "bytes": 1_204_411, "leftOutCount": 31, "leftOut": [
                {"path": "tests/data/huge.toml", "reason": "larger than 8 MB"},
                {"path": "docs/logo.png", "reason": "binary"}]},
            "runsLater": [{"path": ".git/hooks/pre-commit", "reason": "git hook", "change": "new"},
                          {"path": ".vscode/tasks.json", "reason": "task file", "change": "changed"}],
            "programs": [{"path": "/usr/bin/node", "count": 1}, {"path": "/usr/bin/bash", "count": 14},
                         {"path": "/usr/bin/rg", "count": 9}, {"path": "/usr/bin/git", "count": 6},
                         {"path": "/usr/bin/python3.11", "count": 5}],
            "observationIncomplete": False, "namesAsked": 61,
            "names": [{"name": "api.anthropic.com", "names": 1, "questions": 31},
                      {"name": "*.tunnel.example", "names": 47, "questions": 47},
                      {"name": "sentry.io", "names": 1, "questions": 2}],
            "connectionsTried": [
                {"host": "203.0.113.7", "port": 22, "transport": "tcp", "program": "/usr/bin/git", "count": 2},
                {"host": "192.0.2.53", "port": 53, "transport": "udp", "program": "/usr/bin/node", "count": 5}],
            "datagramsRefused": 5, "endedFromOutside": False, "survivors": 1, "exitStatus": 0,
            "totals": {
                "exchanges": len(self.exchanges), "blocked": sum(one["decision"] == "block" for one in self.exchanges),
                "findings": sum(len(one["findings"]) for one in self.exchanges),
                "requestBytes": total("requestBytes"), "inspectedBytes": total("inspectedBytes"),
                "forwardedBytes": total("forwardedBytes"), "responseBytes": total("responseBytes"),
                "uninspectedBytes": total(
                    "forwardedBytes", [one for one in self.exchanges if one["protocol"] == "uninspected"]),
                "files": len(files),
                "lines": sum(into["lines"] for one in files for into in one["destinations"])},
            "ledger": {
                "directory": "/home/ada/.local/state/sallyport/ledger", "origin": "sallyport.local/0d2f05824f494ff7",
                "size": size, "entries": len(self.exchanges) * 2 + 4, "verified": True,
                "checkpoint": f"sallyport.local/0d2f05824f494ff7\n{size}\n6ucpF8Gn2UGERm2oOfcohc8ZKgjLDkej2InuT0k5l+s="
                              "\n\n— sallyport.local/0d2f05824f494ff7 F4BmmPeUXvtQXiwcSfj7Sdl4jE6CDuulrjLuzCFosyO6XIvzn"
                              "/PWyaRwmrzAqLeT+yjV4NHDzJcGdArLnqk9PONX4g0=\n"},
            **more,
        }


def rich() -> Json:
    """A conversation about a parser, with what an agent sends beside it."""
    sample = Sample(4)
    events, datadog, flags, auth, registry, update, config, web, paste = OTHERS
    sample.exchange(auth, body=0)
    sample.exchange(flags, body=2310)
    sample.exchange(update, "block", body=0)
    sample.exchange(config, body=0)
    sample.read("CLAUDE.md", FILES["CLAUDE.md"])
    sample.exchange(MODEL, body=29_000, sources=sample.sources(MODEL[0], 443), attributionGap="indexing")
    for number, (path, lines) in enumerate(FILES.items()):
        sample.read(path, lines)
        if number % 4 == 0:
            sample.exchange(events, "block", body=2100)
        if number % 3 == 0:
            sample.exchange(datadog, "block", body=1800)
        sample.turn()
    sample.exchange(registry, body=0, protocol="uninspected", inspectedBytes=0, method="CONNECT", path="/",
                    attributionGap="off")
    sample.exchange(web, body=0)
    secret = sample.finding("github-token", "credential", "block", ["base64", "gzip"], 34)
    key = sample.finding("aws-access-key-id", "credential", "block", ["base64", "gzip"], 34)
    sample.exchange(
        paste, "block", body=28_800, findings=[secret, key],
        sources=[{"path": ".env", "version": 1, "startLine": 1, "endLine": 9, "bytes": 301, "firstSent": True},
                 {"path": "src/parser/lexer.py", "version": 2, "startLine": 1, "endLine": 412, "bytes": 11_900,
                  "firstSent": True}])
    mail = sample.finding("email-address", "personal", "redact", ["json"], 18_220)
    sample.exchange(MODEL, "redact", body=64_000, findings=[mail], sources=sample.sources(MODEL[0], 443))
    sample.exchange(web, "ask", body=0, host="intranet.example.org", forwardedBytes=0, status=403)
    sample.exchange(("203.0.113.7", "unknown", "", "BYTES", "/"), "block", body=0, port=8443, protocol="bytes",
                    requestBytes=0, inspectedBytes=0, requestBodyBytes=0)
    sample.exchange(("tunnel.example", "unknown", "", "A", "/2320506c616e7465642062.tunnel.example"), "block",
                    body=0, port=53, protocol="dns", requestBytes=78, inspectedBytes=78)
    sample.turn()
    return sample.report()


def hostile(count: int = 5000) -> Json:
    """Long, and with text in every member that a page, an eye or a screen reader could trip over."""
    sample = Sample(5)
    chance = sample.random
    for number in range(40):
        sample.read(f"{chance.choice(HOSTILE)}/{number % 7}/{chance.choice(HOSTILE)}.py", chance.randint(1, 4000))
    hosts = [f"host-{number}.example.org" for number in range(60)]
    hosts += [f"{'very-long-label-' * 3}{number}.{'sub.' * 30}example" for number in range(4)]
    hosts += ["xn--mgberp4a5d4ar.example", "2001:db8::5:1", "<b>host</b>", "\u202eelpmaxe.live"]
    purposes = [one[1] for one in OTHERS] + ["model"]
    for number in range(count):
        what = (chance.choice(hosts), chance.choice(purposes), "", chance.choice(("POST", "GET", "<X>")),
                "/" + chance.choice(HOSTILE))
        decision = chance.choices(("allow", "block", "report", "redact", "ask"), (60, 30, 4, 4, 2))[0]
        findings = [
            sample.finding(chance.choice(HOSTILE), "credential", "block", [chance.choice(HOSTILE)], 4)
            for _ in range(chance.choice((0, 0, 0, 0, 1, 3)))]
        sources = chance.sample(sample.conversation, chance.choice((0, 0, 1, 2, 4)))
        sources = [{**one, "firstSent": chance.random() < 0.3} for one in sources]
        one = sample.exchange(what, decision, body=chance.randint(0, 200_000), findings=findings, sources=sources)
        if one["remedy"]:
            one["remedy"] += " " + chance.choice(HOSTILE)
        one["reasons"].append({"subject": chance.choice(HOSTILE), "statement": chance.choice(HOSTILE) * 3})
        one["rule"]["name"] = chance.choice(HOSTILE)
        one["program"] = "/usr/" + chance.choice(HOSTILE)
    sample.clock = START + 4 * 3600_000
    text = list(HOSTILE)
    report = sample.report(
        command=text, workspace="/" + "long-directory/" * 40,
        agent={"id": text[0], "version": text[1], "versionSource": "user-agent"},
        policy={"file": "\u202e" + text[4], "posture": "ban"},
        sandbox={"layers": [{"layer": one, "detail": one * 2} for one in text]},
        opened=[{"path": one, "program": one, "reason": one} for one in text * 30],
        programs=[{"path": one, "count": 9_007_199_254_740_991} for one in text * 30],
        names=[{"name": one, "names": 3, "questions": 4} for one in text * 10],
        filesIndexed={"files": 9, "lines": 9, "bytes": 9, "leftOutCount": 9_000,
                      "leftOut": [{"path": one, "reason": one} for one in text * 20]},
        observationIncomplete=True, endedFromOutside=True, exitStatus=137, futureMember={"anything": [1, 2, 3]})
    report["ledger"].update(verified=False, problem=text[0], origin=text[2], checkpoint="\n".join(text) + "\n")
    return report


if __name__ == "__main__":
    json.dump({"rich": rich, "hostile": hostile}[sys.argv[1]](), sys.stdout, ensure_ascii=True, sort_keys=True)
    print()
