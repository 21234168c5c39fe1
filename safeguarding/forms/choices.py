"""Choices as answers that stand alone."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst

capfirst_lazy = lazy(capfirst, str)


def spoken(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Each begins with a capital. What has no value is left out."""
    return [(value, capfirst_lazy(label)) for value, label in choices if value]
