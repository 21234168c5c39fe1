"""What a component promises: its parameters, its escaping, its place in the gallery."""

from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

from safeguarding.gallery import gallery
from tests.front.govuk import ROOT
from tests.front.visitor import a_visit

TEMPLATES = ROOT / "templates"
OUR_FOLDERS = ("components", "leaflet")
FILES = sorted((TEMPLATES / "components").glob("*.html"))


def compiled(source: str) -> str:
    return str(engines["django"].from_string(source).render({}))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_component_stands_in_the_gallery(file: Path) -> None:
    pages = (TEMPLATES / "gallery.html").read_text()
    nested = "".join(other.read_text() for other in FILES if other != file)
    assert f'"{file.stem}"' in pages + nested


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_component_states_its_parameters_on_its_first_line(file: Path) -> None:
    assert file.read_text().startswith("{# parameters:")


def test_unknown_parameter_is_refused_by_name() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"components/button\.html has no parameter colour"):
        compiled('{% component "button" text="Send" colour="red" %}')


def test_missing_parameter_is_named() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"components/button_link\.html needs href"):
        compiled('{% component "button_link" text="Back" %}')


def test_positional_parameter_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        compiled('{% component "button" "Send" %}')


def test_component_name_must_be_written_out() -> None:
    with pytest.raises(TemplateSyntaxError, match="in quotes"):
        compiled("{% component kind text='Send' %}")


def test_component_sees_only_its_parameters() -> None:
    page = engines["django"].from_string('{% component "button" text="Send" %}')
    assert "secondary" not in page.render({"kind": "secondary"})


def test_component_escapes_what_it_is_given() -> None:
    page = engines["django"].from_string('{% component "inset" body=words %}')
    assert "&lt;script&gt;" in page.render({"words": "<script>"})


def test_wrapped_words_are_escaped_once() -> None:
    page = engines["django"].from_string('{% wrap "inset" %}<p>{{ words }}</p>{% endwrap %}')
    assert "<p>a &amp; b</p>" in page.render({"words": "a & b"})


def test_formtag_posts_with_a_token_and_without_autocomplete() -> None:
    page = engines["django"].from_string("{% formtag %}{% endformtag %}")
    html = page.render({}, a_visit())
    assert all(
        part in html for part in ('method="post"', "csrfmiddlewaretoken", 'autocomplete="off"', "novalidate")
    )


def test_get_formtag_carries_no_token() -> None:
    page = engines["django"].from_string('{% formtag method="get" %}{% endformtag %}')
    assert "csrfmiddlewaretoken" not in page.render({}, a_visit())


def test_gallery_in_error_says_so_first_in_its_title() -> None:
    assert "<title>Error: " in gallery(a_visit(errors="1")).content.decode()
