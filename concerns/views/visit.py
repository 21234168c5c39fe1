"""What a visit remembers of somebody raising a concern: which draft is theirs. Never what they typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from concerns.models import Draft
from concerns.services import drafts
from concerns.services.sending import WHO, Recipients
from safeguarding import audit, clock
from safeguarding.people.models import Person

DRAFT, FOLLOW_UP = "draft", "follow_up"
FOLLOW_UP_SECONDS = 30 * 60


class Visit:
    """One request of the journey: the draft of this session, its answers, and who gets it so far."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.now = request, clock.now()
        self.draft = draft_of(request, now=self.now)
        self.answers = drafts.answers_of(self.draft) if self.draft else {}

    @property
    def has_started(self) -> bool:
        """Whether the first page was passed: what comes later leads back to it until then."""
        return WHO in self.answers

    @property
    def is_sent(self) -> bool:
        return self.draft is not None and self.draft.concern_id is not None

    @property
    def place(self) -> dict[str, Any]:
        """Which draft, and which version of it, a form was drawn from."""
        return {"draft": self.draft.pk, "version": self.draft.version} if self.draft else {}

    @property
    def person(self) -> Person | None:
        """Who is signed in. Nothing of them is kept unless they ask to be recognised."""
        return person_or_none(self.request)

    @property
    def actor(self) -> audit.Actor:
        recognised = (self.answers.get("reach") or {}).get("recognise")
        return self.person if self.person and recognised else audit.Other.REPORTER

    @property
    def recipients(self) -> Recipients:
        return Recipients(self.answers, now=self.now)

    def save(self, section: str, answers: drafts.Answers) -> None:
        """Keep one page. Raises drafts.Overtaken when another tab saved the same page since."""
        if self.draft is None:
            self.begin()
        if self.draft is not None:
            self._took(drafts.save(draft=self.draft, section=section, answers=answers, seen=self._seen()))

    def change(self, section: str, change: Callable[[drafts.Answers], drafts.Answers]) -> None:
        """Change one page from what is kept now, whoever saved it."""
        if self.draft is not None:
            self._took(drafts.change(draft=self.draft, section=section, change=change))

    def begin(self) -> None:
        """Under a fresh session key: nobody can have planted the one that finds this draft."""
        if self.request.session.session_key:
            self.request.session.cycle_key()
        self._took(drafts.begin())

    def _took(self, draft: Draft) -> None:
        self.draft, self.answers = draft, drafts.answers_of(draft)
        if self.request.session.get(DRAFT) != str(draft.pk):
            self.request.session[DRAFT] = str(draft.pk)

    def _seen(self) -> int:
        """The version that the posted form was drawn from; 0 when it was drawn from another draft, or none."""
        posted, version = self.request.POST.get("draft", ""), self.request.POST.get("version", "")
        ours = self.draft is not None and posted == str(self.draft.pk)
        return int(version) if ours and version.isascii() and version.isdigit() and len(version) < 10 else 0

    def forget(self) -> None:
        """This device has no way back to the draft."""
        self.request.session.pop(DRAFT, None)
        self.draft, self.answers = None, {}


def draft_of(request: HttpRequest, *, now: datetime | None = None) -> Draft | None:
    """The draft of this visit, unless it ended."""
    kept = request.session.get(DRAFT)
    return drafts.find(UUID(kept), now=now or clock.now()) if kept else None


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: even an empty POST is an answer."""
    return request.POST if request.method == "POST" else None


def person_or_none(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def open_follow_up(request: HttpRequest, concern_id: UUID) -> None:
    """Let this visit return to one concern for half an hour, under a fresh session key."""
    request.session.cycle_key()
    remember_follow_up(request, concern_id)


def remember_follow_up(request: HttpRequest, concern_id: UUID) -> None:
    """For a visit whose session key was made fresh when it began its draft."""
    request.session[FOLLOW_UP] = {"concern": str(concern_id), "until": int(time.time()) + FOLLOW_UP_SECONDS}


def followed_up(request: HttpRequest) -> UUID | None:
    """The concern whose receipt this visit showed, while it lasts."""
    kept = request.session.get(FOLLOW_UP)
    return UUID(kept["concern"]) if kept and kept["until"] > time.time() else None


def close_follow_up(request: HttpRequest) -> None:
    request.session.pop(FOLLOW_UP, None)
