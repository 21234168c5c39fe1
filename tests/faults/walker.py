"""A browser without scripts at the real front, which plants a word wherever a client may choose one."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from typing import Any

CANARY = "heronquietlock"
CLAIMED, TRUE = "203.0.113.7", "127.113.0.7"  # the address a client claims, and where it really comes from


@dataclass(frozen=True)
class Page:
    status: int
    address: str
    text: str
    content: bytes = b""


class _Fields(HTMLParser):
    """What a form sends if nothing in it is touched: what is hidden, what is ticked, and what is written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.box = ""  # the name of the text box that is being read
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        field = dict(attributes)
        name = field.get("name") or ""
        if tag == "input" and (field.get("type") == "hidden" or "checked" in field):
            self.found.setdefault(name, []).append(field.get("value") or "")
        elif tag == "textarea":
            self.box, self.found[name] = name, [""]

    def handle_endtag(self, tag: str) -> None:
        self.box = "" if tag == "textarea" else self.box

    def handle_data(self, data: str) -> None:
        if self.box:
            self.found[self.box] = [(self.found[self.box][0] + data).removeprefix("\n")]


class _FromThere(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """From an address of our choice; with TLS, the test's certificate vouches for itself."""

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        way = partial(http.client.HTTPConnection, source_address=(TRUE, 0))
        return self.do_open(way, request)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        trusting = ssl._create_unverified_context()
        way = partial(http.client.HTTPSConnection, source_address=(TRUE, 0), context=trusting)
        return self.do_open(way, request)


class Walker:
    def __init__(self, site: str, *, agent: str = f"agent {CANARY}") -> None:
        self.site, self.agent = site, agent
        self.jar = http.cookiejar.CookieJar()
        keeps_cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self._open = urllib.request.build_opener(_FromThere, keeps_cookies).open

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Page:
        """One request, redirects followed; header names are written with _ for -."""
        planted = {
            "X-Forwarded-For": CLAIMED,
            "Forwarded": f"for={CLAIMED}",
            "User-Agent": self.agent,
            "Accept-Language": f"en, {CANARY};q=0.1",
            "Referer": f"{self.site}{path}?{CANARY}",
        }
        planted |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.site + path, body, planted)
        try:
            reply = self._open(request, timeout=40)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            content = reply.read()
            where = str(reply.url).removeprefix(self.site)
            return Page(reply.status, where, content.decode(errors="replace"), content)

    def post(self, path: str, answers: dict[str, Any]) -> Page:
        return self.ask(path, urllib.parse.urlencode(answers, doseq=True).encode())

    def form(self, path: str) -> dict[str, Any]:
        """What the page's form holds before anybody answers."""
        return form_on(self.ask(path))

    def send(self, path: str, *, to: str = "", gives: int = 200, **answers: Any) -> Page:
        """Open a page, answer its form, send it; the test fails when the answer is another than expected."""
        page = self.post(to or path, self.form(path) | answers)
        assert page.status == gives, (
            f"{path} gave {page.status}: {' '.join(re.sub('<[^>]*>', '', page.text).split())}"
        )
        return page

    @property
    def session_key(self) -> str:
        return next(str(cookie.value) for cookie in self.jar if "session" in cookie.name)


def form_on(page: Page) -> dict[str, Any]:
    return dict(_Fields(page.text).found)


def receipt_on(page: Page) -> str:
    shown = re.search(r'app-receipt__number">(.*?)</p>', page.text, re.DOTALL)
    assert shown is not None, page.text
    return "".join(re.findall(r"\d", re.sub("<[^>]*>", "", shown[1])))
