"""The database's disk is full (fault 42): "not saved" in words, the words kept, nothing half, and back by itself.

Where the journal cannot grow PostgreSQL stops, and is started again when it can: that is its supervisor's
work, which the tests do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from concerns.models import Concern
from safeguarding import context, embedded
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from tests.cast import make_cast
from tests.faults.disks import NoFileGrows, Room, small_disk, with_children
from tests.faults.walker import Page, Walker, form_on, receipt_on
from tests.mail import free_port
from tests.servers import OwnDatabase, Place, a_database_of_its_own, an_open_folder, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORDS = "The door was locked, and nobody came. " * 400
Made = tuple[OwnDatabase, Room]


def all_on_a_small_disk(stack: ExitStack) -> Made:
    folder = stack.enter_context(an_open_folder())
    disk = stack.enter_context(small_disk(folder / "disk", size=192))
    database = OwnDatabase(disk.folder / "postgres")
    stack.callback(database.stop)
    return database, disk


def tables_on_a_small_disk(stack: ExitStack) -> Made:
    database = stack.enter_context(a_database_of_its_own())
    disk = stack.enter_context(small_disk(database.cluster.folder.parent / "disk", size=64))
    stack.callback(database.stop)
    ask(database, f"CREATE TABLESPACE small LOCATION '{for_the_server(disk.folder / 'tables')}'")
    ask(database, f"ALTER DATABASE {embedded.DATABASE} SET TABLESPACE small")
    return database, disk


def journal_on_a_small_disk(stack: ExitStack) -> Made:
    database = stack.enter_context(a_database_of_its_own())
    disk = stack.enter_context(small_disk(database.cluster.folder.parent / "disk", size=96))
    stack.callback(database.stop)
    database.stop()
    journal, there = database.cluster.data / "pg_wal", for_the_server(disk.folder / "journal")
    for path in journal.iterdir():
        shutil.move(path, there / path.name)  # a copy would not keep whose it is
        for_the_server(there / path.name)
    journal.rmdir()
    journal.symlink_to(there)
    embedded.start(database.cluster)
    return database, disk


def no_file_may_grow(stack: ExitStack) -> Made:
    """The kernel refuses what the server writes, its journal first. Needs no root."""
    database = stack.enter_context(a_database_of_its_own())

    def server() -> list[int]:
        kept = database.cluster.data / "postmaster.pid"
        return with_children(int(kept.read_text().split()[0])) if kept.exists() else []

    return database, NoFileGrows(server, beyond=4096, user=embedded.server_user())


def for_the_server(path: Path) -> Path:
    """Made if need be, and PostgreSQL's own."""
    if not path.exists():
        path.mkdir(mode=0o700)
    if user := embedded.server_user():
        shutil.chown(path, user)
    return path


def ask(database: OwnDatabase, statement: str) -> None:
    connection = database.cluster.connect()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@dataclass
class Site:
    """The web process on a database whose room can be taken away."""

    place: Place
    database: OwnDatabase
    room: Room

    def fill(self) -> None:
        """No room, and what is written next needs a new piece of journal."""
        self.room.take()
        for _ in range(8):
            with suppress(psycopg2.Error):
                ask(self.database, "SELECT pg_logical_emit_message(true, 'x', 'x'), pg_switch_wal()")

    def free(self) -> None:
        self.room.give_back()
        embedded.start(self.database.cluster)

    def person(self) -> Person:
        return Person(Walker(self.place.site_url))

    def whole(self) -> bool:
        """Every concern with its messages and its audit row, and none of these without it."""
        with self.database.in_use(), context.system():
            ids = set(Concern.objects.values_list("pk", flat=True))
            raised = AuditEntry.objects.filter(verb="concern_raised").values_list("about_id", flat=True)
            told = OutboxMessage.objects.filter(kind="concern_waiting").values_list("about_id", flat=True)
            return Counter(raised) == Counter(ids) and Counter(told) == Counter([*ids, *ids])

    def concerns(self) -> int:
        with self.database.in_use(), context.system():
            return Concern.objects.count()


class Person:
    """Somebody who has begun, and has typed."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        walker.send("/raise/")
        self.typed = walker.form("/raise/words/") | {"words": WORDS, "send": "1"}

    def send(self) -> Page:
        return self.walker.post("/raise/words/", self.typed)

    def send_again(self, page: Page) -> Page:
        """What the page kept, as its button sends it."""
        return self.walker.post(page.address, form_on(page))


@pytest.fixture
def site(request: pytest.FixtureRequest, clone: object, db: None, tmp_path: Path) -> Iterator[Site]:
    layout: Callable[[ExitStack], Made] = request.param
    with ExitStack() as stack:
        database, room = layout(stack)
        with database.in_use():
            make_cast()
        place = Place(tmp_path, database.url, f"smtp://localhost:{free_port()}")
        plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
        place.extra = {"STATICFILES": plain, "STATIC_ROOT": str(tmp_path / "static")}
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env=place.environment, check=True)
        stack.callback(place.stop_all)
        place.web(workers=1)
        yield Site(place, database, room)


LAYOUTS = [no_file_may_grow, tables_on_a_small_disk, journal_on_a_small_disk, all_on_a_small_disk]


@pytest.mark.parametrize("site", LAYOUTS, indirect=True)
def test_a_full_disk_is_said_in_words_and_heals_by_itself(site: Site) -> None:
    people = [site.person() for _ in range(12)]
    receipts = [receipt_on(people.pop().send())]

    site.fill()
    while (refused := (person := people.pop()).send()).status == 200:
        receipts.append(receipt_on(refused))  # what is in memory still fits for a while
    newcomer = Walker(site.place.site_url)
    pages = {path: newcomer.ask(path).status for path in ("/healthz", "/privacy/", "/leave/")}

    assert (refused.status, pages) == (503, dict.fromkeys(pages, 200))
    assert "This is not saved yet" in refused.text and "tel:999" in refused.text
    assert form_on(refused)["words"] == [WORDS]
    site.free()
    wait_until(lambda: (again := person.send_again(refused)).status == 200 and receipt_on(again), seconds=60)
    assert site.concerns() == len(receipts) + 1
    assert site.whole()


@pytest.mark.browser
@pytest.mark.parametrize("site", [no_file_may_grow], indirect=True)
def test_words_in_an_open_page_send_themselves_when_there_is_room_again(
    site: Site, page: BrowserPage
) -> None:
    page.goto(f"{site.place.site_url}/raise/")
    page.get_by_role("button", name="Continue").click()
    box = page.get_by_label("What happened, or what worries you?")
    box.fill(WORDS)
    site.fill()

    page.get_by_role("button", name="Send now").click()

    expect(page.get_by_text("Not sent yet: our side is busy. Your words are still here.")).to_be_visible()
    expect(box).to_have_value(WORDS)
    site.free()
    expect(page.get_by_text("Thank you for telling us")).to_be_visible(timeout=60_000)
    assert (site.concerns(), site.whole()) == (1, True)
