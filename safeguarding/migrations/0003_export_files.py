"""An export's files get rows and a key of their own, and only the person who asked sees them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

SCOPE = "(SELECT current_setting('app.scope', true))"
PERSON = "(SELECT nullif(current_setting('app.person', true), '')::uuid)"
FORWARD = f"""
ALTER TABLE safeguarding_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON safeguarding_export USING ({SCOPE} = 'system' OR person_id = {PERSON});
ALTER TABLE safeguarding_exportfile ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON safeguarding_exportfile USING (
    EXISTS (SELECT 1 FROM safeguarding_export e WHERE e.id = export_id));
"""
BACKWARD = """
DROP POLICY in_context ON safeguarding_exportfile;
ALTER TABLE safeguarding_exportfile DISABLE ROW LEVEL SECURITY;
DROP POLICY in_context ON safeguarding_export;
ALTER TABLE safeguarding_export DISABLE ROW LEVEL SECURITY;
"""
PURPOSES = [
    ("hand_on", "to pass it to people who must act on it"),
    ("look", "for a second look, a review or supervision"),
    ("asked", "the person it is about asked for it"),
    ("law", "the law or a court asks for it"),
    ("other", "something else"),
]


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0002_audit_chain")]
    operations = [
        migrations.RemoveField("export", "content"),
        migrations.RemoveField("export", "digest"),
        migrations.RemoveField("export", "file_name"),
        migrations.AlterField("export", "purpose", models.CharField(choices=PURPOSES, max_length=10)),
        migrations.AddField(
            "export", "name", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.AddField("export", "words_sealed", models.BinaryField(editable=False, null=True)),
        migrations.AddField(
            "export",
            "key",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="safeguarding.recordkey",
            ),
        ),
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ending", models.CharField(max_length=4)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.BinaryField(db_index=True, max_length=32)),
                ("content_sealed", models.BinaryField(editable=False, null=True)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="safeguarding.export",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("export", "ending"), name="one_file_per_ending")
                ]
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
