"""Invitations by mail: once, again once, taken back, stopped; and who was part of it, in numbers and reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from riskassessment.enums import Place
from riskassessment.models import Assessment, Guest, PlanInvitation
from riskassessment.services import inviting, joining, telling
from riskassessment.services.inviting import Typed
from riskassessment.services.rounds import Voice
from safeguarding import bounces, clock, context, outbox
from tests.cast import Cast
from tests.mail import Post
from tests.planning.agreeing import put, say, second_facilitator, standard, with_place, write
from tests.planning.conftest import begun, contributed

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def invite(assessment: Assessment, cast: Cast, *addresses: str) -> int:
    people = [Typed(address, "Kim") for address in addresses]
    return inviting.invite(assessment=assessment, by=cast.facilitator, people=people)


def sent(post: Post) -> Sequence[str]:
    """What the server took since the last look: one text for each mail."""
    before = len(post.mails)
    with context.system():
        outbox.send_due()
    return [mail.get_body(("plain",)).get_content() for mail in post.mails[before:]]  # type: ignore[union-attr]


def link(text: str) -> str:
    found = re.search(r"/joined/[0-9a-f]{64}/", text)
    assert found
    return found[0]


@pytest.mark.clause("5.0f", "V1")
def test_from_a_typed_line_to_an_answer_by_ones_own_link(cast: Cast, client_for: As, post: Post) -> None:
    assessment = standard(cast, "Poems")
    frozen = put(assessment, cast.facilitator)
    lines = "Kim Example <kim@example.org>\nolu@example.org"
    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/invited/", {"people": lines})

    texts = sent(post)
    assert post.recipients == ["kim@example.org", "olu@example.org"]
    assert "Writing circle" not in "".join(texts)
    (kims,) = [text for text in texts if "Hello Kim Example," in text]
    guest, mine = Client(), link(kims)
    assert "Poems" in guest.get(mine).content.decode()
    answer = {"version": frozen.version, "stance": "but", "words": "The bus goes at four."}
    page = guest.post(f"{mine}agree/", answer, follow=True).content.decode()

    assert "You said: I agree, but" in page
    assert (
        "The bus goes at four."
        in client_for(cast.co_producer).get(f"/assessments/{assessment.pk}/agreeing/").content.decode()
    )


def test_the_same_address_is_invited_once_however_it_is_typed(cast: Cast, post: Post) -> None:
    assessment = begun(cast)

    assert invite(assessment, cast, "kim@example.org", "Kim@Example.org") == 1
    assert invite(assessment, cast, "KIM@example.org") == 0
    assert len(sent(post)) == 1


def test_a_line_without_an_address_is_shown_to_its_writer(cast: Cast, client_for: As) -> None:
    address = f"/assessments/{begun(cast).pk}/invited/"

    page = client_for(cast.facilitator).post(address, {"people": "kim@example.org\nOlu"}).content.decode()

    assert "We cannot find a mail address in this line: Olu" in page
    assert PlanInvitation.objects.count() == 0


def test_members_are_invited_by_their_account_and_once(cast: Cast, post: Post) -> None:
    assessment = standard(cast)
    with_place(assessment, cast.co_producer, cast, Place.WATCHES)

    for _each in range(2):
        inviting.invite_places(assessment=assessment, by=cast.facilitator)

    (text,) = sent(post)
    assert f"/assessments/{assessment.pk}/" in text
    assert post.recipients == [cast.co_producer.email]


def test_once_more_goes_to_whoever_we_have_not_heard_of_and_never_a_third_time(
    cast: Cast, post: Post
) -> None:
    assessment = begun(cast)
    invite(assessment, cast, *(f"{name}@example.org" for name in ("kim", "olu", "lin", "sam")))
    sent(post)
    links = {mail["To"]: link(mail.get_body(("plain",)).get_content()) for mail in post.mails}  # type: ignore[union-attr]
    guest = Client()
    said = {"once": "4d7c6b1e-6a0e-4d6c-9a53-5d3b9a1f2c11", "attribution": "unnamed", "worry": "The stairs."}
    guest.post(f"{links['olu@example.org']}write/", said)
    guest.post(f"{links['lin@example.org']}could-not/", {"words": "I work that day."})
    guest.post(f"{links['sam@example.org']}no-mail/")

    again = [inviting.invite_again(assessment=assessment, by=cast.facilitator) for _each in range(2)]

    texts = sent(post)
    assert (again, len(texts)) == ([1, 0], 1)
    assert link(texts[0]) == links["kim@example.org"]


@pytest.mark.clause("5.0d", "5.0f", "V1")
def test_the_plan_says_who_was_part_of_it_in_numbers_and_given_reasons(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    invite(assessment, cast, "kim@example.org", "olu@example.org")
    contribution, _token = contributed(assessment, cast, attribution="named", name="Robin")
    joining.answer(contribution=contribution, by=cast.facilitator, answer="used")
    inviting.could_not(assessment=assessment, typed_in_by=cast.facilitator, words="No fare for the train.")
    say(put(assessment, cast.facilitator), cast.co_producer)

    page = client_for(cast.co_producer).get(f"/assessments/{assessment.pk}/").content.decode()

    for words in ("2 people were invited.", "2 people took part", "1 could not.", "No fare for the train."):
        assert words in page
    for name in ("kim@example.org", "Robin", "Kim"):
        assert name not in page


@pytest.mark.clause("V1")
def test_nobody_reads_who_has_not_answered_or_who_did_unless_they_say_so(cast: Cast, client_for: As) -> None:
    assessment = standard(cast)
    nadia = second_facilitator(assessment, cast)
    frozen = put(assessment, cast.facilitator)
    say(frozen, nadia)
    ceri = client_for(cast.co_producer)

    page = ceri.get(f"/assessments/{assessment.pk}/agreeing/").content.decode()
    assert "1 person has answered." in page
    assert "Nadia" not in page
    sent_answer = {"version": frozen.version, "stance": "agree", "is_named": "on"}
    ceri.post(f"/assessments/{assessment.pk}/agreeing/", sent_answer)
    page = client_for(nadia).get(f"/assessments/{assessment.pk}/agreeing/").content.decode()
    assert "2 people have answered." in page
    assert "Ceri" in page


def test_taken_back_wipes_name_and_address_and_ends_an_unused_link(cast: Cast, post: Post) -> None:
    assessment = begun(cast)
    invite(assessment, cast, "kim@example.org")
    row = PlanInvitation.objects.get()
    token = inviting.token_of(row)

    inviting.withdraw(invitation=row, by=cast.facilitator)

    row.refresh_from_db()
    assert (row.name_sealed, row.address_sealed, sent(post)) == (None, None, [])
    assert Client().get(f"/joined/{token}/").status_code == 404


def test_who_took_part_keeps_their_link(cast: Cast) -> None:
    assessment = standard(cast)
    invite(assessment, cast, "kim@example.org")
    row = PlanInvitation.objects.select_related("guest", "assessment__activity").get()
    said = [joining.Said("worry", "The stairs.")]
    assert row.guest is not None
    joining.contribute_by_link(guest=row.guest, said=said, attribution="unnamed", name="", once=row.pk)

    inviting.withdraw(invitation=row, by=cast.facilitator)

    assert Client().get(f"/joined/{inviting.token_of(row)}/").status_code == 200


def test_a_page_of_ours_never_makes_the_link_of_an_invitation(cast: Cast) -> None:
    """Whoever invites sees its id; a page sent with that id must not lead to the link."""
    assessment = begun(cast)
    invite(assessment, cast, "kim@example.org")
    row = PlanInvitation.objects.get()

    assert joining.token_for(row.pk) != inviting.token_of(row)
    assert Guest.objects.count() == 1


def test_whoever_wants_no_mail_gets_none_even_when_invited_anew(cast: Cast, post: Post) -> None:
    assessment = begun(cast)
    invite(assessment, cast, "kim@example.org")
    row = PlanInvitation.objects.select_related("guest", "assessment__activity").get()
    telling.stop(assessment=assessment, voice=Voice(guest=row.guest))
    inviting.withdraw(invitation=row, by=cast.facilitator)

    assert invite(assessment, cast, "kim@example.org") == 0
    assert sent(post) == []


def test_a_mail_that_came_back_is_seen_by_whoever_invites(cast: Cast, client_for: As, post: Post) -> None:
    assessment = begun(cast)
    invite(assessment, cast, "kim@example.org", "olu@example.org")
    sent(post)
    mail = next(mail for mail in post.mails if mail["To"] == "kim@example.org")
    with context.system():
        bounces.came_back(message_id=mail["Message-ID"], to="kim@example.org", fault="bounced")

    page = client_for(cast.facilitator).get(f"/assessments/{assessment.pk}/invited/").content.decode()

    assert page.count("The mail did not arrive") == 1
    kim = next(a for a in inviting.asked(assessment) if a.came_back)
    inviting.withdraw(invitation=kim.invitation, by=cast.facilitator)
    assert outbox.OutboxMessage.objects.undelivered().count() == 0


def test_names_addresses_reasons_and_answers_are_sealed(cast: Cast) -> None:
    assessment = standard(cast)
    invite(assessment, cast, "heron@example.org")
    inviting.could_not(assessment=assessment, typed_in_by=cast.facilitator, words="The heron is ill.")
    say(put(assessment, cast.facilitator), cast.co_producer, "object", "The heron is loose.")

    with connection.cursor() as cursor:
        rows = []
        for table in ("riskassessment_planinvitation", "riskassessment_couldnot", "riskassessment_agreement"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows += [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT t::text FROM safeguarding_outboxmessage t")
        rows += [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT facts::text FROM safeguarding_auditentry")
        rows += [row for (row,) in cursor.fetchall()]
    everything = "".join(rows).lower()

    assert "heron" not in everything
    assert b"heron".hex() not in everything


def lapsed(cast: Cast) -> Assessment:
    """Ceri agreed, and so did an invited guest; then the plan changed."""
    assessment = standard(cast)
    invite(assessment, cast, "kim@example.org")
    frozen = put(assessment, cast.facilitator)
    say(frozen, cast.co_producer)
    token = inviting.token_of(PlanInvitation.objects.get())
    Client().post(f"/joined/{token}/agree/", {"version": frozen.version, "stance": "agree"})
    write(assessment, cast.facilitator, safe="Being heard")
    return assessment


def test_changed_lines_are_mailed_once_for_each_version_that_is_put(cast: Cast, post: Post) -> None:
    assessment = lapsed(cast)
    sent(post)

    texts: list[str] = []
    for _each in range(3):
        put(assessment, cast.facilitator)
        texts += sent(post)

    assert len(texts) == 2
    assert all("changed" in text and "Being heard" not in text for text in texts)
    assert sorted(mail["To"] for mail in post.mails[-2:]) == sorted(
        [cast.co_producer.email, "kim@example.org"]
    )


def test_a_version_that_takes_the_place_of_another_takes_back_its_mail(cast: Cast, post: Post) -> None:
    assessment = lapsed(cast)
    sent(post)
    put(assessment, cast.facilitator)
    write(assessment, cast.facilitator, safe="Being believed")
    put(assessment, cast.facilitator)

    assert len(sent(post)) == 2


def test_whoever_wants_no_mail_is_not_mailed_of_changes(cast: Cast, client_for: As, post: Post) -> None:
    assessment = lapsed(cast)
    sent(post)
    client_for(cast.co_producer).post(f"/assessments/{assessment.pk}/agreeing/no-mail/")
    Client().post(f"/joined/{inviting.token_of(PlanInvitation.objects.get())}/no-mail/")

    put(assessment, cast.facilitator)

    assert sent(post) == []


def test_only_a_typo_since_mails_nobody(cast: Cast, post: Post) -> None:
    assessment = standard(cast)
    say(put(assessment, cast.facilitator), cast.co_producer)
    write(assessment, cast.facilitator, small=True, good="Poems.")

    with clock.at(clock.now() + timedelta(hours=1)):
        put(assessment, cast.facilitator)

    assert sent(post) == []
