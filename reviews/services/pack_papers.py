"""A pack as files for whoever may read it: made by the worker, kept for good, as the pack is."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reviews.models import EvidencePack, PackFile
from safeguarding import clock, exports
from safeguarding.exports import Export, Made, Purpose
from safeguarding.people.models import Person

KIND = "evidence"


@transaction.atomic
def ask(*, pack: EvidencePack, by: Person) -> Export:
    """Whoever signed in may have them made; the files are then everybody's who may read the pack."""
    if not pack.is_visible_to(by) or not pack.is_made:
        raise PermissionDenied
    name = f"evidence-{pack.cycle.opens_on}-{pack.version}"
    return exports.ask(
        by=by, kind=KIND, about=pack, purpose=Purpose.LOOK, words="", name=name, number=pack.version
    )


@transaction.atomic
def keep(*, pack: EvidencePack, made: Iterable[Made]) -> None:
    """A file that is there already stays: a pack never changes."""
    for each in made:
        PackFile.objects.get_or_create(
            pack=pack,
            ending=each.ending,
            defaults={"media_type": each.media_type, "content": each.content, "made_at": clock.now()},
        )
