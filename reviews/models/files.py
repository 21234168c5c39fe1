"""A file for anybody, made once by a worker: of a statement, of the evidence, of a review's record."""

from __future__ import annotations

import uuid

from django.db import models


class PublicFile(models.Model):
    """Whose file it is, and that there is one for each ending, says each kind itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ending = models.CharField(max_length=4)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
