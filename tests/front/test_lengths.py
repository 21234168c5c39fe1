"""Every answer that has a longest length may be exactly that long, and not one character longer."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from safeguarding.management.commands.limits import lengths

LENGTHS = list(lengths())


def filled(field: forms.Field, length: int) -> str:
    """Something of this length that is wrong in no other way that its field could name."""
    if isinstance(field, forms.URLField):
        return "https://example.org/".ljust(length, "a")
    return "a" * length


def said_too_long(field: forms.Field, length: int) -> bool:
    try:
        field.clean(filled(field, length))
    except ValidationError as fault:
        return "max_length" in {each.code for each in fault.error_list}
    return False


@pytest.mark.parametrize(("field", "length"), [pytest.param(f, n, id=name) for name, f, n in LENGTHS])
def test_each_answer_may_be_exactly_as_long_as_its_limit(field: forms.Field, length: int) -> None:
    assert [said_too_long(field, n) for n in (length - 1, length, length + 1)] == [False, False, True]


def test_there_are_as_many_as_somebody_can_type() -> None:
    assert len(LENGTHS) > 60
