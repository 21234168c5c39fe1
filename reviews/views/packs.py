"""The evidence of a review: read by whoever signed in, and by anybody once the review was held."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.evidence import comparing
from reviews.models import EvidencePack, ReviewCycle
from reviews.services import cycles, pack_papers, packing, papers, passing_words, releasing
from reviews.views.files import file_of
from safeguarding import clock, context
from safeguarding.access import found, person_of
from safeguarding.people.models import Person

ENDINGS = ("pdf", "docx", "txt")


def reader(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def seen_pack(request: HttpRequest, pk: UUID, version: int) -> EvidencePack:
    """One that is made. Raises Http404."""
    seen = EvidencePack.objects.visible_to(reader(request)).made().select_related("cycle")
    pack = seen.filter(cycle=pk, version=version).first()
    if pack is None:
        raise Http404
    return pack


@require_safe
@login_not_required
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest version; while the first is being made, that it is."""
    person = reader(request)
    seen = EvidencePack.objects.visible_to(person).select_related("cycle").filter(cycle=pk)
    pack = seen.made().first()
    if pack is None and not seen.exists():
        raise Http404
    return render(request, "reviews/evidence.html", _told(seen.order_by("-version")[0].cycle, pack, person))


@require_safe
@login_not_required
def evidence_version(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    pack = seen_pack(request, pk, version)
    return render(request, "reviews/evidence.html", _told(pack.cycle, pack, reader(request)))


@require_safe
@login_not_required
def evidence_compare(request: HttpRequest, pk: UUID, version: int, other: int) -> HttpResponse:
    before, after = seen_pack(request, pk, version), seen_pack(request, pk, other)
    found = comparing.between(before.sections, after.sections)
    told = {"cycle": after.cycle, "before": before, "after": after, "differences": found}
    return render(request, "reviews/evidence_compare.html", told)


def _told(cycle: ReviewCycle, pack: EvidencePack | None, person: Person | None) -> dict[str, Any]:
    waiting = cycle.packs.filter(made_at=None).first()
    versions = sorted(cycle.packs.made().values_list("version", flat=True))
    return _files(pack) | {
        "cycle": cycle,
        "pack": pack,
        "sections": pack.sections if pack else [],
        "versions": versions,
        "previous": max((v for v in versions if pack and v < pack.version), default=None),
        "waiting": waiting,
        "has_failed": waiting is not None and waiting.has_failed(clock.now()),
        "asks": person is not None and cycles.may_say(cycle, person),
        "reads": person is not None and passing_words.may_read(cycle, person),
    }


@require_safe
@login_not_required
def review_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was told last of each measure, for anybody."""
    cycle = get_object_or_404(ReviewCycle.objects.opened(), pk=pk)
    shown = releasing.standing()
    told = {"cycle": cycle, "figures": shown, "caution": releasing.caution(shown)}
    return render(request, "reviews/figures.html", told)


@require_POST
def evidence_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version. The ones before it stay as they are."""
    person = person_of(request)
    cycle = found(ReviewCycle.objects.opened(), by=person, pk=pk)
    if not cycles.may_say(cycle, person):
        raise Http404
    packing.ask(cycle=cycle, by=person)
    return redirect("evidence", pk=pk)


def _files(pack: EvidencePack | None) -> dict[str, Any]:
    endings = set(pack.files.values_list("ending", flat=True)) if pack else set()
    waits = pack is not None and not endings and papers.are_being_made(pack)
    return {"files": [ending for ending in ENDINGS if ending in endings], "files_wait": waits}


@require_POST
def evidence_files(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    """Have the files made, or made once more where that failed."""
    pack, person = seen_pack(request, pk, version), person_of(request)
    with context.oneself(person):
        pack_papers.ask(pack=pack, by=person)
    messages.success(request, _("The files are being made. Look again in a minute."))
    return redirect("evidence_version", pk=pk, version=version)


@require_safe
@login_not_required
def evidence_file(request: HttpRequest, pk: UUID, version: int, ending: str) -> HttpResponse:
    """`json` is what the checksum is of, byte for byte."""
    pack = seen_pack(request, pk, version)
    if ending == "json":
        return file_of(pack.body.encode(), "application/json", "evidence.json")
    file = pack.files.filter(ending=ending).select_related("pack__cycle").first()
    if file is None:
        raise Http404
    return file_of(bytes(file.content), file.media_type, str(file))
