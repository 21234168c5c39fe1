"""Coming back with a receipt. Nothing of a receipt is in an address, a log or a mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from concerns import details
from concerns import limits as our_limits
from concerns.forms.raising import ReachForm
from concerns.forms.raising_code import ReceiptForm
from concerns.forms.raising_more import FORMS, PersonForm
from concerns.forms.raising_reply import AddForm, once_of, typed_in
from concerns.services import following_up
from concerns.services.following_up import Standing
from concerns.services.raising import Involved
from concerns.views import raising_more
from concerns.views.follow_up_page import told_in_words
from concerns.views.visit import Visit, close_follow_up, followed_up, open_follow_up, person_or_none, posted
from safeguarding import limits
from safeguarding.access import form_page
from safeguarding.people.models import Person

P = ParamSpec("P")
Inner = Callable[Concatenate[HttpRequest, Standing, P], HttpResponse]


def with_receipt(view: Inner[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For a visit that showed its receipt; otherwise back to where it is entered."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        concern_id = followed_up(request)
        standing = following_up.standing(concern_id) if concern_id else None
        if standing is None:
            return _ask(request, ReceiptForm(), typed=typed_in(request.POST))
        return view(request, standing, *args, **kwargs)

    return login_not_required(shown)  # type: ignore[return-value]  # wraps keeps its arguments


@form_page
@login_not_required
def follow_up(request: HttpRequest) -> HttpResponse:
    """Enter a receipt; or, for a visit that did, how it stands."""
    if request.method == "POST":
        return _enter(request)
    concern_id = followed_up(request)
    standing = following_up.standing(concern_id) if concern_id else None
    return _standing(request, standing) if standing else _ask(request, ReceiptForm())


def _ask(request: HttpRequest, form: ReceiptForm, typed: str = "") -> HttpResponse:
    """`typed`: what somebody wrote in a visit that ended meanwhile; it stays on the page."""
    context = {"form": form, "typed": typed, "private": True}
    status = 422 if form.errors or typed else 200
    return render(request, "concerns/follow_up/enter.html", context, status=status)


def _enter(request: HttpRequest) -> HttpResponse:
    form, typed = ReceiptForm(request.POST), request.POST.get("typed", "")
    if not form.is_valid():
        return _ask(request, form, typed)
    if limits.is_over(our_limits.RECEIPT, limits.address_of(request)):
        return render(request, "429.html", status=429)
    concern_id = following_up.find(form.cleaned_data["receipt"])
    if concern_id is None:
        form.not_found()
        return _ask(request, form, typed)
    open_follow_up(request, concern_id)
    following_up.mark_read(concern_id=concern_id)
    standing = following_up.standing(concern_id) if typed else None
    return _standing(request, standing, form=AddForm.with_words(typed)) if standing else redirect("follow_up")


def _standing(request: HttpRequest, standing: Standing, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": AddForm.with_words(), **told_in_words(standing), "private": True, **more}
    return render(request, "concerns/follow_up/standing.html", context, status=status)


@require_POST
@with_receipt
def add(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Add something, in one's own words."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return _standing(request, standing, form=form, status=422)
    following_up.add_words(
        concern_id=standing.concern.pk, words=form.cleaned_data["words"], once=once_of(request.POST)
    )
    return redirect("follow_up")


@require_POST
@with_receipt
def read(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The person has read our replies."""
    following_up.mark_read(concern_id=standing.concern.pk)
    return redirect("follow_up")


@form_page
@with_receipt
def reach(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Change how to be reached."""
    form = ReachForm(posted(request), initial=_reach_of(standing))
    del form.fields["on_behalf"]
    if request.method == "POST" and form.is_valid():
        following_up.change_reach(concern_id=standing.concern.pk, reach=form.cleaned_data)
        return redirect("follow_up")
    context = {"form": form, "private": True}
    return render(request, "concerns/follow_up/reach.html", context, status=422 if form.errors else 200)


def _reach_of(standing: Standing) -> dict[str, Any]:
    reporter = standing.reporter
    return {name: getattr(reporter, name) or "" for name in following_up.REACH_COLUMNS}


@require_safe
@with_receipt
def more(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The same small pages as before sending; each adds, none replaces."""
    items = raising_more.items(
        set(), "follow_up_section", "follow_up_people", left_out=details.BEFORE_SENDING
    )
    return render(request, "concerns/follow_up/more.html", {"items": items, "private": True})


@form_page
@with_receipt
def section(request: HttpRequest, standing: Standing, section: str) -> HttpResponse:
    if section not in FORMS or section in details.BEFORE_SENDING:
        raise Http404
    form = FORMS[section](posted(request), **raising_more.options(section, person_or_none(request)))
    if request.method == "POST" and form.is_valid():
        following_up.add_section(
            concern_id=standing.concern.pk,
            section=section,
            answers=raising_more.named(form.kept()),
            once=once_of(request.POST),
        )
        return redirect("follow_up_more")
    context = {"form": form, "title": details.TITLES[section], "once": uuid4(), "private": True}
    return render(request, "concerns/follow_up/section.html", context, status=422 if form.errors else 200)


@form_page
@with_receipt
def people(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Name somebody after sending; one of our own is kept out from that moment."""
    visit = Visit(request)
    form = PersonForm(posted(request), ours=raising_more.ours(visit), was_sent=True)
    if request.method == "POST" and form.is_valid():
        involved = _involved(form.cleaned_data)
        following_up.add_person(concern_id=standing.concern.pk, involved=involved, once=once_of(request.POST))
        return redirect("follow_up_more")
    context = {"form": form, "once": uuid4(), "private": True}
    return render(request, "concerns/follow_up/people.html", context, status=422 if form.errors else 200)


def _involved(answers: dict[str, Any]) -> Involved:
    chosen = Person.objects.filter(pk=answers["person"]).first() if answers.get("person") else None
    return Involved(
        name=answers["name"] or (chosen.preferred_name if chosen else ""),
        role=answers["role"],
        relationship=answers["relationship"],
        relationship_words=answers["relationship_words"],
        person=chosen,
    )


@require_POST
@login_not_required
def close(request: HttpRequest) -> HttpResponse:
    """This device forgets the receipt."""
    close_follow_up(request)
    return redirect("follow_up")
