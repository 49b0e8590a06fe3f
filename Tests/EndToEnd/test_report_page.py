"""The page of a report, as a browser, a keyboard, a screen reader and a printer get it; and the findings as SARIF."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Iterator

import pytest

import report_samples
from browser import CHROMIUM, Chromium, Page
from sallyport_run import REPOSITORY, sallyport_program

HERE = Path(__file__).resolve().parent
CHECKS = (HERE / "browser" / "checks.js").read_text()
REPORTS = ("demo", "rich", "hostile")
LARGE = "large"  # as hostile, and with five thousand exchanges
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
SECTIONS = (
    "What left", "From files to destinations", "In the course of the run", "Exchanges", "Files that left",
    "What it started, opened and tried", "What was stopped, and how to allow it", "What was not looked into",
    "The sandbox", "The ledger, and how to check this page",
)
MOST_BYTES = 12_000_000  # of the page of five thousand hostile exchanges
TABS = 60  # steps with the keyboard; a page may have hundreds


def test_the_samples_of_the_unit_tests_are_the_same() -> None:
    kept = REPOSITORY / "Tests" / "PresentationTests" / "Reports" / "rich.json"
    assert json.loads(kept.read_text()) == report_samples.rich(), "write it anew with report_samples.py rich"


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    if CHROMIUM is None:
        leave_out = pytest.skip if os.environ.get("SALLYPORT_OPTIONAL") == "1" else pytest.fail
        leave_out("chromium is not installed: run `make setup`")
    with Chromium() as running:
        yield running


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The directories of the demo's report and of made ones."""
    program = sallyport_program()
    if not program.is_file():
        leave_out = pytest.skip if os.environ.get("SALLYPORT_OPTIONAL") == "1" else pytest.fail
        leave_out(f"{program} is not there: run `make build`, or set SALLYPORT")
    place = tmp_path_factory.mktemp("pages")
    done = subprocess.run(
        [str(REPOSITORY / "Examples" / "demo" / "demo.sh")], capture_output=True, text=True, timeout=180,
        env={**os.environ, "SALLYPORT": str(program), "SALLYPORT_DEMO_DIRECTORY": str(place)}, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = {"demo": next(place.glob("sallyport-demo.*/report"))}
    made = {"rich": report_samples.rich(), "hostile": report_samples.hostile(300), LARGE: report_samples.hostile(5000)}
    for name, sample in made.items():
        stored = place / f"{name}.json"
        stored.write_text(json.dumps(sample))
        found[name] = place / name
        done = subprocess.run(
            [str(program), "report", str(stored), "--output", str(found[name])], capture_output=True, text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in SCHEMES], ids=lambda look: f"{look[0]}-{look[1]}")
def look(request: pytest.FixtureRequest) -> tuple[int, str]:
    return request.param


@pytest.fixture(params=REPORTS)
def page(
    request: pytest.FixtureRequest, browser: Chromium, reports: dict[str, Path], look: tuple[int, str]
) -> Iterator[Page]:
    """Each report's page in each look."""
    with browser.open(reports[request.param] / "report.html", width=look[0], scheme=look[1]) as opened:
        yield opened


def unnamed(page: Page) -> list[str]:
    """What a screen reader would come to and could not name."""
    roles = {"link", "button", "DisclosureTriangle", "image", "img", "SvgRoot", "table", "region", "navigation", "heading"}
    found = []
    for node in page.accessible_nodes():
        role = node.get("role", {}).get("value")
        if role in roles and not node.get("name", {}).get("value", "").strip():
            found.append(f"{role} {node.get('backendDOMNodeId')}")
    return found


FOCUSED = """(() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const order = [...document.querySelectorAll('a[href], summary, [tabindex]')].indexOf(element);
  return { order, outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
           seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
           name: element.localName + ' ' + (element.textContent ?? '').slice(0, 40) };
})()"""


def focus_complaints(page: Page) -> list[str]:
    """Walks through the page with the tab key: forward in the document, and always to be seen."""
    found: list[str] = []
    last = -1
    for step in range(TABS):
        page.press("Tab", 9)
        focus = page.evaluate(FOCUSED)
        if focus["order"] < 0:
            return found if step > 5 else [*found, f"the focus left the page after {step} steps"]
        if focus["order"] <= last:
            found.append(f"goes back to {focus['name']}")
        if focus["outline"] == "none" or focus["width"] < 2 or not focus["seen"]:
            found.append(f"not to be seen on {focus['name']}: {focus}")
        last = focus["order"]
    return found


def test_nothing_leaves_and_nothing_is_complained_of(page: Page) -> None:
    assert page.requests == [page.url]
    assert page.messages == []


def test_keyboard(page: Page) -> None:
    assert focus_complaints(page) == []


def test_what_the_page_itself_can_tell(page: Page) -> None:
    assert page.evaluate(CHECKS) == []
    assert page.messages == []
    assert unnamed(page) == []


TILES = """[...document.querySelectorAll('.tile')].map(tile => {
  const { top, left, right } = tile.getBoundingClientRect();
  return [Math.round(top), Math.round(left), Math.round(right), tile.scrollWidth > tile.clientWidth];
})"""


@pytest.mark.parametrize("width", [1600, 1280, 1050, 1000, 768, 500, 390, 360, 320])
def test_the_tiles_come_out_even(browser: Chromium, reports: dict[str, Path], width: int) -> None:
    """Each row is as wide as the others, has more than one tile, and no figure sticks out of its tile."""
    with browser.open(reports["rich"] / "report.html", width=width, scheme="light") as page:
        tiles = page.evaluate(TILES)
    rows: dict[int, list[list[int]]] = {}
    for tile in tiles:
        rows.setdefault(tile[0], []).append(tile)
    assert len(tiles) == 7
    assert all(len(row) > 1 for row in rows.values()), rows
    assert len({(row[0][1], row[-1][2]) for row in rows.values()}) == 1, rows
    assert not any(tile[3] for tile in tiles), tiles


AXE = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})" \
    ".then(({violations}) => violations.map(({id, nodes}) => [id, nodes.length, nodes[0].html.slice(0, 300)]))"


@pytest.mark.parametrize("name", ["demo", "rich"])
def test_axe(browser: Chromium, reports: dict[str, Path], look: tuple[int, str], name: str) -> None:
    """The rules of axe-core, on the page with everything unfolded."""
    package = find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("axe-core is not installed: run Tests/EndToEnd/install_agents.sh")
    with browser.open(reports[name] / "report.html", width=look[0], scheme=look[1]) as page:
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        page.evaluate((Path(package.origin).parent / "axe.min.js").read_text() + "; true")
        assert page.evaluate(AXE) == []


@pytest.mark.parametrize("name", [*REPORTS, LARGE])
def test_print(browser: Chromium, reports: dict[str, Path], tmp_path: Path, name: str) -> None:
    """Every section is on paper, and so is what was folded."""
    printed = tmp_path / "report.pdf"
    with browser.open(reports[name] / "report.html", width=1280, scheme="dark") as page:
        printed.write_bytes(page.pdf())
    done = subprocess.run(["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    assert done.stdout.count("\f") >= 1
    for section in SECTIONS:
        assert section in text, section
    for folded in ("sallyport log prove", "sent by the client"):
        assert folded in text, folded


def test_five_thousand_exchanges_are_a_page_that_opens(browser: Chromium, reports: dict[str, Path]) -> None:
    file = reports[LARGE] / "report.html"
    assert file.stat().st_size < MOST_BYTES
    with browser.open(file, width=360) as page:
        assert page.requests == [page.url]
        assert page.messages == []
        milliseconds = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
        print(f"{file.stat().st_size / 1e6:.1f} MB, loaded in {milliseconds} ms")
        assert milliseconds < 10_000
        assert page.evaluate("document.querySelectorAll('.exchange').length") <= 1500


def test_the_checks_can_fail(browser: Chromium) -> None:
    """A page with one of each fault is complained of for each."""
    with browser.open(HERE / "browser" / "bad_page.html", width=1280) as page:
        rules = {complaint.split(":")[0] for complaint in page.evaluate(CHECKS)}
        assert {"lang", "title", "unique-id", "link", "landmark", "heading-order", "table-name", "overflow",
                "contrast"} <= rules
        assert page.requests != [page.url]
        assert page.messages
        assert unnamed(page)
        assert focus_complaints(page)


@pytest.mark.parametrize("name", REPORTS)
def test_findings_are_sarif(reports: dict[str, Path], name: str) -> None:
    """Read by a model that was generated from the public schema, and as many as the report has."""
    if find_spec("fluidattacks_core") is None:
        pytest.skip("the model of SARIF is not installed: run Tests/EndToEnd/install_agents.sh")
    from fluidattacks_core.sarif import SarifLog  # made from the schema; unknown members are errors

    log = json.loads((reports[name] / "findings.sarif").read_text())
    SarifLog.model_validate(log)
    report = json.loads((reports[name] / "report.json").read_text())
    assert len(log["runs"][0]["results"]) == report["totals"]["findings"]
    with pytest.raises(ValueError):
        SarifLog.model_validate({**log, "runs": [{**log["runs"][0], "unheardOf": 1}]})
