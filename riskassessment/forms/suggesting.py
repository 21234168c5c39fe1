"""A question that a looking back would ask again: into the library in words for everybody, or set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from riskassessment.forms.areas import PromptForm
from riskassessment.forms.names import AsksAboutNames, EachField
from riskassessment.models import Activity, AfterReview
from safeguarding.forms import Form, LineField, WordsField
from safeguarding.people.models import Person


def sources_of(reviews: Sequence[AfterReview], reader: Person) -> list[str]:
    """Where each comes from: by its title for whoever may see the activity, by its month for everybody else."""
    about = [review.activity_id for review in reviews]
    seen = set(Activity.objects.visible_to(reader).filter(pk__in=about).values_list("pk", flat=True))
    return [_source(review, is_seen=review.activity_id in seen) for review in reviews]


def _source(review: AfterReview, *, is_seen: bool) -> str:
    starts_at = review.activity.starts_at or review.changed_at
    month = date_format(timezone.localtime(starts_at), "F Y")
    if not is_seen:
        return _now("An activity that was looked back on, %(month)s") % {"month": month}
    return _now("Looking back on %(title)s, %(month)s") % {"title": review.activity.title, "month": month}


class _Read(Form):
    """Both forms answer the words that were on the page."""

    words = WordsField(widget=forms.HiddenInput)


class TakeForm(AsksAboutNames, PromptForm, _Read):
    """The words can be edited first. Each name of one of us is asked about, and may stay."""

    named = ("text", "learning")
    name_stays = EachField(
        _("Which of these names can stay?"),
        _("Every group that plans reads it. A role often says enough."),
    )
    field_order = ("words", "area", "text", "learning", "name_stays")

    @classmethod
    def restored(cls, review: AfterReview, source: str) -> dict[str, str]:
        text = " ".join(review.keep_prompt.split())
        return {
            "words": review.keep_prompt,
            "text": _cut(text, "text"),
            "learning": _cut(source, "learning"),
        }


def _cut(words: str, name: str) -> str:
    """As long as its box; all of it stands above."""
    box = PromptForm.base_fields[name]
    assert isinstance(box, LineField) and box.limit
    return Truncator(words).chars(box.limit)


class SetAsideForm(_Read):
    why = LineField(
        label=_("Why is it not for the library?"),
        help_text=_("Those who looked back read this. For example: another one asks the same."),
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="aside", **kwargs)
