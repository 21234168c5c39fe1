"""Whoever was answered says whether that answers them, by a code, a receipt, or an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from reviews.forms.challenges import ReallyForm
from reviews.forms.suggestions import HeardForm
from reviews.models import Challenge, Suggestion
from reviews.services import challenging, suggesting
from safeguarding.people.models import Person


def kept_heard(
    request: HttpRequest,
    form: HeardForm | ReallyForm,
    about: Suggestion | Challenge,
    by: Person | None = None,
) -> bool:
    """Where there is no answer, or none to what was sent back since, they read that, and keep their words."""
    if not form.is_valid():
        return False
    try:
        if isinstance(about, Challenge):
            challenging.mark(challenge=about, by=by, **form.cleaned_data)
        else:
            suggesting.mark(suggestion=about, by=by, **form.cleaned_data)
    except (challenging.NotNow, suggesting.NotAnswered):
        form.add_error(None, _("There is no answer yet. Your words are still here."))
        return False
    messages.success(request, _("Thank you. That helps us to answer better."))
    return True
