"""What `npm run build` makes: small, ours alone, and asking nobody else."""

import gzip
import json
import re

import pytest
from django.template.loader import get_template

from tests.front.govuk import ROOT

BUILD = ROOT / "static" / "build"
FONTS = sorted((BUILD / "fonts").glob("*.woff2"))
MOST = 60_000  # bytes over the wire, for a page, its style, its script and two fonts


def squeezed(content: bytes) -> int:
    return len(gzip.compress(content))


def test_a_simple_page_weighs_at_most_60_kb() -> None:
    page = squeezed(get_template("404.html").render({}).encode())
    files = sum(squeezed((BUILD / name).read_bytes()) for name in ("app.css", "app.js", "icon.svg"))
    assert page + files + sum(font.stat().st_size for font in FONTS) <= MOST


def test_there_are_two_fonts() -> None:
    assert [font.name for font in FONTS] == ["atkinson-400.woff2", "atkinson-700.woff2"]


def test_the_style_asks_nobody_else() -> None:
    asked = re.findall(r"url\(\"?([^)\"]*)", (BUILD / "app.css").read_text())
    assert set(asked) == {"fonts/atkinson-400.woff2", "fonts/atkinson-700.woff2"}


def test_every_token_the_style_asks_for_is_there() -> None:
    style = (BUILD / "app.css").read_text()
    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", style)) <= set(re.findall(r"(--[a-z0-9-]+):", style))


@pytest.mark.parametrize("foreign", ["GDS Transport", "@import", "crown"])
def test_the_style_carries_no_government_mark(foreign: str) -> None:
    assert foreign not in (BUILD / "app.css").read_text()


@pytest.mark.parametrize(
    "side", ["margin-left", "margin-right", "padding-left", "padding-right", "text-align:left"]
)
def test_the_style_mirrors_for_right_to_left(side: str) -> None:
    assert side not in (BUILD / "app.css").read_text()


def test_the_script_never_stores_anything() -> None:
    script = (BUILD / "app.js").read_text()
    assert not any(
        store in script for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie")
    )


def test_the_lock_names_no_download_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not any("resolved" in package for package in lock["packages"].values())


def test_every_package_is_pinned_exactly() -> None:
    packages = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert all(version[0].isdigit() for version in packages.values())
