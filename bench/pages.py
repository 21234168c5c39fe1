"""One visit to each page that is measured: what is sent, and how a good answer looks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

import requests
from playwright.sync_api import sync_playwright

from bench import load, report
from bench.product import floor_environment
from bench.servers import ROOT, Place, Web
from safeguarding import embedded

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
ROW = '<th scope="row">'
INPUT = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
WORDS = "The room was locked when we came back, and nobody would say why. " * 12

FLOOR_SESSION = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from bench.floor.models import Note
user, _ = User.objects.get_or_create(username="lena")
Note.objects.bulk_create(Note(words="x", verifier="x") for _ in range(100))
session = SessionStore()
session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
session["_auth_user_hash"] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms, the token among them."""
    fields = (dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(page))
    return {f["name"]: f.get("value", "") for f in fields if f.get("type") == "hidden"}


def write_one(floor: Web, result: load.Timed, *, path: str = "/") -> None:
    session = requests.Session()
    page = session.get(floor.url(path), timeout=load.TIMEOUT).text
    data = hidden(page) | {"words": WORDS}
    load.timed(result, lambda: _sent(session, floor.url(path), data, "/done/"))


def contribute_one(ours: Web, code: str, result: load.Timed) -> None:
    """A guest with the code: reads the page, writes in one box, sends it."""
    session, url = requests.Session(), ours.url(f"/join/{code}/")
    page = hidden(session.get(url, timeout=load.TIMEOUT).text)
    data = page | {"attribution": "unnamed", "worry": WORDS}
    load.timed(result, lambda: _sent(session, url, data, "/joined/"))


def _sent(session: requests.Session, url: str, data: dict[str, str], leads_to: str) -> bool:
    answer = session.post(url, data=data, timeout=load.TIMEOUT, allow_redirects=False)
    return answer.status_code == 302 and leads_to in answer.headers["Location"]


def raise_one(ours: Web, result: load.Timed) -> None:
    """Who gets it, the words, and then the last button: only the last POST is timed."""
    session = requests.Session()
    who = hidden(session.get(ours.url("/raise/"), timeout=load.TIMEOUT).text)
    _go_on(session, ours.url("/raise/"), who | {"told": who["offered"].split(",")})
    words = hidden(session.get(ours.url("/raise/words/"), timeout=load.TIMEOUT).text)
    _go_on(session, ours.url("/raise/words/"), words | {"words": WORDS, "how_soon": "today"})
    check = hidden(session.get(ours.url("/raise/check/"), timeout=load.TIMEOUT).text)
    load.timed(result, lambda: _sent(session, ours.url("/raise/check/"), check, "/raise/sent/"))


def _go_on(session: requests.Session, url: str, data: Mapping[str, str | list[str]]) -> None:
    session.post(url, data=data, timeout=load.TIMEOUT, allow_redirects=False)


def floor_session(floor: Web, place: Place) -> dict[str, str]:
    command = [sys.executable, "-m", "django", "shell", "-v0", "-c", FLOOR_SESSION]
    done = subprocess.run(
        command, cwd=ROOT, env=floor_environment(place), check=True, capture_output=True, text=True
    )
    return {"sessionid": done.stdout.strip()}


def newest() -> str:
    """The reference of the newest concern."""
    from concerns.models import Concern
    from safeguarding import context

    with context.system():
        return str(Concern.objects.newest_first().values_list("reference", flat=True)[0])


def analyse(place: Place) -> None:
    """What autovacuum would do within a minute: fresh statistics after a bulk load."""
    connection = place.cluster.connect(database=embedded.DATABASE)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def first_page_weight(ours: Web) -> Iterator[report.Line]:
    """Requests and bytes on the wire for the first page of the journey, in Chromium with an empty cache."""
    sizes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(ours.url("/raise/"), wait_until="networkidle")
        browser.close()
    yield report.plain("first page, requests", len(sizes), "", 8)
    yield report.plain("first page, on the wire", sum(sizes) / 1000, "kB", 60)
