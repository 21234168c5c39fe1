"""What people were told of by mail, so that nobody hears twice of the same thing."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from riskassessment.models.agreeing import ONE_VOICE, FrozenVersion
from riskassessment.models.joining import Guest
from safeguarding.people.models import Person


class NewsKind(TextChoices):
    PUT = "put", _("A plan waits for your answer")
    CHANGED = "changed", _("A plan that you agreed to has changed")
    ENDED = "ended", _("Going ahead without agreement has ended")


class News(models.Model):
    """One thing of one plan that one person is mailed of; several of them may share a mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frozen = models.ForeignKey(FrozenVersion, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=10, choices=NewsKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.UUIDField(null=True)  # its mail, in the outbox
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "news"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_VOICE, name="news_of_one_voice"),
            models.UniqueConstraint(fields=["frozen", "kind", "person"], name="a_person_hears_of_it_once"),
            models.UniqueConstraint(fields=["frozen", "kind", "guest"], name="a_guest_hears_of_it_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
