from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter

from concerns.references import ReferenceConverter
from concerns.views import dashboard, record
from concerns.views.acts import ending, people, short, story
from concerns.views.acts.base import ActView
from safeguarding.access import needs
from safeguarding.people.giving_back import gives_back
from safeguarding.permissions import Verb

register_converter(ReferenceConverter, "reference")


def act(view: type[ActView], verb: Verb = Verb.TRIAGE_CONCERNS) -> Callable[..., HttpResponseBase]:
    """One act as a view that asks for its verb first."""
    return gives_back(needs(verb)(view.as_view()))


urlpatterns: list[URLPattern] = [
    path("concerns/", dashboard.concerns, name="concerns"),
    path("concerns/find/", dashboard.find, name="concerns_find"),
    path("concerns/found/", dashboard.found, name="concerns_found"),
    path("concerns/<reference:reference>/", record.concern, name="concern"),
    path("concerns/<reference:reference>/acknowledge/", act(short.Acknowledge), name="concern_acknowledge"),
    path("concerns/<reference:reference>/assign/", act(short.Assign), name="concern_assign"),
    path("concerns/<reference:reference>/how-soon/", act(short.ChangeHowSoon), name="concern_how_soon"),
    path("concerns/<reference:reference>/kind/", act(short.SortKind), name="concern_kind"),
    path("concerns/<reference:reference>/next-step/", act(short.PlanNextStep), name="concern_next_step"),
    path("concerns/<reference:reference>/under-18/", act(short.SettleUnder18), name="concern_under_18"),
    path("concerns/<reference:reference>/hand-over/", act(short.HandOver), name="concern_hand_over"),
    path("concerns/<reference:reference>/note/", act(story.AddNote), name="concern_note"),
    path("concerns/<reference:reference>/note/<uuid:entry>/", act(story.Correct), name="concern_correct"),
    path("concerns/<reference:reference>/reply/", act(story.Reply), name="concern_reply"),
    path("concerns/<reference:reference>/replies-read/", story.mark_read, name="concern_replies_read"),
    path("concerns/<reference:reference>/decision/", act(story.Decide), name="concern_decide"),
    path("concerns/<reference:reference>/person/", act(people.AddPerson), name="concern_person"),
    path(
        "concerns/<reference:reference>/who/",
        act(people.Reveal, Verb.REVEAL_REPORTER),
        name="concern_reveal",
    ),
    path("concerns/<reference:reference>/close/", act(ending.Close), name="concern_close"),
    path("concerns/<reference:reference>/second-look/", act(ending.SecondLook), name="concern_second_look"),
    path("concerns/<reference:reference>/reopen/", act(ending.Reopen), name="concern_reopen"),
]
