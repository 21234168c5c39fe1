"""Everything of planning together, as it was when it was first complete; what is agreed is frozen."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from riskassessment.migrations._agreed_stays import BACKWARD, FORWARD
from riskassessment.migrations._first_prompts import PROMPTS


def write_the_first_prompts(apps, schema_editor):
    prompt, now = apps.get_model("riskassessment", "Prompt"), timezone.now()
    for area, texts in PROMPTS.items():
        for order, text in enumerate(texts, start=1):
            prompt.objects.create(area=area, text=text, order=order, written_at=now)


class Migration(migrations.Migration):
    replaces = [
        ("riskassessment", "0002_planning_together"),
        ("riskassessment", "0003_agreed_is_frozen"),
        ("riskassessment", "0004_depth"),
        ("riskassessment", "0005_agreeing"),
        ("riskassessment", "0006_worries_in_depth"),
        ("riskassessment", "0007_zones"),
        ("riskassessment", "0008_after"),
        ("riskassessment", "0009_series"),
        ("riskassessment", "0010_sessions_apart"),
        ("riskassessment", "0011_zones_apart"),
        ("riskassessment", "0012_guests_too"),
        ("riskassessment", "0013_library_grows"),
        ("riskassessment", "0014_going_ahead_pressures"),
    ]
    dependencies = [
        ("riskassessment", "0001_initial"),
        ("safeguarding", "0012_longer_media_type"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="activity",
            options={"verbose_name_plural": "activities"},
        ),
        migrations.AddField(
            model_name="activity",
            name="cancelled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="cancelled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="cancelled_why",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="expected",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="host",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="activity",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cuppa", "an open get-together"),
                    ("co_creation", "a co-creation session"),
                    ("project", "a project"),
                    ("meeting", "a meeting"),
                    ("event", "an event"),
                    ("host_placement", "work inside a host organisation"),
                    ("online_space", "an online space"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[("in_person", "in person"), ("online", "online"), ("both", "both")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="paid",
            field=models.CharField(
                blank=True, choices=[("yes", "yes"), ("no", "no"), ("some", "some of it")], max_length=10
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="place",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="activity",
            name="purpose",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="recording",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="route_seen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="route_seen_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="scope",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ours", "we organise it"),
                    ("facilitated", "somebody else organises it, and we facilitate it"),
                    ("other", "neither of these"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="scope_why",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="series_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="support",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="under_18",
            field=models.CharField(
                blank=True,
                choices=[("none", "no"), ("possible", "it could happen"), ("yes", "yes")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "depth",
                    models.CharField(
                        choices=[("light", "light"), ("standard", "standard"), ("full", "full")],
                        default="light",
                        max_length=10,
                    ),
                ),
                ("depth_why", models.TextField(blank=True)),
                ("shown_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("copied_text", models.JSONField(null=True)),
                (
                    "register_needed",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes"), ("no", "no"), ("asked", "we are asking")],
                        max_length=10,
                    ),
                ),
                ("register_reference", models.CharField(blank=True, max_length=80)),
                ("register_entered_on", models.DateField(null=True)),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.recordkey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("copied_from", None), ("copied_text", None)),
                            models.Q(("copied_from__isnull", False), ("copied_text__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_copied_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoReminders",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "no reminders",
            },
        ),
        migrations.CreateModel(
            name="SessionCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("plan_version", models.PositiveIntegerField()),
                ("different", models.TextField(blank=True)),
                ("said_by", models.CharField(blank=True, max_length=160)),
                ("checked_at", models.DateTimeField()),
                ("who_was_there", models.TextField(blank=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_by", None), ("who_was_there", "")),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sessioncheck_agreed_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StartWarning",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("starts_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="start_warnings",
                        to="riskassessment.activity",
                    ),
                ),
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
                    models.UniqueConstraint(
                        fields=("activity", "starts_on", "person"), name="one_warning_of_a_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StillTrue",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.CharField(max_length=60)),
                ("said_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="still_true",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "still true",
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "line"), name="a_line_is_still_true_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("author_hash", models.BinaryField(max_length=32, unique=True)),
                ("answers_sealed", models.BinaryField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("may_show", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ZoneRound",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("invited", models.PositiveSmallIntegerField()),
                ("minimum", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("some_rather_not", models.BooleanField(null=True)),
                ("after_told_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zone_round",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "after_told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minimum__gte", 4)), name="zoneround_never_under_four"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="zoneround_closed_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after_told_at", None), ("after_told_by", None)),
                            models.Q(("after_told_at__isnull", False), ("after_told_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="zoneround_after_told_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("facilitates", "facilitates"),
                            ("watches", "watches for people who are missed"),
                            ("takes_part", "takes part"),
                        ],
                        max_length=12,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activity people",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("activity", "person", "place"),
                        name="one_open_place_of_each_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="activityperson_ended_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FedBack",
            fields=[
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="fed_back",
                        serialize=False,
                        to="riskassessment.assessment",
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "fed back",
            },
        ),
        migrations.CreateModel(
            name="AgreedVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.JSONField()),
                ("digest", models.BinaryField(max_length=32)),
                ("who_was_there", models.TextField(blank=True)),
                ("agreed_at", models.DateTimeField()),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed_versions",
                        to="riskassessment.assessment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "version"), name="a_version_is_agreed_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AfterReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("worked", models.TextField(blank=True)),
                ("hard", models.TextField(blank=True)),
                ("change", models.TextField(blank=True)),
                ("learnt", models.TextField(blank=True)),
                (
                    "was_safe",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes"),
                            ("mostly", "mostly"),
                            ("partly", "only in part"),
                            ("no", "no"),
                            ("unsure", "not sure"),
                        ],
                        max_length=10,
                    ),
                ),
                ("was_safe_words", models.TextField(blank=True)),
                (
                    "felt_safe",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes"),
                            ("mostly", "mostly"),
                            ("partly", "only in part"),
                            ("no", "no"),
                            ("unsure", "not sure"),
                        ],
                        max_length=10,
                    ),
                ),
                ("felt_safe_words", models.TextField(blank=True)),
                ("missed", models.TextField(blank=True)),
                ("keep_prompt", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after_review",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Aftercare",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("tellers", "those who told something"),
                            ("hearers", "those who listened"),
                            ("facilitators", "those who facilitated"),
                            ("note_takers", "those who took notes"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("due", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aftercare",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "aftercare",
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "whose"), name="one_aftercare_of_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="aftercare_done_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "detail",
                    models.CharField(
                        choices=[
                            ("title", "the title, the time and the place"),
                            ("hidden", "only the time, as “an activity”"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person",),
                        name="one_calendar_feed_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrozenVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.JSONField()),
                ("digest", models.BinaryField(max_length=32)),
                ("put_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_versions",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "put_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "version"), name="a_version_is_put_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "frozen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conclusion",
                        to="riskassessment.frozenversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoAhead",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.TextField()),
                ("conditions", models.TextField(blank=True)),
                (
                    "pressures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("expedience", "it was quicker or easier"),
                                ("organisation", "the organisation would rather not"),
                                ("assumptions", "we assumed something about the people"),
                                ("instinct", "it was a gut feeling"),
                                ("confrontation", "we did not want a confrontation"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("until", models.DateField()),
                ("given_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="go_aheads",
                        to="riskassessment.frozenversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="goahead_ended_all_or_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("given_on"))),
                        name="goahead_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="goahead_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("link_hash", models.BinaryField(max_length=32, unique=True)),
                ("joined_at", models.DateTimeField()),
                ("link_given_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guests",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "link_given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link_given_at", None), ("link_given_by", None)),
                            models.Q(("link_given_at__isnull", False), ("link_given_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="guest_link_given_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("agree", "I agree"),
                            ("but", "I agree, but"),
                            ("not_yet", "not yet"),
                            ("object", "I object"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("is_named", models.BooleanField(default=False)),
                ("name_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="riskassessment.frozenversion",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="riskassessment.guest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number"), name="agreements_have_an_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", False), ("person", None)),
                            models.Q(("guest", None), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_of_one_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_named", True), ("name_sealed", None), _connector="OR"),
                        name="agreement_name_only_if_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stance__in", ["agree", "not_yet"]),
                            ("words_sealed__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_but_and_object_say_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zone_sheets",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="riskassessment.zoneround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person"), name="one_sheet_of_a_person"),
                    models.UniqueConstraint(fields=("round", "guest"), name="one_sheet_of_a_guest"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest", None), ("person__isnull", False)),
                            models.Q(("guest__isnull", False), ("person", None)),
                            _connector="OR",
                        ),
                        name="zonesheet_of_a_person_or_a_guest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneSeen",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="riskassessment.zonesheet",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "zones seen",
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "person"), name="seen_is_noted_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="taken_back",
                        serialize=False,
                        to="riskassessment.agreement",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "taken back",
            },
        ),
        migrations.CreateModel(
            name="DepthStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("is_wish", models.BooleanField()),
                (
                    "depth",
                    models.CharField(
                        choices=[("light", "light"), ("standard", "standard"), ("full", "full")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="depth_steps",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.guest",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("guest", None)),
                            models.Q(("by", None), ("guest__isnull", False), ("is_wish", True)),
                            _connector="OR",
                        ),
                        name="depthstep_of_one_voice_and_guests_wish",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CouldNot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="could_not",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "typed_in_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="could_not",
                        to="riskassessment.guest",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "could not",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    models.Q(("guest__isnull", False), ("person", None)),
                                    models.Q(("guest", None), ("person__isnull", False)),
                                    _connector="OR",
                                ),
                                ("typed_in_by", None),
                            ),
                            models.Q(("guest", None), ("person", None), ("typed_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="couldnot_own_words_or_typed_in",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("assessment", "person"),
                        name="a_person_could_not_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("guest__isnull", False)),
                        fields=("guest",),
                        name="a_guest_could_not_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("heading", models.CharField(max_length=200)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("material", "it changes what we agreed"),
                            ("small", "it is only a small mistake put right"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("challenged_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenged_guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.guest",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "heading", "key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "version", "key"), name="a_line_changes_once_in_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("challenged_at", None), ("challenged_by", None), ("challenged_guest", None)
                            ),
                            models.Q(
                                ("challenged_at__isnull", False),
                                ("challenged_by__isnull", False),
                                ("challenged_guest", None),
                            ),
                            models.Q(
                                ("challenged_at__isnull", False),
                                ("challenged_by", None),
                                ("challenged_guest__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="change_challenged_by_one_voice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpsCard",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.recordkey",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="helps_card",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CardShare",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("shared_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_shares",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="riskassessment.helpscard",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("card", "activity"), name="a_card_is_shared_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="riskassessment.cardshare",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("share", "person"), name="a_view_is_noted_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinCode",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                ("code_sealed", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("assessment",),
                        name="one_code_of_an_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="joincode_ended_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailStop",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_stops",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "guest",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_stop",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", False), ("person", None)),
                            models.Q(("guest", None), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="mailstop_of_one_voice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("assessment", "person"),
                        name="a_person_stops_mail_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Missed",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("watcher", "whoever watches for people who are missed"),
                            ("lead", "the safeguarding lead"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missed",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "missed",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at", None), ("seen_by", None)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="missed_seen_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameKept",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=240)),
                ("kept_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names_kept",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "names kept",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "line", "name"), name="a_name_is_kept_once_in_a_line"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("put", "A plan waits for your answer"),
                            ("changed", "A plan that you agreed to has changed"),
                            ("ended", "Going ahead without agreement has ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("message", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="riskassessment.frozenversion",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "news",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", False), ("person", None)),
                            models.Q(("guest", None), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="news_of_one_voice",
                    ),
                    models.UniqueConstraint(
                        fields=("frozen", "kind", "person"), name="a_person_hears_of_it_once"
                    ),
                    models.UniqueConstraint(
                        fields=("frozen", "kind", "guest"), name="a_guest_hears_of_it_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotRelevant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("travel", "getting there and home"),
                            ("place", "the place"),
                            ("people", "how people are with one another"),
                            ("social", "photos, posts and social media"),
                            ("teller", "those who tell what happened to them"),
                            ("hearer", "those who hear it"),
                            ("missed", "being missed or passed over"),
                            ("power", "power and injustice"),
                            ("time", "time and pressure"),
                            ("online", "being online"),
                            ("access", "access"),
                            ("money", "money"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("said_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_relevant",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "not relevant",
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "area"), name="one_reason_for_an_area"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[("stands", "I stand by it"), ("withdrawn", "I take it back")],
                        max_length=10,
                    ),
                ),
                ("replied_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="riskassessment.agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at", None), ("reply", "")),
                            models.Q(models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="objectionanswer_reply_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("what_happens", models.TextField(blank=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("content_note", models.TextField(blank=True)),
                ("another_way", models.TextField(blank=True)),
                ("for_everybody", models.BooleanField(default=False)),
                (
                    "intended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("comfort", "comfort"),
                            ("stretch", "stretch"),
                            ("panic", "panic (or stress)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "agreed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("comfort", "comfort"),
                            ("stretch", "stretch"),
                            ("panic", "panic (or stress)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("agreed_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("activity", "order"),
                        name="one_part_at_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed", ""), ("agreed_at", None), ("agreed_by", None)),
                            models.Q(
                                models.Q(("agreed", ""), _negated=True),
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="part_agreed_all_or_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "before it"), ("now", "now, in it"), ("after", "after it")],
                        max_length=6,
                    ),
                ),
                ("zone_sealed", models.BinaryField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.part",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="riskassessment.zonesheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "part", "stage"), name="one_answer_to_a_part_and_stage"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneGuess",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("comfort", "comfort"),
                            ("stretch", "stretch"),
                            ("panic", "panic (or stress)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("guessed_at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.part",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guesses",
                        to="riskassessment.zoneround",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "zone guesses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "part", "person"), name="one_guess_of_each_about_a_part"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupPicture",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "before it"), ("now", "now, in it"), ("after", "after it")],
                        default="before",
                        max_length=6,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.JSONField()),
                ("released_at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="riskassessment.part",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="riskassessment.zoneround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "part", "stage", "number"), name="a_picture_is_released_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage", "now"), _negated=True), name="no_picture_of_what_is_now"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("need", "something that would help somebody"),
                            ("group", "from the group, talking"),
                            ("organiser", "from those who facilitate"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what_sealed", models.BinaryField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("do", "we do it"),
                            ("partly", "we do a part of it"),
                            ("not", "not this time"),
                        ],
                        max_length=6,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="riskassessment.part",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_decided_all_or_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="adjustment_done_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageText",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("good", "The good we want to come of it"),
                            ("safe", "What safe means to us"),
                            ("support", "Who to turn to, before, during and after"),
                            ("step_out", "How to step out, and take part in another way"),
                            ("decides", "Who decides, and about what"),
                            ("paid", "Who is paid for this, and who is not"),
                            ("say_no", "Who can say no, and what happens then"),
                            ("unheard", "Who we have not heard yet, and how we ask them"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "name"), name="one_passage_of_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("paused", models.BooleanField()),
                ("offered_sealed", models.BinaryField(null=True)),
                (
                    "chose",
                    models.CharField(
                        choices=[
                            ("went_on", "to go on"),
                            ("break", "a break, and then to come back"),
                            ("another_way", "to take part in another way"),
                            ("left", "to leave"),
                            ("not_said", "they did not say, and that is fine"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "wanted",
                    models.CharField(
                        choices=[
                            ("none", "nothing"),
                            ("message", "a message"),
                            ("call", "a call"),
                            ("in_person", "to talk in person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("who_sealed", models.BinaryField(null=True)),
                ("on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pause_done_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name_sealed", models.BinaryField(null=True)),
                ("address_sealed", models.BinaryField(null=True)),
                ("address_hash", models.BinaryField(max_length=32, null=True)),
                ("message", models.UUIDField(null=True)),
                ("invited_at", models.DateTimeField()),
                ("again_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "again_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "guest",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guest__isnull", False), ("person", None)),
                            models.Q(("guest", None), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_of_one_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address_hash", None), ("address_sealed", None), ("guest", None)),
                            models.Q(("address_hash__isnull", False), ("guest__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_address_of_a_guest",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("assessment", "person"),
                        name="a_person_invited_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("assessment", "address_hash"),
                        name="an_address_invited_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("again_at", None), ("again_by", None)),
                            models.Q(("again_at__isnull", False), ("again_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_again_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_withdrawn_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("travel", "getting there and home"),
                            ("place", "the place"),
                            ("people", "how people are with one another"),
                            ("social", "photos, posts and social media"),
                            ("teller", "those who tell what happened to them"),
                            ("hearer", "those who hear it"),
                            ("missed", "being missed or passed over"),
                            ("power", "power and injustice"),
                            ("time", "time and pressure"),
                            ("online", "being online"),
                            ("access", "access"),
                            ("money", "money"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("learning", models.CharField(blank=True, max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=1)),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="riskassessment.prompt",
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at", None), ("retired_by", None)),
                            models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="prompt_retired_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follows", None), ("version", 1)),
                            models.Q(("follows__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="prompt_only_the_first_follows_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.prompt",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion_answers",
                        to="riskassessment.afterreview",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("review"),
                        django.db.models.functions.text.MD5("words"),
                        name="a_suggestion_is_answered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prompt__isnull", False), ("why", "")),
                            models.Q(("prompt", None), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_suggestion_is_taken_or_set_aside_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Worry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("plan", models.TextField(blank=True)),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("travel", "getting there and home"),
                            ("place", "the place"),
                            ("people", "how people are with one another"),
                            ("social", "photos, posts and social media"),
                            ("teller", "those who tell what happened to them"),
                            ("hearer", "those who hear it"),
                            ("missed", "being missed or passed over"),
                            ("power", "power and injustice"),
                            ("time", "time and pressure"),
                            ("online", "being online"),
                            ("access", "access"),
                            ("money", "money"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("affected", models.TextField(blank=True)),
                ("likely", models.TextField(blank=True)),
                ("already", models.TextField(blank=True)),
                ("parts", models.TextField(blank=True)),
                ("judgement", models.TextField(blank=True)),
                ("dissent", models.TextField(blank=True)),
                ("sure", models.TextField(blank=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remove", "remove it"),
                            ("smaller", "make it smaller"),
                            ("plan", "have a plan if it happens"),
                            ("together", "take it together, for this good"),
                            ("unsettled", "we cannot settle it yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decision_why", models.TextField(blank=True)),
                ("gain", models.TextField(blank=True)),
                ("signs", models.TextField(blank=True)),
                ("first_step", models.TextField(blank=True)),
                ("who", models.TextField(blank=True)),
                ("where", models.TextField(blank=True)),
                ("support", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="worries",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="riskassessment.worry",
                    ),
                ),
                ("linked", models.ManyToManyField(related_name="worries", to="riskassessment.part")),
                (
                    "prompt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="worries",
                        to="riskassessment.prompt",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "worries",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="worry_removed_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("what", models.TextField()),
                ("who_name", models.CharField(blank=True, max_length=120)),
                ("by_when", models.DateField(null=True)),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("money", "money"), ("time", "time"), ("space", "space")], max_length=10
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("link_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                ("made_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("declined_words", models.TextField(blank=True)),
                ("unmet_at", models.DateTimeField(null=True)),
                ("unmet_why", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("evidence", models.TextField(blank=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unmet_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "worry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="riskassessment.worry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("who", None), ("who_name", ""), _connector="OR"),
                        name="action_is_one_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("declined_at", None), _connector="OR"),
                        name="action_accepted_or_declined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unmet_at", None), ("unmet_by", None), ("unmet_why", "")),
                            models.Q(
                                ("unmet_at__isnull", False),
                                ("unmet_by__isnull", False),
                                models.Q(("unmet_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_unmet_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_done_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayNote",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "something changed"),
                            ("plan_used", "a plan was used"),
                            ("near_miss", "a near miss: it could have gone wrong"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what_sealed", models.BinaryField(null=True)),
                ("decided_sealed", models.BinaryField(null=True)),
                ("told_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_notes",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_notes",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "worry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.worry",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("guest", None)),
                            models.Q(("by", None), ("guest__isnull", False)),
                            _connector="OR",
                        ),
                        name="daynote_of_one_voice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("safe", "what safe means"),
                            ("worry", "a worry"),
                            ("helps", "what would help"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("unnamed", "nobody"),
                            ("known", "only those who facilitate"),
                            ("named", "the whole group"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("used", "used"),
                            ("partly", "used in part"),
                            ("not_used", "not used"),
                            ("parked", "kept for later"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer_words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "typed_in_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="riskassessment.guest",
                    ),
                ),
                (
                    "worry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="riskassessment.worry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["assessment", "at"], name="contribution_in_order"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("guest__isnull", False), ("typed_in_by__isnull", False), _connector="OR"
                        ),
                        name="contribution_of_a_guest_or_typed_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_answered_all_or_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            models.Q(("name_sealed", None), ("words_sealed", None)),
                            _connector="OR",
                        ),
                        name="contribution_withdrawn_is_wiped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mitigation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("put_in_at", models.DateTimeField()),
                (
                    "put_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.value",
                    ),
                ),
                (
                    "way",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.wayofworking",
                    ),
                ),
                (
                    "worry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mitigations",
                        to="riskassessment.worry",
                    ),
                ),
            ],
            options={
                "ordering": ["put_in_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value__isnull", False), ("way", None)),
                            models.Q(("value", None), ("way__isnull", False)),
                            _connector="OR",
                        ),
                        name="mitigation_is_a_way_or_a_value",
                    ),
                    models.UniqueConstraint(fields=("worry", "way"), name="a_way_once_in_a_worry"),
                    models.UniqueConstraint(fields=("worry", "value"), name="a_value_once_in_a_worry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanOutcome",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("used", "it was used, and it helped"),
                            ("not_enough", "it was used, and it was not enough"),
                            ("not_needed", "it was not needed"),
                            ("missed", "it was needed, and we did not use it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="riskassessment.activity",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="riskassessment.assessment",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="riskassessment.worry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("worry", "activity"), name="one_outcome_of_each_plan"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminded",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("about_id", models.UUIDField()),
                ("occasion", models.CharField(max_length=40)),
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
                "verbose_name_plural": "reminded",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "about_id", "occasion"), name="one_mail_an_occasion"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=160)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("weeks", "every so many weeks"),
                            ("weekday", "every month, on the same weekday of the month"),
                            ("last", "every month, on the last such weekday"),
                        ],
                        max_length=10,
                    ),
                ),
                ("weeks", models.PositiveSmallIntegerField(default=1)),
                ("begins_on", models.DateField()),
                ("begins_at", models.TimeField()),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("until", models.DateField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="begins",
                        to="riskassessment.activity",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weeks__gte", 1)), name="series_weeks_move_on"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="series_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="series_ended_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="riskassessment.series",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["starts_at"], name="activity_starts"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("route_seen_at", None), ("route_seen_by", None)),
                    models.Q(("route_seen_at__isnull", False), ("route_seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="activity_route_seen_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at", None),
                    models.Q(("ends_at__gte", models.F("starts_at")), ("starts_at__isnull", False)),
                    _connector="OR",
                ),
                name="activity_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("series", None), ("series_day", None)),
                    models.Q(("series__isnull", False), ("series_day__isnull", False)),
                    _connector="OR",
                ),
                name="activity_series_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                fields=("series", "series_day"), name="one_session_on_each_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_by", None), ("cancelled_why", "")),
                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                    _connector="OR",
                ),
                name="activity_cancelled_both_or_neither",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(write_the_first_prompts, migrations.RunPython.noop),
    ]
