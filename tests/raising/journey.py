"""The journey for tests: somebody who answers page by page, and what the database holds afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from concerns import receipts
from concerns.models import Concern, ReporterIdentity
from safeguarding import context

WORDS = "The door was locked."


class Reporter:
    """Somebody at a browser without JavaScript: what a page's form holds is sent with each answer."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()

    def hidden(self, page: Any) -> dict[str, str]:
        found = re.findall(
            r'<input type="hidden" name="([a-z_]+)"[^>]*value="([^"]*)"', page.content.decode()
        )
        return {name: value for name, value in found if name != "csrfmiddlewaretoken"}

    def ticked(self, page: Any) -> list[str]:
        return re.findall(r'name="told" type="checkbox" value="([^"]+)" checked', page.content.decode())

    def open(self, url: str) -> Any:
        return self.client.get(url, follow=True)

    def answer(self, url: str, answers: Mapping[str, Any] = {}, *, follow: bool = True) -> Any:
        """Open a page and send its form with these answers."""
        page = self.client.get(url)
        return self.client.post(url, {**self.hidden(page), **answers}, follow=follow)

    def answer_form(self, shown_at: str, sent_to: str, answers: Mapping[str, Any]) -> Any:
        """Answer a form that stands on one page and is sent to another."""
        page = self.client.get(shown_at)
        return self.client.post(sent_to, {**self.hidden(page), **answers}, follow=True)

    def begin(self, *, untick: tuple[str, ...] = (), names: str = "") -> Any:
        page = self.client.get("/raise/")
        told = [value for value in self.ticked(page) if value not in untick]
        return self.client.post("/raise/", {**self.hidden(page), "told": told, "names": names}, follow=True)

    def write(self, words: str = WORDS, **answers: str) -> Any:
        return self.answer("/raise/words/", {"words": words, **answers})

    def send_now(self, words: str = WORDS, **answers: str) -> Any:
        return self.write(words, send="1", **answers)

    def receipt(self, page: Any) -> str:
        shown = re.search(r'app-receipt__number">(.*?)</p>', page.content.decode(), re.DOTALL)
        return receipts.digits_of(re.sub("<[^>]*>", "", shown[1])) if shown else ""

    def raise_it(self, words: str = WORDS, **answers: str) -> str:
        """The shortest way to a receipt."""
        self.begin()
        return self.receipt(self.send_now(words, **answers))


def concerns() -> list[Concern]:
    """Every concern, as somebody who sees all rows; their words can be read after the context ended."""
    with context.system():
        return list(Concern.objects.select_related("key", "reporter").order_by("raised_at"))


def the_concern() -> Concern:
    (concern,) = concerns()
    return concern


def identity_of(concern: Concern) -> ReporterIdentity:
    found: ReporterIdentity = concern.reporter
    found.concern = concern
    return found
