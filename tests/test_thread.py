"""The main thread through real parts: written, sealed, sent by SMTP."""

import pytest

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, context, outbox
from tests.cast import Cast
from tests.mail import Post


@pytest.mark.django_db
def test_a_concern_is_written_and_is_invisible_without_context() -> None:
    concern = raise_concern(raised=Raised(words="The door was locked."), by=audit.Other.REPORTER)

    assert Concern.objects.count() == 0
    with context.system():
        assert Concern.objects.select_related("key").get().words == "The door was locked."
        assert audit.AuditEntry.objects.get().about_id == concern.pk
        assert list(audit.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_lead_and_deputy_are_mailed_without_content(cast: Cast, post: Post) -> None:
    raise_concern(raised=Raised(words="The door was locked."), by=audit.Other.REPORTER)

    with context.system():
        outbox.send_due()

    assert post.recipients == ["dara@example.org", "lena@example.org"]
    assert all("door" not in mail.as_string() for mail in post.mails)
