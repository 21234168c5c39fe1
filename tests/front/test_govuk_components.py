"""Our components render what govuk-frontend says they should, where they borrow its markup."""

from typing import Any

import pytest
from django.template import engines

from tests.front.govuk import example, normalised


def render(source: str, **context: Any) -> str:
    return str(engines["django"].from_string(source).render(context))


def rows(options: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": row["key"]["text"], "value": row["value"].get("text", "")} for row in options["rows"]]


def test_error_summary() -> None:
    given = example("error-summary", "default")
    source = '{% component "error_summary" errors=errors title=title %}'
    ours = render(source, errors=given["options"]["errorList"], title=given["options"]["titleText"])
    assert normalised(ours) == normalised(given["html"])


@pytest.mark.parametrize("name", ["as a summary card with a text header", "as a summary card with actions"])
def test_summary_card(name: str) -> None:
    given = example("summary-list", name)
    card = given["options"]["card"]
    actions = card.get("actions", {}).get("items", "")
    source = '{% component "summary_card" title=title rows=rows actions=actions %}'
    ours = render(source, title=card["title"]["text"], rows=rows(given["options"]), actions=actions)
    assert normalised(ours) == normalised(given["html"])


def test_task_list() -> None:
    given = example("task-list", "default")
    items = [
        {
            "title": item["title"]["text"],
            "href": item["href"],
            "status": item["status"].get("text"),
            "done": True,
        }
        if "text" in item["status"]
        else {"title": item["title"]["text"], "href": item["href"], "status": item["status"]["tag"]["text"]}
        for item in given["options"]["items"]
    ]
    ours = render('{% component "task_list" items=items name="task-list" %}', items=items)
    assert normalised(ours) == normalised(given["html"].replace(" govuk-tag--blue", ""))


SIMPLE = [
    ("tag", "default", '{% component "tag" text=options.text %}'),
    ("inset-text", "default", '{% component "inset" body=options.text %}'),
    ("warning-text", "default", '{% component "warning" text=options.text %}'),
    ("details", "default", '{% component "details" summary=options.summaryText body=options.text %}'),
    ("back-link", "default", '{% component "back_link" href="#" %}'),
    ("breadcrumbs", "default", '{% component "breadcrumbs" items=options.items %}'),
    (
        "panel",
        "default",
        '{% component "confirmation_panel" title=options.titleHtml body=options.html|safe %}',
    ),
]


@pytest.mark.parametrize(("component", "name", "source"), SIMPLE)
def test_component_renders_like_the_library(component: str, name: str, source: str) -> None:
    given = example(component, name)
    assert normalised(render(source, options=given["options"])) == normalised(given["html"])
