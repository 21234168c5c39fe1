"""What every act's form carries: the version its reader saw, and an id of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import keep_lazy_text
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from concerns.models import Concern, ReporterIdentity
from safeguarding.forms import Form, WordsField, WordsInput
from safeguarding.people.models import Person

OLD_PAGE = _("This page was open for too long. Please check your answers and send them again.")


class ActForm(Form):
    """`version` finds out that somebody else was here first; `once`, that the same page was sent twice."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": OLD_PAGE})
    once = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": OLD_PAGE})

    def __init__(self, *args: Any, concern: Concern, by: Person, **kwargs: Any) -> None:
        self.concern, self.by = concern, by
        super().__init__(*args, **kwargs)
        self.prepare()
        self.initial.update(version=concern.version, once=uuid.uuid4())

    def prepare(self) -> None:
        """Fit the questions to the concern."""

    def at_version(self, version: int) -> ActForm:
        """The same answers, on a page that now shows what changed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        again = type(self)(data, concern=self.concern, by=self.by)
        again.full_clean()
        return again

    @property
    def answers(self) -> dict[str, Any]:
        """What the person answered, without what the page carries."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "once")}


def words(label: Any, *, rows: int = 6, **more: Any) -> WordsField:
    """A box for somebody's own words."""
    return WordsField(label=label, widget=WordsInput(rows=rows), **more)


def choices(kind: type[TextChoices], *, without: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """The words of an enum as answers: with a capital, since each stands alone."""
    return [(value, _capital(label)) for value, label in kind.choices if value not in without]


_capital = keep_lazy_text(capfirst)


def reporter_of(concern: Concern) -> ReporterIdentity:
    identity = ReporterIdentity.objects.get(concern=concern)
    identity.concern = concern
    return identity
