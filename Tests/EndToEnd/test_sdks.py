"""The plain SDKs under `sallyport run`, with proxy settings and without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from model_server.scenario import FINAL_TEXT
from sallyport_run import WAYS_OF_COUNTING, run, verify_independently, verify_ledger
from sample import Place

SCRIPTS = Path(__file__).resolve().parent / "sdk_scripts"


@dataclass(frozen=True)
class SDK:
    """One SDK: its script, what its user has set, and the lines that the script prints."""

    name: str
    environment: dict[str, str]
    host: str
    lines: tuple[str, ...]


SDKS = (
    SDK(
        "openai", {"OPENAI_API_KEY": "sk-proj-REALKEYOFTHETESTxSDK" + "m1N2b3V4c5" * 6}, "api.openai.com",
        ("chat", "chat stream", "responses", "responses stream"),
    ),
    SDK(
        "anthropic", {"ANTHROPIC_API_KEY": "sk-ant-api03-REALKEYOFTHETESTxSDK" + "z1X2c3V4b5" * 6 + "AA"},
        "api.anthropic.com", ("messages", "messages stream"),
    ),
    SDK("ollama", {"OLLAMA_HOST": "http://ollama.example:11434"}, "ollama.example", ("chat", "chat stream")),
)


@pytest.mark.parametrize("proxy_settings", [True, False], ids=["with-proxy-settings", "transparent"])
@pytest.mark.parametrize("sdk", SDKS, ids=lambda sdk: sdk.name)
def test_the_sdk_works(
    sallyport: Path, sdk_python: Path, place: Place, tmp_path: Path, sdk: SDK, proxy_settings: bool
) -> None:
    script = place.workspace / "ask.py"
    script.write_text((SCRIPTS / f"{sdk.name}_smoke.py").read_text())
    environment = {"HOME": str(place.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **sdk.environment}
    installed = [sdk_python.parent.parent, sdk_python.resolve().parent.parent]
    outcome = run(
        tmp_path, place, [str(sdk_python), str(script)], environment, proxy_settings=proxy_settings,
        read=[path for path in installed if path != Path("/usr")],
        # The variable that names the host is the user's choice; the sandbox's environment is an allowlist.
        options=(
            ["--env", "OLLAMA_HOST", "--policy", str(Path(__file__).resolve().parent / "policies" / "ollama.yaml")]
            if sdk.name == "ollama" else []
        ),
    )
    assert outcome.exit_code == 0, outcome.describe()
    said = {line.partition(": ")[0]: line.partition(": ")[2].strip() for line in outcome.output.splitlines()}
    for line in sdk.lines:
        assert said.get(line) == FINAL_TEXT, outcome.describe()
    if sdk.name == "anthropic":
        assert said["unknown header"] == "kept as it is"
    assert {line["host"] for line in outcome.received} == {sdk.host}
    recorded = outcome.forwarded_counts()
    assert any(outcome.received_counts(way) == recorded for way in WAYS_OF_COUNTING)
    assert verify_ledger(outcome).returncode == 0
    independent = verify_independently(outcome)
    assert independent.returncode == 0, independent.stderr
