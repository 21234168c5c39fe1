"""Script planted in every text that may be given is shown as words, to everyone, everywhere (fault 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page
from pytest_django.live_server_helper import LiveServer

from concerns.enums import EntryKind, HowSoon, NextStep, RoleInConcern
from concerns.models import Concern
from concerns.services import entries, following_up, involving, replies, triage
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from riskassessment.models import Activity
from safeguarding import audit, clock, context
from safeguarding.contacts.models import Contact
from safeguarding.people.models import Person
from tests.cast import Cast, sign_in
from tests.raising import journey

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DO = ("alert(1)", "confirm`1`", "window.planted=1", "top['al'+'ert'](1)")
SHAPES = (
    "<script>{do}</script>",
    "</title></textarea></script><script>{do}</script>",
    "<ScRiPt/x>{do}</ScRiPt>",
    "<img src=x onerror={do}>",
    "<svg/onload={do}>",
    "<svg><animate onbegin={do} attributeName=x dur=1s>",
    "<details open ontoggle={do}>",
    "<body onload={do}>",
    "<input autofocus onfocus={do}>",
    "<iframe srcdoc='<script>{do}</script>'></iframe>",
    '" autofocus onfocus={do} x="',
    "' onmouseover={do} x='",
    "javascript:{do}",
    "<a href='javascript:{do}'>x</a>",
    "<base href='https://example.org/'><script>{do}</script>",
    "--><script>{do}</script><!--",
)
CORPUS = [shape.replace("{do}", do) for shape in SHAPES for do in DO]
MARK = "planted here "
ALL = MARK + " ".join(CORPUS)
SHORT = [MARK + payload for payload in CORPUS]


@dataclass
class Watch:
    """What a browser noticed: dialogs, refusals of the content policy, faults of a script, a mark left."""

    noticed: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("dialog", self._asked)
        page.on("pageerror", lambda error: self.noticed.append(f"{page.url}: {error}"))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.warn('violation ' + e.violatedDirective))"
        )
        page.on("console", self._said)

    def _asked(self, dialog: Dialog) -> None:
        self.noticed.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, said: ConsoleMessage) -> None:
        if "violation" in said.text:
            self.noticed.append(said.text)

    def look(self, page: Page, address: str) -> str:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if page.evaluate("'planted' in window"):
            self.noticed.append(f"ran on {address}")
        return page.locator("body").inner_text()


def planted(cast: Cast) -> Concern:
    """Every text that a reporter and a handler may write, each with the whole corpus or one piece of it."""
    names = iter(SHORT)
    Person.objects.filter(pk=cast.facilitator.pk).update(preferred_name=next(names)[:100])
    Contact.objects.filter(person=cast.deputy).update(role_title=next(names)[:100])
    activity = Activity.objects.create(title=next(names)[:160], created_at=clock.now())
    details = {
        "seen": {"saw": ALL, "exact": ALL, "felt": ALL},
        "where": {"modes": ["in_person"], "place": ALL},
        "wants": {"wants": ALL},
        "before": {"before": "yes", "what_happened": ALL},
        "kept_out": {"names": ALL},
    }
    involved = [Involved(name=name[:200], role=RoleInConcern.AFFECTED) for name in SHORT[:20]]
    reporter = Reporter(mode="contact", name=next(names)[:100], safe_ways=ALL, show_words=True)
    raised = raise_concern(
        raised=Raised(words=ALL, reporter=reporter, involved=involved, details=details, activity=activity),
        by=audit.Other.REPORTER,
    )
    following_up.add_words(concern_id=raised.pk, words=ALL, once=raised.pk)
    handled(raised, cast.lead)
    return raised


def handled(raised: Concern, by: Person) -> None:
    with context.person(by):
        concern = Concern.objects.to_read().get(pk=raised.pk)
        triage.acknowledge(concern=concern, by=by, reply=ALL)
        note = entries.add_note(concern=concern, by=by, kind=EntryKind.SEEN, words=ALL)
        entries.correct(entry=note, by=by, words=ALL)
        entries.decide(concern=concern, by=by, decided=ALL, reason=ALL)
        triage.change_how_soon(concern=concern, by=by, how_soon=HowSoon.NO_RUSH, reason=ALL)
        triage.plan_next_step(concern=concern, by=by, step=NextStep.GET_ADVICE, words=ALL)
        involving.add_person(
            concern=concern, by=by, involved=Involved(name=SHORT[30][:200], role=RoleInConcern.SAW_IT)
        )
        replies.reply(concern=concern, by=by, words=ALL)


@pytest.fixture
def watch() -> Iterator[Watch]:
    made = Watch()
    yield made
    assert made.noticed == []


def come_in(context_: BrowserContext, server: LiveServer, person: Person) -> None:
    cookie = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME]
    context_.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])


def test_the_corpus_has_sixty_pieces() -> None:
    assert len(set(CORPUS)) >= 60


@pytest.mark.parametrize("role", ["lead", "deputy", "administrator"])
def test_nothing_planted_runs_for_those_who_read(
    role: str, cast: Cast, live_server: LiveServer, browser_context: BrowserContext, watch: Watch
) -> None:
    concern, page = planted(cast), browser_context.new_page()
    come_in(browser_context, live_server, getattr(cast, role))
    watch.over(page)
    acts = ("acknowledge", "assign", "note", "decide", "person", "how_soon", "next_step", "reply", "close")
    names = [] if role == "administrator" else [f"concern_{name}" for name in acts]
    addresses = [reverse(name, kwargs={"reference": concern.reference}) for name in ["concern", *names]]

    shown = [watch.look(page, live_server.url + address) for address in [*addresses, "/concerns/", "/"]]

    assert ALL in " ".join(shown[0].split())
    watch.look(page, f"{live_server.url}/contacts/")


def test_nothing_planted_runs_for_the_person_who_raised_it(
    cast: Cast, live_server: LiveServer, browser_context: BrowserContext, watch: Watch
) -> None:
    reporter = journey.Reporter()
    reporter.begin(names=SHORT[0])
    reporter.answer("/raise/words/", {"words": ALL})
    Person.objects.filter(pk=cast.facilitator.pk).update(preferred_name=SHORT[1][:100])
    cookie = reporter.client.cookies[settings.SESSION_COOKIE_NAME]
    browser_context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = browser_context.new_page()
    watch.over(page)

    paths = ("/raise/", "/raise/words/", "/raise/reach/", "/raise/check/", "/raise/more/people/", "/help/")
    shown = {path: watch.look(page, live_server.url + path) for path in paths}

    assert MARK in shown["/raise/check/"]
