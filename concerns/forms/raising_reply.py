"""Adding to what was raised: words, and the form's own id so that a second click adds nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concerns.forms.raising import ReachForm, WordsForm
from concerns.forms.raising_more import FORMS, PersonForm
from safeguarding.forms import Form, WordsField


class AddForm(Form):
    words = WordsField(label=_("Is there anything you would like to add?"), max_length=settings.WORDS_LIMIT)
    once = forms.Field(widget=forms.HiddenInput, required=False)

    @classmethod
    def with_words(cls, words: str = "") -> AddForm:
        """An unsent form with words already in it, and an id of its own."""
        return cls(initial={"words": words, "once": uuid4()})


def once_of(posted: QueryDict) -> UUID:
    """The form's own id; a new one where it came without."""
    try:
        return UUID(posted.get("once", ""))
    except ValueError:
        return uuid4()


_NOT_WORDS = {"csrfmiddlewaretoken", "once", "draft", "version", "receipt"}
_FORMS: tuple[type[Form], ...] = (AddForm, WordsForm, ReachForm, PersonForm, *FORMS.values())
_FIELDS = [pair for form in _FORMS for pair in form.base_fields.items()]
_CHOSEN = {name for name, field in _FIELDS if isinstance(field, (forms.ChoiceField, forms.BooleanField))}
_TYPED = {name for name, field in _FIELDS if isinstance(field, forms.CharField)} - {*_CHOSEN, "told"}


def typed_in(posted: QueryDict) -> str:
    """The words of any form of the journey or the follow-up, so that a visit that ended loses none.

    One word counts where only words are typed. Elsewhere it may be a tick, and ticks hold no space.
    """
    said = {name: str(posted.get(name, "")) for name in posted if name not in _NOT_WORDS}
    return "\n\n".join(w for name, w in said.items() if len(w.split()) > 1 or (w.strip() and name in _TYPED))
