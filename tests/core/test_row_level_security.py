"""Without a context the database shows no row of a concern (fault 47), and no context outlives its work."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from concerns.enums import EntryKind, RoleInConcern, WhyExcluded
from concerns.models import Closing, Concern, Entry, Message, WeeklyMail
from concerns.services.raising import Involved, Raised, Reporter, exclude, raise_concern
from safeguarding import audit, clock, context
from safeguarding.people.models import Person
from tests.cast import Cast, sign_in

WITHOUT_POLICY = {"concerns_draft"}  # nobody's record yet: found only by a session or a code, always sealed
TABLES = sorted(
    model._meta.db_table
    for model in apps.get_app_config("concerns").get_models()
    if model._meta.db_table not in WITHOUT_POLICY
)


def context_of(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{scope()} {Concern.objects.count()}")


def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError(scope())


urlpatterns = [
    path("context/", context_of),
    path("failing/", failing),
    path("", include("safeguarding.urls")),
]


@pytest.fixture
def concern(cast: Cast) -> Concern:
    """One concern with a row in every table."""
    made = raise_concern(
        raised=Raised(
            words="the heron",
            reporter=Reporter(mode="first_name", name="Robin"),
            involved=[Involved(name="Ana", role=RoleInConcern.values[0])],
        ),
        by=audit.Other.REPORTER,
    )
    with context.system():
        fill(made, cast.lead)
        exclude(made, cast.administrator, why=WhyExcluded.UNTICKED)
    return made


def fill(concern: Concern, by: Person) -> None:
    now = clock.now()
    concern = Concern.objects.select_related("key").get(pk=concern.pk)
    Entry(concern=concern, kind=EntryKind.values[0], by=by, written_at=now, entered_at=now).save()
    Message(concern=concern, from_reporter=True, at=now).save()
    Closing(concern=concern, by=by, at=now, acted=True, still_at_risk="no").save()
    WeeklyMail(person=by, week=now.date(), at=now).save()


def scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.scope', true)")
        return str(cursor.fetchone()[0] or "")


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        count: int = cursor.fetchone()[0]
    return count


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_a_concern_has_its_policy(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_a_raw_query_without_context_gives_no_row(concern: Concern, table: str) -> None:
    with context.system():
        assert rows(table) > 0, "the concern of this test must have a row here"

    assert rows(table) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_changed_without_context(concern: Concern, table: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET id = id')
            changed = cursor.rowcount
    except DatabaseError:
        changed = 0

    assert changed == 0


@pytest.mark.django_db
def test_a_concern_cannot_be_written_without_context() -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Message(concern_id=uuid4(), from_reporter=True, at=clock.now()).save(force_insert=True)


@pytest.mark.django_db
def test_the_application_is_neither_superuser_nor_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_application_may_create_no_table() -> None:
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.extra (id int)")


@pytest.mark.django_db
def test_who_is_kept_out_sees_no_row_even_by_a_raw_query(concern: Concern, cast: Cast) -> None:
    with context.person(cast.administrator):
        seen = {
            table: rows(table) for table in TABLES if table not in ("concerns_exclusion", "concerns_telling")
        }

    assert set(seen.values()) == {0}


@pytest.mark.django_db
def test_an_alternate_sees_only_what_was_passed_to_them(concern: Concern, cast: Cast) -> None:
    with context.person(cast.alternate):
        assert Concern.objects.count() == 0


@pytest.mark.django_db
def test_a_reporter_sees_their_own_concern_only(concern: Concern) -> None:
    another = raise_concern(raised=Raised(words="another"), by=audit.Other.REPORTER)

    with context.reporter(another.pk):
        assert list(Concern.objects.values_list("pk", flat=True)) == [another.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["co_producer", "facilitator"])
def test_people_who_may_read_nothing_have_no_scope(concern: Concern, cast: Cast, who: str) -> None:
    with context.person(getattr(cast, who)):
        assert (scope(), Concern.objects.count()) == ("", 0)


# --- the context ends with its work ----------------------------------------------------------


@pytest.fixture
def on_one_connection(concern: Concern) -> Iterator[None]:
    """Every request of the test meets the same database session, as with a persistent connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        before = cursor.fetchone()
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == before


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("on_one_connection")
def test_a_request_has_its_persons_context_and_leaves_none(cast: Cast) -> None:
    lead, visitor = sign_in(Client(), cast.lead), Client()

    assert lead.get("/context/").content == b"staff 1"
    assert scope() == ""
    assert visitor.get("/context/").status_code == 302


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("on_one_connection")
def test_the_next_person_on_the_same_connection_sees_only_their_own(cast: Cast) -> None:
    lead, kept_out, facilitator = (
        sign_in(Client(), person) for person in (cast.lead, cast.administrator, cast.facilitator)
    )

    seen = [client.get("/context/").content for client in (lead, kept_out, lead, facilitator, kept_out)]

    assert seen == [b"staff 1", b"staff 0", b"staff 1", b" 0", b"staff 0"]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("on_one_connection")
def test_a_request_that_fails_leaves_no_context(cast: Cast) -> None:
    client = sign_in(Client(raise_request_exception=False), cast.lead)

    assert client.get("/failing/").status_code == 500
    assert scope() == ""


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_someone_without_their_second_factor_has_no_context(concern: Concern, cast: Cast) -> None:
    client = sign_in(Client(), cast.lead, second_factor=False)

    assert client.get("/context/").content == b" 0"


@pytest.mark.django_db
def test_a_task_that_fails_leaves_no_context() -> None:
    with pytest.raises(ZeroDivisionError), context.system():
        assert scope() == "system"
        _ = 1 / 0

    assert scope() == ""


@pytest.mark.django_db
def test_a_query_that_fails_leaves_no_context() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), context.system(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")

    assert scope() == ""


@pytest.mark.django_db
def test_one_context_inside_another_gives_the_first_back(cast: Cast) -> None:
    with context.system():
        with context.person(cast.lead):
            assert scope() == "staff"
        assert scope() == "system"
    assert scope() == ""


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_in_the_middle_has_no_context(concern: Concern) -> None:
    """If the database restarts during a request, what follows sees nothing rather than too much."""
    with context.system():
        connection.close()
        assert Concern.objects.count() == 0
