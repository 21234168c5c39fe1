"""Raising a concern: open to anybody."""

from tests.access.table import Row, Who

FORM = ("GET", "POST")
ROWS = (
    Row("raise_start", Who.PUBLIC, FORM),
    Row("raise_sent", Who.PUBLIC, FORM, gives=302, post_gives=302),  # nothing sent: back to the start
)
