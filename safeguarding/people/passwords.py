"""What we add to Django's rules: nothing easily guessed. No rule asks for digits, capitals or signs."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safeguarding.people.models import Person

OURS = ("safeguarding", "coproduction", "collective")


class NotOurNamesValidator:
    """Refuses a password built on our own names or the person's: the first that anyone would guess."""

    def validate(self, password: str, user: Person | None = None) -> None:
        plain = "".join(c for c in password.casefold() if c.isalnum())
        theirs = [user.preferred_name, user.email.partition("@")[0]] if user else []
        ours = {
            word
            for name in (*OURS, settings.ORGANISATION_NAME, *theirs)
            for word in re.findall(r"\w{3,}", name.casefold())
        }
        left = plain
        for word in sorted(ours, key=len, reverse=True):
            left = left.replace(word, "")
        if len(plain) - len(left) > len(plain) // 2:
            raise ValidationError(
                _("This is close to your name, or to ours. Choose words that nobody would guess.")
            )

    def get_help_text(self) -> str:
        return str(_("Do not build it on your own name, or the name of this site or of the organisation."))


class NotEasyValidator(CommonPasswordValidator):
    """Refuses a common password dressed up: with digits around it, or said twice."""

    def validate(self, password: str, user: object = None) -> None:
        plain = password.casefold()
        core = plain.strip("0123456789 .,!?-_")
        once = re.fullmatch(r"(.{1,10}?)\1+", plain)
        if {plain, core} & self.passwords or once is not None or not core:
            raise ValidationError(_("This is easy to guess. Choose words that do not belong together."))
