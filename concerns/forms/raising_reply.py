"""Adding to what was raised: words, and the form's own id so that a second click adds nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

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


def typed_in(posted: QueryDict) -> str:
    """The words of any form of the follow-up, so that a visit that ended loses none. Ticks hold no space."""
    said = [str(posted.get(name, "")) for name in posted if name not in _NOT_WORDS]
    return "\n\n".join(words for words in said if len(words.split()) > 1)
