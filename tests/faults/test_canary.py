"""Unique words through the real processes, then a search in everything they leave behind (fault 31)."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from safeguarding import embedded
from tests.cast import Cast
from tests.conftest import CLUSTER, Clone
from tests.mail import Post
from tests.servers import Place, Redis, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CANARY = "heronquietlock"
ADDRESS = "203.0.113.7"


class Visitor:
    """A browser without scripts, behind our proxy."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.open_ = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        ).open

    def ask(self, path: str, data: dict[str, str] | None = None) -> str:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        headers = {
            "X-Forwarded-For": ADDRESS,
            "User-Agent": f"agent {CANARY}",
            "Referer": f"{self.site}{path}",
        }
        request = urllib.request.Request(self.site + path, body, headers)
        try:
            with self.open_(request, timeout=20) as reply:
                return str(reply.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.read().decode())

    def send(self, path: str, **answers: str) -> str:
        page = self.ask(path)
        hidden = dict(re.findall(r'name="([a-z_]+)"[^>]*value="([^"]*)"', page))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        kept = {"csrfmiddlewaretoken": token[1]} if token else {}
        kept |= {name: value for name, value in hidden.items() if name in ("version", "seen", "section")}
        return self.ask(path, kept | answers)


def left_in_the_database(clone: Clone) -> list[str]:
    """Every table, as the superuser sees it, that holds the canary or the address in plain text or bytes."""
    connection = psycopg2.connect(CLUSTER.url(role=embedded.SUPERUSER, database=clone.name))
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            text = str((cursor.fetchone() or ("",))[0] or "")
            if any(word in text for word in (CANARY, CANARY.encode().hex(), ADDRESS, ADDRESS.encode().hex())):
                found.append(table)
    connection.close()
    return found


@pytest.fixture
def busy_place(cast: Cast, redis_place: Place) -> Place:
    redis_place.extra |= {
        "TRUSTED_PROXY_COUNT": "1",
        "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "LOG_LEVEL": "DEBUG",
    }
    redis_place.web(workers=1, threads=1)
    redis_place.worker(processes=1)
    redis_place.dispatch()
    return redis_place


def test_words_and_addresses_are_nowhere_but_sealed(
    busy_place: Place, redis_server: Redis, post: Post, clone: Clone, tmp_path: Path
) -> None:
    visitor = Visitor(busy_place.site_url)
    visitor.send("/raise/", names=CANARY)
    visitor.send("/raise/words/", words=f"{CANARY} and more")
    sent = visitor.send("/raise/words/", words=f"{CANARY} and more", send="1")
    visitor.send("/follow-up/", receipt=f"1234 {CANARY}")
    visitor.send("/account/login/", login=f"{CANARY}@example.org", password=CANARY)
    visitor.ask("/csp-report/", {"csp-report": CANARY})
    visitor.ask("/nowhere/")
    visitor.ask("/leave/")
    wait_until(lambda: len(post.envelopes) >= 2, seconds=60)

    assert "app-receipt__number" in sent
    logs = {server.name: server.said for server in busy_place.servers}
    mails = " ".join(mail.as_string() for mail in post.mails)
    queue = " ".join(str(redis_server.client().dump(key)) for key in redis_server.client().keys("*"))
    database_log = (CLUSTER.folder / "server.log").read_text(errors="replace")
    assert [name for name, text in logs.items() if CANARY in text or ADDRESS in text] == []
    assert (CANARY in mails, ADDRESS in mails) == (False, False)
    assert (CANARY in queue, CANARY in database_log, ADDRESS in database_log) == (False, False, False)
    assert left_in_the_database(clone) == []
