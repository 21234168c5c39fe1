"""What a row of the access table says, and who asks."""

from __future__ import annotations

import enum
import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safeguarding.people.models import Person
from safeguarding.permissions import NEED_SECOND_FACTOR, ROLES, Role, Verb
from tests.cast import Cast, sign_in

Kwargs = Mapping[str, Any]
Build = Callable[[Cast, Person | None], Kwargs | None]
Data = Callable[[Cast, Person | None], Mapping[str, Any]]
Ready = Callable[[Client, Cast, Person | None], None]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


class Who(enum.Enum):
    PUBLIC = "everybody, signed in or not"
    SIGNED_IN = "everybody who signed in"
    VISITORS = "only who has not signed in"


def _nothing(cast: Cast, person: Person | None) -> Kwargs:
    return {}


@dataclass(frozen=True)
class Row:
    """One URL: who may ask, how, and what everybody gets.

    `who` is Who or the verbs of which one is needed; the roles follow from permissions.ROLES.
    `own` and `other` build the URL's kwargs from the cast for the person who asks (None: a visitor):
    something of theirs, and something that must not exist for them. `other` returning None: there is
    no such thing for this person. `ready` prepares the client's session. `post` is the data of a POST.
    """

    name: str
    who: Who | tuple[Verb, ...]
    methods: tuple[str, ...] = ("GET",)
    own: Build = _nothing
    other: Build | None = None
    ready: Ready | None = None
    post: Data = _nothing
    gives: int = 200  # a GET (or a POST where there is no GET) by those who may
    post_gives: int = 200  # a POST by those who may
    excluded: int = 403  # those who signed in and may not
    other_gives: int = 404  # those who may, for what is not theirs
    second_factor: bool | None = None  # None: as the verbs need it
    gives_without_factor: int | None = None  # None: the same as with it
    after_reauthentication: tuple[str, ...] = ()  # methods that ask an old session to prove itself again
    get_writes: tuple[str, ...] = ()  # tables that a GET may write; say why beside it
    csrf_exempt: str = ""  # why a POST needs no token
    public_cache: str = ""  # why a page may be kept by a cache
    marks: tuple[str, ...] = field(default=())  # pytest marks: "slow"

    @property
    def roles(self) -> frozenset[Role]:
        if self.who in (Who.PUBLIC, Who.SIGNED_IN):
            return frozenset(Role)
        if self.who is Who.VISITORS:
            return frozenset()
        return frozenset(role for role, verbs in ROLES.items() if set(verbs) & set(self.verbs))

    @property
    def verbs(self) -> tuple[Verb, ...]:
        return self.who if isinstance(self.who, tuple) else ()

    @property
    def is_for_visitors(self) -> bool:
        return self.who in (Who.PUBLIC, Who.VISITORS)

    @property
    def needs_second_factor(self) -> bool:
        return (
            bool(NEED_SECOND_FACTOR & set(self.verbs)) if self.second_factor is None else self.second_factor
        )

    @property
    def allows(self) -> frozenset[str]:
        return frozenset(self.methods) | ({"HEAD"} if "GET" in self.methods else set())

    def address(self, kwargs: Kwargs) -> str:
        return reverse(self.name, kwargs=dict(kwargs))


@dataclass(frozen=True)
class Asker:
    """A visitor (no role), or somebody with a role, with their second factor or without."""

    role: Role | None
    second_factor: bool = True

    def __str__(self) -> str:
        if self.role is None:
            return "visitor"
        return f"{self.role}{'' if self.second_factor else ' without second factor'}"

    def person(self, cast: Cast) -> Person | None:
        return cast.everyone()[self.role] if self.role else None

    def client(self, cast: Cast, row: Row, **options: Any) -> Client:
        client = Client(raise_request_exception=True, **options)
        person = self.person(cast)
        if person is not None:
            sign_in(client, person, second_factor=self.second_factor)
        if row.ready:
            row.ready(client, cast, person)
        return client

    def expected(self, row: Row, method: str, *, theirs: bool) -> int:
        """The status that the table promises."""
        allowed_status = row.post_gives if method == "POST" and "GET" in row.methods else row.gives
        if not self.second_factor and row.gives_without_factor:
            allowed_status = row.gives_without_factor
        if self.role is None and not row.is_for_visitors:
            return 302
        if self.role is not None and self.role not in row.roles:
            return row.excluded
        if self.role is not None and row.needs_second_factor and not self.second_factor:
            return 302
        return allowed_status if theirs else row.other_gives


VISITOR = Asker(None)
ASKERS = (VISITOR, *(Asker(role, factor) for role in Role for factor in (True, False)))


def someone_allowed(row: Row) -> Asker:
    if row.is_for_visitors:
        return VISITOR
    return Asker(next(role for role in Role if role in row.roles))


def rows() -> tuple[Row, ...]:
    folder = Path(__file__).parent
    parts = sorted(path.stem for path in folder.glob("rows_*.py"))
    return tuple(row for part in parts for row in importlib.import_module(f"tests.access.{part}").ROWS)


def url_names() -> Iterator[str]:
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or f'(unnamed: {pattern.pattern})'}"
