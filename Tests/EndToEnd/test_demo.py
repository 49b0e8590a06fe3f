"""The demo that users start first, as they start it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sallyport_run import REPOSITORY

RUN_LIMIT = 180  # seconds


def test_the_demo_catches_everything(sallyport: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SALLYPORT": str(sallyport), "SALLYPORT_DEMO_DIRECTORY": str(tmp_path)}
    done = subprocess.run(
        [str(REPOSITORY / "Examples" / "demo" / "demo.sh")], env=environment, capture_output=True, text=True,
        timeout=RUN_LIMIT, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT" not in done.stdout.split("What was caught")[1], done.stdout
    assert done.stdout.rstrip().endswith("ledger verified"), done.stdout
