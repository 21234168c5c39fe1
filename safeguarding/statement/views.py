"""Values and ways of working: everybody with an account reads them, administrators change them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb, can
from safeguarding.statement import services
from safeguarding.statement.forms import DatedForm
from safeguarding.statement.models import Value, WayOfWorking

KINDS: dict[str, type[Value | WayOfWorking]] = {"value": Value, "way": WayOfWorking}


@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    told = {
        "values": list(Value.objects.current(now)),
        "ways": list(WayOfWorking.objects.current(now)),
        "earlier": [*Value.objects.ended(now), *WayOfWorking.objects.ended(now)],
        "edits": can(person_of(request), Verb.EDIT_STATEMENT),
    }
    return render(request, "statement/ways.html", told)


def _kind(kind: str) -> type[Value | WayOfWorking]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _standing(request: HttpRequest, kind: str, pk: UUID) -> Value | WayOfWorking:
    thing: Value | WayOfWorking = found(
        _kind(kind).objects.current(clock.now()), by=person_of(request), pk=pk
    )
    return thing


@form_page
@needs(Verb.EDIT_STATEMENT)
def way_add(request: HttpRequest, kind: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = DatedForm(data, others=_kind(kind).objects.all())
    if form.is_valid():
        services.add(_kind(kind), by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. Plans can use it now."))
        return redirect("ways")
    return render(request, "statement/edit.html", {"form": form, "kind": kind})


@form_page
@needs(Verb.EDIT_STATEMENT)
def way_change(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    thing = _standing(request, kind, pk)
    data = request.POST if request.method == "POST" else None
    initial = {"name": thing.name, "text": thing.text}
    form = DatedForm(data, initial=initial, others=_kind(kind).objects.exclude(pk=pk))
    if form.is_valid():
        try:
            services.change(thing=thing, by=person_of(request), **form.cleaned_data)
        except services.Overtaken:
            form.add_error(None, _("Somebody else has changed this already. Please look again."))
        else:
            messages.success(request, _("Saved. Plans that used the old words keep them."))
            return redirect("ways")
    return render(request, "statement/edit.html", {"form": form, "kind": kind, "thing": thing})


@require_POST
@needs(Verb.EDIT_STATEMENT)
def way_end(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """No question asked: its words stay under “Earlier”, and can be added again."""
    person = person_of(request)
    services.end(thing=found(_kind(kind).objects.all(), by=person, pk=pk), by=person)
    messages.success(request, _("It has ended. Plans that used it keep its words."))
    return redirect("ways")
