"""Mail of plans: once for each thing, one a day for all plans that need the same person, and a way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from riskassessment.models import Assessment, News, PlanInvitation
from riskassessment.services import agreeing, inviting, telling
from riskassessment.services.inviting import Typed
from riskassessment.services.rounds import Voice
from safeguarding import clock, context, outbox
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast
from tests.mail import Post
from tests.planning.agreeing import put, say, standard, write
from tests.planning.conftest import contributed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("5.0f")]
As = Callable[..., Client]
KIM = "kim@example.org"
NOON = datetime(2031, 5, 14, 12, tzinfo=timezone.get_fixed_timezone(60))  # in the site's summer


def out(post: Post) -> Sequence[EmailMessage]:
    """What the server took since the last look."""
    before = len(post.mails)
    with context.system():
        outbox.send_due()
    return post.mails[before:]


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def invited(cast: Cast, title: str = "Writing circle", *addresses: str) -> Assessment:
    """A plan at standard; its invitations are sent, and Ceri is invited by her account."""
    assessment = standard(cast, title=title)
    people = [Typed(address) for address in addresses or (KIM,)]
    inviting.invite(assessment=assessment, by=cast.facilitator, people=people)
    inviting.invite_places(assessment=assessment, by=cast.facilitator)
    with context.system():
        outbox.send_due()
    return assessment


def tell(assessment: Assessment, cast: Cast) -> None:
    assessment.refresh_from_db()
    agreeing.put(assessment=assessment, by=cast.facilitator, version=assessment.version, tell=True)


def kims_link(assessment: Assessment) -> str:
    return f"/joined/{inviting.token_of(assessment.invitations.get(guest__isnull=False))}/"


@pytest.mark.parametrize(("ticked", "reached"), [(True, ["ceri@example.org", KIM]), (False, [])])
def test_putting_it_to_the_group_mails_everybody_invited_unless_the_tick_is_taken_away(
    ticked: bool, reached: list[str], cast: Cast, client_for: As, post: Post
) -> None:
    assessment, farah = invited(cast), client_for(cast.facilitator)
    out(post)
    here = f"/assessments/{assessment.pk}/agreeing/"
    page = farah.get(here).content.decode()
    assert re.search(r'<input[^>]*name="tell"[^>]*checked', page)

    farah.post(f"{here}put/", {"version": assessment.version} | ({"tell": "on"} if ticked else {}))

    mails = out(post)
    assert sorted(str(mail["To"]) for mail in mails) == reached
    for mail in mails:
        assert mail["Subject"] == "A plan waits for your answer"
        assert "Writing circle" not in mail.as_string()
        assert "Poems" not in mail.as_string()
    if ticked:
        assert any(kims_link(assessment) in words(mail) for mail in mails)
        assert any(f"/assessments/{assessment.pk}/agreeing/" in words(mail) for mail in mails)


def test_nobody_is_mailed_twice_of_the_same_version(cast: Cast, post: Post) -> None:
    assessment = invited(cast)
    out(post)

    for _each in range(3):
        tell(assessment, cast)

    assert len(out(post)) == 2
    assert News.objects.count() == 2


def test_who_answered_or_could_not_or_wants_no_mail_is_left_alone(cast: Cast, post: Post) -> None:
    assessment = invited(cast, "Writing circle", KIM, "olu@example.org", "lin@example.org")
    frozen = put(assessment, cast.facilitator)
    say(frozen, cast.co_producer)
    guests = {row.address: row.guest for row in assessment.invitations.filter(guest__isnull=False)}
    telling.stop(assessment=assessment, voice=Voice(guest=guests[KIM]))
    inviting.could_not(assessment=assessment, voice=Voice(guest=guests["olu@example.org"]), words="I work.")
    out(post)

    tell(assessment, cast)

    assert [mail["To"] for mail in out(post)] == ["lin@example.org"]


@pytest.mark.clause("V4")
def test_several_plans_on_one_day_come_as_one_mail_with_a_link_for_each(cast: Cast, post: Post) -> None:
    plans = [invited(cast, title) for title in ("Poems", "Walk", "Tea")]
    out(post)

    for plan in plans:
        tell(plan, cast)

    mails = {str(mail["To"]): mail for mail in out(post)}
    assert sorted(mails) == ["ceri@example.org", KIM]
    kims = words(mails[KIM])
    assert mails[KIM]["Subject"] == "Some plans wait for you"
    assert "3 plans wait for you. Here they are in one mail." in kims
    assert all(kims_link(plan) in kims for plan in plans)
    assert all(f"/assessments/{plan.pk}/agreeing/" in words(mails["ceri@example.org"]) for plan in plans)
    assert not any(title in kims for title in ("Poems", "Walk", "Tea"))


def test_what_comes_after_a_mail_waits_for_the_next_morning_and_comes_as_one(cast: Cast, post: Post) -> None:
    with clock.at(NOON):
        plans = [invited(cast, title) for title in ("Poems", "Walk", "Tea")]
        out(post)
        tell(plans[0], cast)
        assert len(out(post)) == 2
        tell(plans[1], cast)
        tell(plans[2], cast)
        assert out(post) == []
    with clock.at(NOON + timedelta(hours=20, minutes=59)):
        assert out(post) == []
    with clock.at(NOON + timedelta(hours=21)):
        (mail,) = [mail for mail in out(post) if mail["To"] == KIM]
    assert [kims_link(plan) in words(mail) for plan in plans] == [False, True, True]


def test_a_new_version_takes_the_place_of_what_waits_of_the_same_plan(cast: Cast, post: Post) -> None:
    assessment = invited(cast)
    out(post)
    tell(assessment, cast)
    write(assessment, cast.facilitator, safe="Being heard")
    tell(assessment, cast)

    assert len([mail for mail in out(post) if mail["To"] == KIM]) == 1


def test_no_more_mail_about_one_plan_leaves_the_others_in_the_mail_that_waits(cast: Cast, post: Post) -> None:
    plans = [invited(cast, title) for title in ("Poems", "Walk")]
    out(post)
    for plan in plans:
        tell(plan, cast)

    Client().post(f"{kims_link(plans[0])}no-mail/")

    (mail,) = [mail for mail in out(post) if mail["To"] == KIM]
    assert mail["Subject"] == "A plan waits for your answer"
    assert (kims_link(plans[0]) in words(mail), kims_link(plans[1]) in words(mail)) == (False, True)


def test_an_invitation_that_is_taken_back_takes_its_news_with_it(cast: Cast, post: Post) -> None:
    assessment = invited(cast)
    out(post)
    tell(assessment, cast)
    row = PlanInvitation.objects.select_related("assessment__activity", "guest").get(guest__isnull=False)

    inviting.withdraw(invitation=row, by=cast.facilitator)

    assert [mail["To"] for mail in out(post)] == ["ceri@example.org"]


def test_a_guest_who_wants_mail_again_gets_it_again(cast: Cast, post: Post) -> None:
    assessment = invited(cast)
    mine, guest = kims_link(assessment), Client()
    page = guest.post(f"{mine}no-mail/", follow=True).content.decode()
    assert "You get no mail about this plan." in page
    out(post)
    tell(assessment, cast)
    assert [mail["To"] for mail in out(post)] == ["ceri@example.org"]

    page = guest.post(f"{mine}mail/", follow=True).content.decode()
    write(assessment, cast.facilitator, safe="Being heard")
    with clock.at(clock.now() + timedelta(days=1)):
        tell(assessment, cast)

        assert "Send me no mail about this" in page
        assert KIM in [mail["To"] for mail in out(post)]


def test_who_joined_by_a_code_is_not_asked_about_mail(cast: Cast) -> None:
    _contribution, token = contributed(standard(cast), cast)

    page = Client().post(f"/joined/{token}/no-mail/", follow=True).content.decode()

    assert "Mail me about this plan again" not in page


def test_a_member_finds_the_way_back_on_the_page_and_among_their_own_settings(
    cast: Cast, client_for: As
) -> None:
    assessment, ceri = invited(cast), client_for(cast.co_producer)
    ceri.post(f"/assessments/{assessment.pk}/agreeing/no-mail/")
    assert "Mail me about this plan again" in ceri.get(f"/assessments/{assessment.pk}/agreeing/").text
    assert "Mail me again about: Writing circle" in ceri.get("/actions/").text

    ceri.post(f"/assessments/{assessment.pk}/agreeing/mail/")

    assert not assessment.mail_stops.exists()
    assert "Mail me again about" not in ceri.get("/actions/").text


def test_the_mail_of_a_day_is_found_by_the_sites_own_day(cast: Cast, post: Post) -> None:
    """Half past midnight in summer is still yesterday by Greenwich."""
    late = NOON.replace(hour=23, minute=30)
    with clock.at(late):
        plans = [invited(cast, title) for title in ("Poems", "Walk")]
        out(post)
        tell(plans[0], cast)
        assert len(out(post)) == 2
    with clock.at(late + timedelta(hours=1)):
        tell(plans[1], cast)
        due = OutboxMessage.objects.filter(state=MessageState.QUEUED).values_list("due_at", flat=True)
        assert {timezone.localdate(at) for at in due} == {date(2031, 5, 15)}
        assert len(out(post)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_plans_put_at_the_same_time_take_turns_and_a_wish_for_no_mail_between_them(cast: Cast) -> None:
    """Nobody waits for somebody who waits for them, and one mail holds both plans."""
    with context.system():
        plans = [standard(cast, title=title) for title in ("Poems", "Walk", "Tea")]
        for plan in plans:
            people = [Typed("kim@example.org"), Typed("olu@example.org")]
            inviting.invite(assessment=plan, by=cast.facilitator, people=people)
        OutboxMessage.objects.update(state=MessageState.SENT, ended_at=clock.now() - timedelta(days=9))
        guest = plans[2].invitations.order_by("pk")[0].guest

    def at_once(act: Callable[[], None]) -> None:
        try:
            with context.system():
                act()
        finally:
            connections.close_all()

    acts = [lambda: tell(plans[0], cast), lambda: tell(plans[1], cast)]
    acts += [lambda: telling.stop(assessment=plans[2], voice=Voice(guest=guest))]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(at_once, acts))

    waiting = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    assert [message.kind for message in waiting] == [telling.SEVERAL] * 2
    assert News.objects.filter(message__in=waiting.values("pk")).count() == 4
