"""Reads govuk-frontend's own examples and compares markup by meaning: same elements, same attributes."""

import json
import re
from pathlib import Path
from typing import Any

from django.test.html import Element, parse_html

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# What we add to the library's markup on purpose: words for scripts, and Django's own mark of an error.
OURS = re.compile(r'\s(?:data-(?:i18n|threshold)[^=\s]*|aria-invalid)="[^"]*"')
REFERENCE = re.compile(r'\b(id|for|aria-describedby|aria-controls|aria-labelledby|name)="([^"]*)"')


def example(component: str, name: str) -> dict[str, Any]:
    fixtures: list[dict[str, Any]] = json.loads((COMPONENTS / component / "fixtures.json").read_text())[
        "fixtures"
    ]
    return next(found for found in fixtures if found["name"] == name)


def normalised(html: str) -> Element:
    """Ids and names become numbers in the order in which they appear; whitespace and attribute order go."""
    numbers: dict[tuple[bool, str], str] = {}

    def renamed(match: re.Match[str]) -> str:
        attribute, value = match.groups()
        kind = attribute == "name"
        tokens = [numbers.setdefault((kind, token), str(len(numbers))) for token in value.split()]
        return f'{attribute}="{" ".join(tokens)}"'

    return parse_html(REFERENCE.sub(renamed, OURS.sub("", html)))
