"""Indexes for the two orders of the list that had none of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("concerns", "0005_triage"),
        ("riskassessment", "0001_initial"),
        ("safeguarding", "0005_kept_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="concern",
            name="concern_next_step",
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["acknowledge_by", "id"], name="concern_look_by"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("next_step_on__isnull", False)),
                fields=["next_step_on", "id"],
                name="concern_next_step",
            ),
        ),
    ]
