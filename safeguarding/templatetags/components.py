"""`{% component %}`, `{% wrap %}` and the tags for forms.

    {% component "button" text=_("Continue") %}
    {% wrap "notice" title=_("Saved") %}<p>…</p>{% endwrap %}
    {% formtag form keep_words=True %}{% form_fields form %}…{% endformtag %}

A component is a file in templates/components/. Its first line states its parameters:
`{# parameters: title, rows, actions="" #}`. A wrong or missing one is an error when the page is loaded.
"""

import ast
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context, Engine, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Template, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe

from safeguarding.forms import FieldView, draw_field, draw_fields, summary_of

register = template.Library()

_FIRST_LINE = re.compile(r"\{# parameters:(?P<parameters>.*)#\}")
_CARRIED = ("request", "csrf_token", "csp_nonce")


class Parameters(NamedTuple):
    required: frozenset[str]
    defaults: Mapping[str, Any]


def read_parameters(source: str, name: str) -> Parameters:
    """The parameters on a component's first line, written as a Python signature."""
    found = _FIRST_LINE.fullmatch(source.split("\n", 1)[0].strip())
    if found is None:
        raise TemplateSyntaxError(f"{name}: the first line must be {{# parameters: … #}}")
    try:
        function = ast.parse(
            f"def component(*, {found['parameters'].strip()}): ...".replace("*, )", ")")
        ).body[0]
    except SyntaxError as error:
        raise TemplateSyntaxError(
            f"{name}: cannot read the parameters on the first line ({error.msg})"
        ) from None
    assert isinstance(function, ast.FunctionDef)
    pairs = list(zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True))
    required = frozenset(argument.arg for argument, default in pairs if default is None)
    return Parameters(required, {argument.arg: ast.literal_eval(value) for argument, value in pairs if value})


def _check(name: str, given: set[str], parameters: Parameters) -> None:
    known = parameters.required | set(parameters.defaults)
    if unknown := sorted(given - known):
        raise TemplateSyntaxError(
            f"{name} has no parameter {', '.join(unknown)}; it has {', '.join(sorted(known))}"
        )
    if missing := sorted(parameters.required - given):
        raise TemplateSyntaxError(f"{name} needs {', '.join(missing)}")


class ComponentNode(Node):
    child_nodelists = ("body",)

    def __init__(
        self, component: Template, given: dict[str, FilterExpression], body: NodeList | None
    ) -> None:
        self.component = component
        self.given = given
        self.body = body if body is not None else NodeList()
        self.wraps = body is not None
        self.defaults = read_parameters(component.source, str(component.name)).defaults

    def render(self, context: Context) -> SafeString:
        values = {**self.defaults, **{name: value.resolve(context) for name, value in self.given.items()}}
        values |= {name: context[name] for name in _CARRIED if name in context}
        if self.wraps:
            values["body"] = self.body.render(context)
        with context.render_context.push_state(self.component, isolated_context=True):
            return self.component.nodelist.render(context.new(values))


def _parse(parser: Parser, token: Token, body: NodeList | None) -> ComponentNode:
    tag, *bits = token.split_contents()
    literal = re.fullmatch(r"""(["'])([a-z_]+)\1""", bits[0]) if bits else None
    if literal is None:
        raise TemplateSyntaxError(
            f'{tag} needs a component name in quotes, like {{% {tag} "button" text="Send" %}}'
        )
    rest = bits[1:]
    given = token_kwargs(rest, parser)
    name = f"components/{literal[2]}.html"
    if rest:
        raise TemplateSyntaxError(f"{name}: write every parameter as name=value, not {rest[0]}")
    component = Engine.get_default().get_template(name)
    names = set(given) | ({"body"} if body is not None else set())
    _check(name, names, read_parameters(component.source, name))
    return ComponentNode(component, given, body)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    return _parse(parser, token, None)


@register.tag
def wrap(parser: Parser, token: Token) -> ComponentNode:
    """A component whose `body` is what stands between the tags."""
    body = parser.parse(("endwrap",))
    parser.delete_first_token()
    return _parse(parser, token, body)


@register.simple_block_tag(takes_context=True)
def formtag(
    context: Context,
    content: str,
    form: BaseForm | None = None,
    *,
    action: str = "",
    method: str = "post",
    keep_words: bool = False,
    saved: bool = False,
) -> SafeString:
    """`<form>` with our defaults: no browser checks, no autocomplete, a CSRF token, files when the form has them.

    `saved`: what stands in its boxes at first is saved already, so only changes are marked "not sent yet".
    """
    page = Engine.get_default().get_template("leaflet/formtag.html")
    values = {
        "content": mark_safe(content),  # nosec B308 B703: already rendered by the template engine
        "action": action,
        "method": method,
        "keep_words": keep_words,
        "saved": saved and not (form and form.errors),
        "multipart": form is not None and form.is_multipart(),
        "csrf_token": context.get("csrf_token"),
    }
    with context.render_context.push_state(page, isolated_context=True):
        return page.nodelist.render(context.new(values))


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    return draw_fields(form)


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    return draw_field(field)


@register.simple_tag
def form_errors(*forms: BaseForm) -> list[dict[str, str]]:
    """`{% form_errors form as errors %}{% component "error_summary" errors=errors %}`."""
    return summary_of(*[form for form in forms if form])


@register.filter
def field_view(field: BoundField) -> FieldView:
    return FieldView(field)
