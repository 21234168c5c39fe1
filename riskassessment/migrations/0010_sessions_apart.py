"""Each session of a series has its own day and its own looking back: every row belongs to one activity."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

ACTIVITY = "riskassessment.activity"
ASSESSMENT = "riskassessment.assessment"
ROWS = {  # each model, and how an activity finds its rows
    "daynote": "day_notes",
    "missed": "missed",
    "pause": "pauses",
    "afterreview": "after_review",
    "planoutcome": "outcomes",
    "aftercare": "aftercare",
    "voice": "voices",
}


def say_whose(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every row was about the activity that its plan stands with."""
    plans = apps.get_model("riskassessment", "Assessment").objects.filter(pk=OuterRef("assessment_id"))
    for name in ROWS:
        rows = apps.get_model("riskassessment", name).objects.filter(activity=None)
        rows.update(activity_id=Subquery(plans.values("activity_id")))


def link(to: str, related_name: str, *, one: bool = False, null: bool = False) -> models.Field:
    kind = models.OneToOneField if one else models.ForeignKey
    return kind(to, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, null=null)


class Migration(migrations.Migration):
    """It can be taken back as long as no later session of a series was looked back on."""

    dependencies = [("riskassessment", "0009_series")]

    operations = [
        migrations.RemoveConstraint(model_name="aftercare", name="one_aftercare_of_each"),
        *(
            migrations.AddField(name, "activity", link(ACTIVITY, own, one=name == "afterreview", null=True))
            for name, own in ROWS.items()
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
        *(
            migrations.AlterField(name, "activity", link(ACTIVITY, own, one=name == "afterreview"))
            for name, own in ROWS.items()
        ),
        *(migrations.AlterField(name, "assessment", link(ASSESSMENT, "+")) for name in ROWS),
        migrations.AlterField("planoutcome", "worry", link("riskassessment.worry", "outcomes")),
        migrations.AddConstraint(
            "aftercare",
            models.UniqueConstraint(fields=["activity", "whose"], name="one_aftercare_of_each"),
        ),
        migrations.AddConstraint(
            "planoutcome",
            models.UniqueConstraint(fields=["worry", "activity"], name="one_outcome_of_each_plan"),
        ),
    ]
