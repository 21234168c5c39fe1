"""Leaving, help, the promises, what browsers report, faults."""

from safeguarding.permissions import Verb
from tests.access.table import Row, Who

ROWS = (
    Row("leave", Who.PUBLIC, get_writes=("django_session",)),  # it ends the visit
    Row("help", Who.PUBLIC),
    Row("privacy", Who.PUBLIC),
    Row("accessibility", Who.PUBLIC),
    Row(
        "csp_report",
        Who.PUBLIC,
        ("POST",),
        gives=204,
        post_gives=204,
        csrf_exempt="browsers send reports without our token; nothing of them is kept but a word of ours",
    ),
    Row("faults", (Verb.SEE_FAULTS,)),
)
