"""What somebody had typed and could not send: kept sealed for a day, given back only to them.

Their session had ended, or they had to prove again that it is them.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

from django.db import models, transaction
from django.http import QueryDict

from safeguarding import audit, clock
from safeguarding.crypto import RecordKey, Sealed, new_key, sealed_column
from safeguarding.people.models import Person

KEPT_FOR = timedelta(hours=24)
LONGEST_PATH = 300
NEVER_KEPT = ("csrfmiddlewaretoken", "code", "credential", "next")  # and whatever has "password" in its name


class KeptWordsQuerySet(models.QuerySet["KeptWords"]):
    def of(self, person: Person, now: datetime) -> KeptWordsQuerySet:
        """Theirs alone, whatever anybody's role; never older than was promised."""
        mine = self.filter(person=person, kept_at__gt=now - KEPT_FOR)
        return mine.select_related("key").order_by("-kept_at")

    def typed_at(self, path: str) -> KeptWordsQuerySet:
        return self.filter(path=path[:LONGEST_PATH])

    def outlived(self, now: datetime) -> KeptWordsQuerySet:
        return self.filter(kept_at__lte=now - KEPT_FOR)


class KeptWords(models.Model):
    """One POST that came too late."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=LONGEST_PATH)  # where it was going
    fields_sealed = sealed_column()  # JSON: a list of (name, value)
    kept_at = models.DateTimeField(db_index=True)

    fields = Sealed()
    objects = KeptWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return self.path

    def record_key(self) -> RecordKey:
        return self.key

    def read(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in json.loads(self.fields or "[]")]

    def as_typed(self) -> QueryDict:
        """What a form is bound to, as if it were sent now."""
        typed = QueryDict(mutable=True)
        for name, value in self.read():
            typed.appendlist(name, value)
        return typed


def keep(*, by: Person, path: str, typed: QueryDict) -> KeptWords | None:
    """Seal what was typed with a key of its own. None when there was nothing to keep."""
    fields = [(name, value) for name, values in typed.lists() for value in values if _is_kept(name, value)]
    if not fields:
        return None
    key = new_key()
    words = KeptWords(person=by, key=key, path=path[:LONGEST_PATH], kept_at=clock.now())
    words.fields = json.dumps(fields)
    with transaction.atomic():
        key.save(force_insert=True)
        words.save(force_insert=True)
        audit.record("words_kept", by=by, about=words)
    return words


def _is_kept(name: str, value: str) -> bool:
    return bool(value.strip()) and name not in NEVER_KEPT and "password" not in name


def throw_away(*, words: KeptWords, by: Person) -> None:
    with transaction.atomic():
        audit.record("kept_words_thrown_away", by=by, about=words)
        _erase(KeptWords.objects.filter(pk=words.pk))


@transaction.atomic
def forget(*, by: Person, path: str) -> None:
    """They have sent what they had typed there, or something in its place."""
    there = KeptWords.objects.filter(person=by).typed_at(path)
    for words in there:
        audit.record("kept_words_sent", by=by, about=words)
    _erase(there)


def purge(*, now: datetime) -> int:
    """Erase what nobody came back for, and its keys. Returns how many."""
    return _erase(KeptWords.objects.outlived(now))


def _erase(words: KeptWordsQuerySet) -> int:
    keys = list(words.values_list("key", flat=True))
    if not keys:
        return 0
    with transaction.atomic():
        words.delete()
        RecordKey.objects.filter(pk__in=keys).delete()
    return len(keys)
