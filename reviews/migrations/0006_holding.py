import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reviews.migrations._decisions_stay import BACKWARD, FORWARD


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0005_pack"),
        ("safeguarding", "0012_longer_media_type"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("begun_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("ways", models.JSONField(default=list)),
                ("took_part_sealed", models.BinaryField(null=True)),
                ("missing_sealed", models.BinaryField(null=True)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("aloud", "read aloud, and nobody objected"),
                            ("each", "each of us said what they think"),
                            ("consent", "we went on when everybody could live with it"),
                            ("hands", "we counted hands, after we heard each objection"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "we agreed"),
                            ("objections", "we agreed, and keep the objections with it"),
                            ("not_agreed", "we did not agree"),
                        ],
                        max_length=12,
                    ),
                ),
                ("agreed_words_sealed", models.BinaryField(null=True)),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gathering",
                        to="reviews.reviewcycle",
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safeguarding.recordkey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("held_on", models.DateField()),
                ("summary", models.TextField()),
                ("said_did", models.TextField()),
                ("content", models.JSONField()),
                ("published_at", models.DateTimeField()),
                (
                    "gathering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="reviews.gathering",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.statementversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TakingPart",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("link_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                ("joined_at", models.DateTimeField()),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taking_part",
                        to="reviews.gathering",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("gathering", "person"),
                        name="a_member_takes_part_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link_hash", None), ("person__isnull", False), ("typed_in_by", None)),
                            models.Q(("link_hash__isnull", False), ("person", None)),
                            _connector="OR",
                        ),
                        name="takes_part_by_account_or_link",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "said",
                    models.CharField(
                        choices=[("agree", "I agree"), ("but", "I agree, but"), ("object", "I object")],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("may_be_shown", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("followed_at", models.DateTimeField(null=True)),
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
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assents",
                        to="reviews.gathering",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assents",
                        to="reviews.takingpart",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("by__isnull", False), ("followed_at", None)),
                        fields=("by",),
                        name="one_assent_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("typed_in_by", None)),
                            models.Q(("by", None), ("typed_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="assent_of_somebody_or_typed_in",
                    ),
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
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("keep", "keep it as it is"),
                            ("change", "change it"),
                            ("discuss", "talk about it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("proposed_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="reviews.takingpart",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.clause"
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="reviews.gathering",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["gathering", "at"], name="voice_in_order"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            models.Q(("proposed_sealed", None), ("words_sealed", None)),
                            _connector="OR",
                        ),
                        name="voice_taken_back_is_wiped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "decided",
                    models.CharField(
                        choices=[
                            ("keep", "we keep it as it is"),
                            ("change", "we change it"),
                            ("discuss", "we talk about it again later"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.TextField()),
                ("after", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("again_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("followed_at", models.DateTimeField(null=True)),
                ("answers", models.ManyToManyField(related_name="+", to="reviews.suggestion")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reviews.clause",
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reviews.gathering",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("followed_at", None)),
                        fields=("gathering", "clause"),
                        name="one_decision_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided", "change"),
                                models.Q(("after", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(models.Q(("decided", "change"), _negated=True), ("after", "")),
                            _connector="OR",
                        ),
                        name="a_change_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("again_on__isnull", False), ("decided", "discuss")),
                            models.Q(models.Q(("decided", "discuss"), _negated=True), ("again_on", None)),
                            _connector="OR",
                        ),
                        name="talked_about_again_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedFor",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.clause"
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for",
                        to="reviews.gathering",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "asked for",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gathering", "clause"), name="a_clause_is_asked_for_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatheringCode",
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="reviews.gathering",
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
                        fields=("gathering",),
                        name="one_code_of_a_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_code_ended_both_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PressureLook",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("of", models.UUIDField()),
                ("is_ours", models.BooleanField()),
                ("seen", models.JSONField()),
                ("words_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                ("followed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="reviews.gathering",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("followed_at", None)),
                        fields=("gathering", "of"),
                        name="one_look_stands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField()),
                ("owner", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("address_sealed", models.BinaryField(null=True)),
                ("link_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "accepted",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "yes, I take it on"), ("no", "no, I cannot")],
                        max_length=3,
                    ),
                ),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "kept",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "kept"), ("partly", "kept in part"), ("not_kept", "not kept")],
                        max_length=10,
                    ),
                ),
                ("kept_words_sealed", models.BinaryField(null=True)),
                ("kept_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="reviews.gathering",
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
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", ""), ("accepted_at", None)),
                            models.Q(
                                models.Q(("accepted", ""), _negated=True), ("accepted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="promise_accepted_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept", ""), ("kept_at", None), ("kept_words_sealed", None)),
                            models.Q(models.Q(("kept", ""), _negated=True), ("kept_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="promise_kept_both_or_neither",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("address_sealed", None), _connector="OR"),
                        name="promise_owner_reached_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRecordFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ending", models.CharField(max_length=4)),
                ("media_type", models.CharField(max_length=80)),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reviews.reviewrecord",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "ending"), name="a_review_record_once_as_each_file"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
