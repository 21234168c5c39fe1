"""Chromium by its own raw protocol, as people run it: with the back-forward cache, which Playwright breaks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser import FLAGS

PATIENCE = 15  # seconds


class Chromium:
    """One process; commands and answers are JSON ended by NUL, on file descriptors 3 and 4."""

    def __init__(self, profile: str) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        command = [
            str(shutil.which("chromium")),
            *FLAGS,
            "--remote-debugging-pipe",
            f"--user-data-dir={profile}",
        ]
        # The shell moves our two pipes to 3 and 4, where Chromium looks for them.
        moved = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", moved, *command, "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._rest = 0, b""

    def send(self, method: str, *, session: str = "", **words: Any) -> dict[str, Any]:
        """One command and its answer; events in between are passed over."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": words}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._in, 1 << 16)
            assert read, "Chromium ended"
            self._rest += read
        line, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def tab(self, *, scripts: bool = True) -> Tab:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target)
        tab.send("Page.enable")
        if not scripts:
            tab.send("Emulation.setScriptExecutionDisabled", value=True)
        return tab

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)


class Tab:
    def __init__(self, chromium: Chromium, session: str, target: str) -> None:
        self.chromium, self.session, self.target = chromium, session, target

    def send(self, method: str, **words: Any) -> dict[str, Any]:
        return self.chromium.send(method, session=self.session, **words)

    def evaluate(self, expression: str) -> Any:
        return self.send("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Until the expression holds in the page that stands; raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.evaluate(f"document.readyState === 'complete' && !!({expression})"):
                return
            time.sleep(0.05)
        raise TimeoutError(f"{expression} never held at {self.url}")

    @property
    def url(self) -> str:
        return str(self.evaluate("location.href"))

    def go(self, url: str) -> None:
        self.send("Page.navigate", url=url)
        self.wait_for(f"location.href === {json.dumps(url)}")

    def type(self, selector: str, words: str) -> None:
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.send("Input.insertText", text=words)

    def click(self, selector: str) -> None:
        """A real click with the mouse, where the element stands."""
        box = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView();"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            where = {"x": box[0], "y": box[1], "button": "left", "clickCount": 1}
            self.send("Input.dispatchMouseEvent", type=kind, **where)

    def history(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.send("Page.getNavigationHistory")["entries"]
        return entries

    def back_to(self, entry: dict[str, Any]) -> None:
        self.send("Page.navigateToHistoryEntry", entryId=entry["id"])
        self.wait_for(f"location.href === {json.dumps(entry['url'])}")
        time.sleep(0.3)  # a page from memory may ask again for itself

    def shown(self) -> str:
        """The page's text and what stands in its fields."""
        fields = "[...document.querySelectorAll('input, textarea')].map(f => f.value).join(' ')"
        return str(self.evaluate(f"document.documentElement.outerHTML + {fields}"))


@pytest.fixture
def raw_chromium() -> Iterator[Callable[[], Chromium]]:
    started: list[Chromium] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:

        def start() -> Chromium:
            started.append(Chromium(f"{profile}/{len(started)}"))
            return started[-1]

        yield start
        for chromium in started:
            chromium.close()
