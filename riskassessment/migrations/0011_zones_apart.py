"""Each session of a series asks for itself: rounds and what is changed belong to one activity."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery

from riskassessment.enums import Zone
from riskassessment.zone_words import Stage

ACTIVITY = "riskassessment.activity"
ASSESSMENT = "riskassessment.assessment"
ROWS = {"zoneround": "zone_round", "adjustment": "adjustments"}  # and how an activity finds them


def say_whose(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every round was about the activity that its plan stands with."""
    plans = apps.get_model("riskassessment", "Assessment").objects.filter(pk=OuterRef("assessment_id"))
    for name in ROWS:
        rows = apps.get_model("riskassessment", name).objects.filter(activity=None)
        rows.update(activity_id=Subquery(plans.values("activity_id")))


def link(to: str, related_name: str, *, one: bool = False, null: bool = False) -> models.Field:
    kind = models.OneToOneField if one else models.ForeignKey
    return kind(to, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, null=null)


class Migration(migrations.Migration):
    """It can be taken back as long as no later session of a series was asked about zones."""

    dependencies = [("riskassessment", "0010_sessions_apart")]

    operations = [
        *(
            migrations.AddField(name, "activity", link(ACTIVITY, own, one=name == "zoneround", null=True))
            for name, own in ROWS.items()
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
        *(
            migrations.AlterField(name, "activity", link(ACTIVITY, own, one=name == "zoneround"))
            for name, own in ROWS.items()
        ),
        *(migrations.AlterField(name, "assessment", link(ASSESSMENT, "+")) for name in ROWS),
        migrations.AddField("zoneround", "some_rather_not", models.BooleanField(null=True)),
        migrations.AddField("zoneround", "after_told_at", models.DateTimeField(null=True)),
        migrations.AddField("zoneround", "after_told_by", link(settings.AUTH_USER_MODEL, "+", null=True)),
        migrations.AddConstraint(
            "zoneround",
            models.CheckConstraint(
                condition=Q(after_told_at=None, after_told_by=None)
                | Q(after_told_at__isnull=False, after_told_by__isnull=False),
                name="zoneround_after_told_both_or_neither",
            ),
        ),
        migrations.RemoveConstraint("grouppicture", "a_picture_is_released_once"),
        migrations.AddField(
            "grouppicture",
            "stage",
            models.CharField(choices=Stage.choices, default="before", max_length=6),
        ),
        migrations.AddConstraint(
            "grouppicture",
            models.UniqueConstraint(
                fields=["round", "part", "stage", "number"], name="a_picture_is_released_once"
            ),
        ),
        migrations.AddConstraint(
            "grouppicture",
            models.CheckConstraint(condition=~Q(stage="now"), name="no_picture_of_what_is_now"),
        ),
        migrations.AddField("part", "for_everybody", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="ZoneGuess",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("zone", models.CharField(choices=Zone.choices, max_length=10)),
                ("guessed_at", models.DateTimeField()),
                ("part", link("riskassessment.part", "+")),
                ("person", link(settings.AUTH_USER_MODEL, "+")),
                ("round", link("riskassessment.zoneround", "guesses")),
            ],
            options={"verbose_name_plural": "zone guesses"},
        ),
        migrations.AddConstraint(
            "zoneguess",
            models.UniqueConstraint(
                fields=["round", "part", "person"], name="one_guess_of_each_about_a_part"
            ),
        ),
    ]
