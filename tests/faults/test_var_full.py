"""The disk of VAR_DIR is full (fault 42): where logs and the queue's files lie. Nothing of it is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from concerns.models import Concern
from concerns.services.records import ask_for_record
from safeguarding import clock, context, heartbeat
from safeguarding.exports import Export
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.conftest import Clone
from tests.faults.disks import NoFileGrows, Room, SmallDisk, small_disk, with_children
from tests.faults.walker import Walker, receipt_on
from tests.mail import Post
from tests.servers import Place, Server, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@dataclass
class Site:
    """All processes; the broker is a folder under VAR_DIR, as where no Redis is."""

    place: Place
    room: Room
    worker: Server
    beat: Server

    def raise_one(self) -> str:
        visitor = Walker(self.place.site_url)
        visitor.send("/raise/")
        return receipt_on(visitor.send("/raise/words/", words="The door was locked.", send="1"))

    def copy_is_made(self, *, by: Person) -> Callable[[], bool]:
        with context.system():
            concern = Concern.objects.get()
        with context.person(by):
            asked = ask_for_record(concern=concern, by=by, purpose="look")

        def is_made() -> bool:
            with context.system():
                return Export.objects.get(pk=asked.pk).is_ready

        return is_made

    def dispatcher_looks(self) -> Callable[[], bool]:
        """Since the scheduler cannot hand its looks on any more; as after a minute and a half of it."""
        now = clock.now()
        with clock.at(now - heartbeat.FRESH_FOR):
            heartbeat.beat("scheduler")
        return lambda: (heartbeat.last("guard") or now) > now

    def worker_mails_again(self) -> bool:
        """The dispatcher tries a broker that was down now and then."""
        before = self.worker.did("send_mail")
        self.raise_one()
        wait_until(lambda: OutboxMessage.objects.filter(state="queued").count() == 0, seconds=60)
        return self.worker.did("send_mail") > before


@pytest.fixture(params=["limit", "small disk"])
def site(
    request: pytest.FixtureRequest, cast: Cast, clone: Clone, post: Post, tmp_path: Path
) -> Iterator[Site]:
    with ExitStack() as stack:
        folder = tmp_path / "var"
        if request.param == "small disk":
            room: Room = stack.enter_context(small_disk(folder, size=8))
        else:
            folder.mkdir()
            room = NoFileGrows(lambda: [pid for s in place.servers for pid in with_children(s.pid)], beyond=0)
        place = Place(folder, clone.url, f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        stack.callback(place.stop_all)
        place.extra = {"STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        place.web(workers=1)
        site = Site(place, room, place.worker(processes=1), place.beat())
        place.dispatch()
        wait_until(lambda: heartbeat.last("scheduler") is not None, seconds=40)
        yield site


def test_nothing_of_a_full_var_is_missed_and_the_queue_heals(site: Site, post: Post, cast: Cast) -> None:
    site.room.take()

    assert site.raise_one() != ""
    wait_until(lambda: told(post) == 2, seconds=60)
    if isinstance(
        site.room, SmallDisk
    ):  # the limit holds in every folder, and a PDF unpacks its fonts in one
        wait_until(site.copy_is_made(by=cast.lead), seconds=60)
    wait_until(site.dispatcher_looks(), seconds=60)
    assert [server.name for server in site.place.servers if not server.runs] == []

    site.room.give_back()
    wait_until(site.copy_is_made(by=cast.lead), seconds=60)
    looked = site.worker.did("look")
    wait_until(site.worker_mails_again, seconds=60, every=3)
    wait_until(lambda: site.worker.did("look") > looked, seconds=60)
    assert [server.name for server in site.place.servers if not server.runs] == []


def told(post: Post) -> int:
    return sum(mail["Subject"] == "Something is waiting for you" for mail in post.mails)
