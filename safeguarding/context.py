"""Who the database believes is asking. Row-level security reads it; without it, no rows.

The context is a setting of the database session: set for a request or a task, and emptied after.
Four scopes: `staff` (a person who may read concerns, less what excludes them), `told` (an alternate:
only what was passed to them), `concern` (one concern, for its reporter), `system` (dispatch, worker).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from safeguarding.people.models import Person
from safeguarding.permissions import scope_of


class Asking(NamedTuple):
    scope: str = ""
    person: str = ""
    concern: str = ""


NOBODY = Asking()
_asking: ContextVar[Asking] = ContextVar("asking", default=NOBODY)


def _tell_database(asking: Asking) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.scope', %s, false), set_config('app.person', %s, false),"
            " set_config('app.concern', %s, false)",
            asking,
        )


@contextmanager
def _scoped(asking: Asking) -> Iterator[None]:
    before = _asking.get()
    _tell_database(asking)
    token = _asking.set(asking)
    try:
        yield
    except BaseException:
        _asking.reset(token)
        with suppress(DatabaseError):
            _tell_database(before)  # a failed transaction refuses; its rollback forgets too
        raise
    _asking.reset(token)
    _tell_database(before)


def system() -> AbstractContextManager[None]:
    """For work that no person asked for: sending, escalating, purging, measuring."""
    return _scoped(Asking("system"))


def reporter(concern_id: UUID) -> AbstractContextManager[None]:
    """For the person who raises, or returns to, one concern."""
    return _scoped(Asking("concern", concern=str(concern_id)))


def person(someone: Person) -> AbstractContextManager[None]:
    """For one person, with the scope that their roles give."""
    return _scoped(Asking(scope_of(someone), person=str(someone.pk)))


def oneself(someone: Person) -> AbstractContextManager[None]:
    """For what is a person's own, whatever their roles: no concern is seen through it."""
    return _scoped(Asking(person=str(someone.pk)))


class ContextMiddleware:
    """Sets the context for a signed-in reader's request and empties it after it.

    Someone who signed in without their second factor gets none: they see no rows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, Person) or not user.used_second_factor or not scope_of(user):
            return self.get_response(request)
        with person(user):
            return self.get_response(request)
