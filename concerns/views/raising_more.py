"""What may be added before sending: a list of small pages in any order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concerns import details
from concerns.forms.raising_more import FORMS, PersonForm
from concerns.services import our_people, sending
from concerns.services.sending import PEOPLE
from concerns.views import summary
from concerns.views.pages import BAD, OVERTAKEN, OpenPage, QuestionPage
from concerns.views.raising import somebody_is_left
from concerns.views.visit import Visit
from riskassessment.models import Activity
from safeguarding import clock
from safeguarding.people.models import Person

MOST_PEOPLE, MOST_ACTIVITIES = 20, 50


class MorePage(OpenPage):
    """`/raise/more/`: the list, with what was answered already."""

    template = "concerns/raise/more.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        answered = {name for name in FORMS if details.given(name, self.visit.answers)}
        if sending.people_of(self.visit.answers):
            answered.add(PEOPLE)
        return self.render(items=items(answered, "raise_more_section", "raise_more_people"))


def items(
    answered: set[str], section_url: str, people_url: str, *, left_out: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The small pages as a task list; none of them is a task that must be done."""
    return [
        {
            "title": title,
            "href": reverse(people_url) if name == PEOPLE else reverse(section_url, args=[name]),
            "done": name in answered,
            "status": _("Added") if name in answered else _("If you like"),
        }
        for name, title in details.TITLES.items()
        if name not in left_out
    ]


def options(section: str, person: Person | None) -> dict[str, Any]:
    """What a small page's form needs: activities for those who are signed in and know them."""
    if section != "activity" or person is None:
        return {}
    return {"activities": list(Activity.objects.recent(clock.now())[:MOST_ACTIVITIES])}


def named(answers: dict[str, Any]) -> dict[str, Any]:
    """A chosen activity by its title."""
    chosen = Activity.objects.filter(pk=answers["chosen"]).first() if answers.get("chosen") else None
    return answers | {"named": chosen.title} if chosen else answers


class SectionPage(QuestionPage):
    """`/raise/more/<section>/`: one small page."""

    template, next_url = "concerns/raise/section.html", "raise_more"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.section = kwargs["section"]  # type: ignore[misc]  # this page has eight of them
        if self.section not in FORMS:
            raise Http404
        self.form_class = FORMS[self.section]  # type: ignore[misc]
        super().setup(request, *args, **kwargs)

    def form_options(self) -> dict[str, Any]:
        return options(self.section, self.visit.person)

    def context(self) -> dict[str, Any]:
        return {"title": details.TITLES[self.section]}


def ours(visit: Visit) -> list[tuple[str, str]]:
    """Our own people, as far as this visitor may know of them."""
    return [(str(p.pk), p.preferred_name) for p in our_people.offered_to(visit.person, now=visit.now)]


class PeoplePage(OpenPage):
    """`/raise/more/people/`: who is affected and involved, one at a time."""

    template = "concerns/raise/people.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(PersonForm(ours=ours(self.visit)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PersonForm(request.POST, ours=ours(self.visit), was_sent=self.visit.is_sent)
        if self.visit.is_sent:
            return self.too_late(form)
        if not form.is_valid() or not self.has_room(form) or not self.leaves_somebody(form):
            return self.show(form, status=BAD)
        self.add(form)
        return redirect("raise_more_people" if self.visit.has_started else "raise_start")

    def add(self, form: PersonForm) -> None:
        """Kept even when the visit had ended: the first page then says so."""
        if self.visit.draft is None:
            self.visit.begin()
        entry = self.entry(form)
        self.visit.change(PEOPLE, lambda kept: {"list": _with(kept.get("list", []), entry)})

    def entry(self, form: PersonForm) -> dict[str, Any]:
        entry = form.kept() | {"id": str(uuid4())}
        return entry | {"name": entry["name"] or dict(ours(self.visit)).get(entry.get("person", ""), "")}

    def has_room(self, form: PersonForm) -> bool:
        if len(sending.people_of(self.visit.answers)) < MOST_PEOPLE:
            return True
        form.add_error("name", _("That is all we can list here. Please add the others in your own words."))
        return False

    def leaves_somebody(self, form: PersonForm) -> bool:
        """One of our own who is named is kept out: somebody must be left to read it."""
        people = [*sending.people_of(self.visit.answers), self.entry(form)]
        ask = _("Then nobody here could read it. Please turn to one of those on the help page.")
        answers = self.visit.answers | {PEOPLE: {"list": people}}
        return somebody_is_left(form, answers, field="person" if "person" in form.fields else "name", ask=ask)

    def too_late(self, form: PersonForm) -> HttpResponse:
        """It was sent from another tab: what was typed here can still be added, where adding goes on."""
        context = {"form": form, "once": uuid4(), "just_sent": True, "private": True}
        return render(self.request, "concerns/follow_up/people.html", context, status=OVERTAKEN)

    def show(self, form: PersonForm, *, status: int = 200) -> HttpResponse:
        people = [
            {"words": summary.person_in_words(one), "id": one["id"]}
            for one in sending.people_of(self.visit.answers)
        ]
        return self.render(status=status, form=form, people=people, **summary.around(self.visit))


def _with(listed: list[dict[str, Any]], entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The list with one more; a second click adds nothing."""
    same = [one for one in listed if {**one, "id": ""} == {**entry, "id": ""}]
    return listed if same else [*listed, entry]


class RemovePerson(OpenPage):
    """`/raise/more/people/<id>/remove/`"""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, entry: UUID) -> HttpResponse:
        if self.visit.is_sent or not self.visit.has_started:
            return redirect("raise_sent" if self.visit.is_sent else "raise_start")
        self.visit.change(
            PEOPLE, lambda kept: {"list": [one for one in kept.get("list", []) if one["id"] != str(entry)]}
        )
        return redirect("raise_more_people")
