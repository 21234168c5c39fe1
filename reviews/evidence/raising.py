"""What people said of raising a concern itself, where they said that we may hear it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reviews.enums import SuggestionKind
from reviews.evidence import words
from reviews.evidence.section import Asked, Section
from reviews.models import Suggestion
from reviews.packs import Source


def gather(asked: Asked) -> Section:
    kinds = (SuggestionKind.BARRIER, SuggestionKind.WENT_WELL)
    things = words.since(Suggestion.objects.filter(kind__in=kinds).select_related("key"), "at", asked)
    title = _("What was in the way of raising a concern, and what went well")
    return words.section("raising", title, asked, [(Source.SUGGESTION, things)], "barriers", "went_well")
