from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safeguarding.people.models import Person

OURS = ("safeguarding", "coproduction", "collective")


class NotOurNamesValidator:
    """Refuses a password built on our own names: the first that anyone would guess."""

    def validate(self, password: str, user: Person | None = None) -> None:
        plain = "".join(c for c in password.casefold() if c.isalnum())
        ours = (*OURS, *settings.ORGANISATION_NAME.casefold().split())
        left = plain
        for word in sorted(ours, key=len, reverse=True):
            left = left.replace(word, "")
        if len(plain) - len(left) > len(plain) // 2:
            raise ValidationError(
                _("This is close to the name of this site. Choose words that nobody would guess.")
            )

    def get_help_text(self) -> str:
        return str(_("Do not build it on the name of this site or of the organisation."))
