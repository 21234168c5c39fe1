"""A telling for each step of the ladder, and the weekly mail: one a week and person."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
ALTER TABLE concerns_weeklymail ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON concerns_weeklymail USING (current_setting('app.scope', true) = 'system');
"""
BACKWARD = """
DROP POLICY in_context ON concerns_weeklymail;
ALTER TABLE concerns_weeklymail DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("concerns", "0003_drafts_and_tellings"),
        ("safeguarding", "0004_delivery"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WeeklyMail",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("week", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "week"), name="one_mail_a_week"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="telling",
            name="told_once",
        ),
        migrations.AlterField(
            model_name="telling",
            name="step",
            field=models.CharField(
                choices=[
                    ("first", "told when it was raised"),
                    ("deputy", "reminded because nobody had acknowledged it"),
                    ("alternate", "told because nobody had acknowledged it, or someone is kept out"),
                    ("outside", "told because nobody else was left"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="telling",
            index=models.Index(fields=["contact", "at"], name="telling_of_a_contact"),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(fields=("concern", "contact", "step"), name="told_once"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
