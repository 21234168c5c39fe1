"""Fault 6: whatever was typed anywhere, no page runs it, draws it or asks another site for it.

The browser is told to ignore our Content-Security-Policy: it is the escaping that must hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser, Dialog, Error, Page, Request
from pytest_django.live_server_helper import LiveServer

from concerns.enums import EntryKind, ReporterMode, RoleInConcern
from concerns.models import Concern
from concerns.services import entries, following_up, replies, triage
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from concerns.views.visit import FOLLOW_UP
from riskassessment.models import Activity
from safeguarding import audit, clock, context
from safeguarding.contacts.models import Contact, HelpKind, HelpPanel
from safeguarding.people import invitations
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.access.table import VISITOR, Asker, rows
from tests.cast import Cast, person
from tests.raising.journey import Reporter as JourneyReporter

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ELSEWHERE = "http://198.51.100.9"
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    f'<img src="{ELSEWHERE}/img" onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<iframe srcdoc="<script>parent.alert(1)</script>">',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</option></select><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    '" autofocus onfocus="alert(1)" x="',
    "' autofocus onfocus='alert(1)' x='",
    "` autofocus onfocus=`alert(1)`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "{{ 7|add:7 }}{% load static %}${alert(1)}",
    f"<style>@import url({ELSEWHERE}/css)</style>",
    f"<link rel=stylesheet href={ELSEWHERE}/link>",
    f"<meta http-equiv=refresh content='0;url={ELSEWHERE}/'>",
    f'<base href="{ELSEWHERE}/">',
    f"<form action={ELSEWHERE}/><button>Send",
    "<marquee onstart=alert(1)>x",
    "<video><source onerror=alert(1)></video>",
)
ALL = "\n".join(PAYLOADS)
ALIVE = """[...document.querySelectorAll('*')].filter(e => e.matches('iframe, base, marquee, video, object')
    || [...e.attributes].some(a => a.name.startsWith('on') || /^javascript:/i.test(a.value))).length"""


@pytest.fixture
def planted(cast: Cast) -> Concern:
    """Every payload in everything that a person can write and a page can show."""
    names = [payload[:120] for payload in PAYLOADS]
    now = clock.now()
    Activity.objects.bulk_create(Activity(title=n, starts_at=now, created_at=now) for n in names)
    HelpPanel.objects.bulk_create(
        HelpPanel(kind=kind, title=name, words=ALL, phone=name[:40], valid_from=now - timedelta(days=1))
        for kind, name in zip([*HelpKind] * 8, names, strict=False)
    )
    Contact.objects.update(name=names[1], role_title=names[3], phone=names[4])
    for n, name in enumerate(names):
        Person.objects.filter(pk=person(f"p{n}", Role.FACILITATOR).pk).update(preferred_name=name)
        invitations.invite(
            email=f"i{n}@example.org", preferred_name=name, roles=[Role.CO_PRODUCER], by=cast.administrator
        )
    return told(cast, names)


def told(cast: Cast, names: list[str]) -> Concern:
    reporter = Reporter(
        mode=ReporterMode.CONTACT, name=names[2], email=names[5], phone=names[4][:40], safe_ways=ALL[:1000],
        show_words=True,
    )  # fmt: skip
    involved = [
        Involved(name=name, role=RoleInConcern.INVOLVED, relationship_words=name[:80]) for name in names
    ]
    details = {"seen": {"saw": ALL, "exact": ALL}, "where": {"place": names[6]}, "wants": {"wants": ALL}}
    raised = Raised(words=ALL, reporter=reporter, involved=involved, details=details)
    concern = raise_concern(raised=raised, by=audit.Other.REPORTER)
    with context.person(cast.lead):
        concern = Concern.objects.to_read().get(pk=concern.pk)
        triage.acknowledge(concern=concern, by=cast.lead, reply=ALL)
        entries.add_note(concern=concern, by=cast.lead, kind=EntryKind.SEEN, words=ALL)
        entries.decide(concern=concern, by=cast.lead, decided=ALL, reason=ALL)
        replies.reply(concern=concern, by=cast.lead, words=ALL)
    following_up.add_words(concern_id=concern.pk, words=ALL, once=concern.pk)
    return concern


class Watched:
    """A page whose dialogs, requests and strange elements are written down."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.faults: list[str] = []
        self.showed = 0
        page.on("dialog", self.note_dialog)
        page.on("request", self.note_request)

    def note_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"ran at {self.page.url}")
        dialog.dismiss()

    def note_request(self, request: Request) -> None:
        url = request.url
        if not url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"asked for {url}")

    def look(self, path: str, client: Client) -> None:
        self.page.context.clear_cookies()
        for morsel in client.cookies.values():
            cookie = {"name": morsel.key, "value": morsel.value, "url": self.site}
            self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        try:
            self.page.goto(self.site + path, wait_until="load")
        except Error as fault:
            if "Download is starting" not in str(fault):
                raise
            return
        self.showed += "alert(1)" in self.page.content()
        if self.page.evaluate(ALIVE):
            self.faults.append(f"drew something at {path}")


@pytest.fixture
def watched(chromium: Browser, live_server: LiveServer) -> Iterator[Watched]:
    browser = chromium.new_context(bypass_csp=True)
    yield Watched(browser.new_page(), live_server.url)
    browser.close()


def seen_by_the_reporter(planted: Concern) -> list[tuple[str, Client]]:
    """A draft full of it, and the return to what was sent."""
    drafting, returning = JourneyReporter(), Client()
    drafting.begin(names=PAYLOADS[0])
    drafting.write(ALL)
    drafting.answer("/raise/reach/", {"name": PAYLOADS[2], "safe_ways": ALL[:1000]})
    drafting.answer("/raise/more/people/", {"name": PAYLOADS[7]})
    session = returning.session
    session[FOLLOW_UP] = {"concern": str(planted.pk), "until": int(time.time()) + 600}
    session.save()
    drafts = ("/raise/", "/raise/words/", "/raise/reach/", "/raise/more/people/", "/raise/check/")
    return [
        *((path, drafting.client) for path in drafts),
        *((path, returning) for path in ("/follow-up/", "/follow-up/reach/")),
    ]


def seen_by_us(cast: Cast, planted: Concern) -> Iterator[tuple[str, Client]]:
    """Every page of the table once, by the first of these who may open it."""
    for row in rows():
        askers = (Asker(Role.LEAD), Asker(Role.ADMINISTRATOR), VISITOR)
        asker = next((a for a in askers if a.expected(row, "GET", theirs=True) == 200), None)
        if asker is not None and "GET" in row.methods:
            kwargs = dict(row.own(cast, asker.person(cast)) or {})
            if "reference" in kwargs and "entry" not in kwargs:
                kwargs["reference"] = planted.reference
            yield row.address(kwargs), asker.client(cast, row)


def test_no_page_runs_what_was_typed(cast: Cast, planted: Concern, watched: Watched) -> None:
    for path, client in (*seen_by_the_reporter(planted), *seen_by_us(cast, planted)):
        watched.look(path, client)

    assert watched.faults == []
    assert watched.showed > 25, "the payloads must stand on many pages, or this proves nothing"
