"""Chromium over the DevTools protocol, on a pair of pipes: no port, no package, no network.

Source: https://chromedevtools.github.io/devtools-protocol/ (`--remote-debugging-pipe`: messages end in a zero byte).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ANSWER_LIMIT = 120  # seconds; printing five thousand exchanges takes a while
STOP_LIMIT = 10  # seconds

Json = dict[str, Any]


class Chromium:
    """A browser of its own for as long as a test needs it; it knows nobody and keeps nothing."""

    def __enter__(self) -> "Chromium":
        if CHROMIUM is None:
            raise RuntimeError("chromium is not installed: run `make setup`")
        self._profile = tempfile.mkdtemp(prefix="sallyport-chromium-")
        commands_out, self._commands = os.pipe()
        self._answers, answers_in = os.pipe()

        def pipes() -> None:
            # Of the numbers that the protocol wants; moved away first, since either may be one of these already.
            reading, writing = os.dup(commands_out), os.dup(answers_in)
            high = os.dup2(reading, 100), os.dup2(writing, 101)
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self._profile}",
             # The tests run as root in containers, where its own sandbox cannot be; there is no network to reach.
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--disable-background-networking", "--disable-component-update", "--force-color-profile=srgb"],
            close_fds=False, preexec_fn=pipes, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            env={**os.environ, "HOME": self._profile},
        )
        os.close(commands_out)
        os.close(answers_in)
        self._buffer = b""
        self._number = 0
        self.events: list[Json] = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._commands)
        try:
            self._process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._answers)
        self._log.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> Json:
        """One command and its answer; what happens meanwhile is added to `events`."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        self._write(json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + ANSWER_LIMIT
        while True:
            message = self._receive(deadline)
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._commands, data):]

    def _receive(self, deadline: float) -> Json:
        while b"\0" not in self._buffer:
            readable, _, _ = select.select([self._answers], [], [], max(0.0, deadline - time.monotonic()))
            if not readable:
                raise TimeoutError(f"Chromium did not answer within {ANSWER_LIMIT} s: {self._said()}")
            part = os.read(self._answers, 1 << 20)
            if not part:
                raise RuntimeError(f"Chromium has ended: {self._said()}")
            self._buffer += part
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def _said(self) -> str:
        self._log.seek(0)
        return self._log.read()[-2000:].decode(errors="replace")

    def open(self, file: Path, *, width: int, height: int = 900, scheme: str = "light") -> "Page":
        """Opens a page from disk and waits until it is there."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session, file.resolve().as_uri())
        for domain in ("Page", "Network", "Runtime", "Log", "DOM", "Accessibility"):
            page.send(f"{domain}.enable")
        page.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.send("Page.navigate", url=page.url)
        page.wait_until_loaded()
        return page


class Page:
    """One page in the browser."""

    def __init__(self, browser: Chromium, target: str, session: str, url: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session
        self.url = url

    def __enter__(self) -> "Page":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.send("Target.closeTarget", targetId=self._target)

    def send(self, method: str, **parameters: Any) -> Json:
        return self._browser.send(method, self._session, **parameters)

    def wait_until_loaded(self) -> None:
        deadline = time.monotonic() + ANSWER_LIMIT
        while self.evaluate("document.readyState") != "complete" or self.evaluate("location.href") != self.url:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.url} did not load within {ANSWER_LIMIT} s")
            time.sleep(0.02)

    def evaluate(self, script: str) -> Any:
        """The value of an expression, as JSON; a promise's value once it is there."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def events(self, *methods: str) -> list[Json]:
        """What happened to this page, of these kinds."""
        return [
            event["params"] for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] in methods
        ]

    @property
    def requests(self) -> list[str]:
        return [event["request"]["url"] for event in self.events("Network.requestWillBeSent")]

    @property
    def messages(self) -> list[str]:
        """Everything that a developer would see in the console."""
        events = self.events("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(event)[:500] for event in events]

    def accessible_nodes(self) -> list[Json]:
        """The tree that a screen reader is given, without what it is not told of."""
        nodes = self.send("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node.get("ignored")]

    def pdf(self) -> bytes:
        """As it is printed on A4."""
        answer = self.send("Page.printToPDF", printBackground=False, preferCSSPageSize=True, paperWidth=8.27,
                           paperHeight=11.69)
        return base64.b64decode(answer["data"])
