"""What triage needs: indexes for each list, a reason beside an entry, answers that cannot be rewritten.

When a record was first opened is no longer stored: the audit knows, and a page view writes nothing else.
"""

from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER write_once BEFORE UPDATE ON concerns_closing
    FOR EACH ROW EXECUTE FUNCTION concerns_write_once();
CREATE FUNCTION concerns_lock_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.words_sealed, NEW.from_reporter, NEW.by_id, NEW.at, NEW.concern_id)
        IS DISTINCT FROM (OLD.words_sealed, OLD.from_reporter, OLD.by_id, OLD.at, OLD.concern_id)
    THEN RAISE EXCEPTION 'a message is written once'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER write_once BEFORE UPDATE ON concerns_message
    FOR EACH ROW EXECUTE FUNCTION concerns_lock_message();
"""
BACKWARD = """
DROP TRIGGER write_once ON concerns_message;
DROP FUNCTION concerns_lock_message();
DROP TRIGGER write_once ON concerns_closing;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("concerns", "0004_ladder"),
        ("riskassessment", "0001_initial"),
        ("safeguarding", "0002_audit_chain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="concern",
            name="concern_opened_both_or_neither",
        ),
        migrations.RemoveIndex(
            model_name="concern",
            name="concern_waiting",
        ),
        migrations.RemoveIndex(
            model_name="concern",
            name="concern_not_closed",
        ),
        migrations.RemoveIndex(
            model_name="concern",
            name="concern_assigned",
        ),
        migrations.RemoveIndex(
            model_name="concern",
            name="concern_replies",
        ),
        migrations.RemoveField(
            model_name="concern",
            name="opened_at",
        ),
        migrations.RemoveField(
            model_name="concern",
            name="opened_by",
        ),
        migrations.AddField(
            model_name="entry",
            name="reason_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="closing",
            name="still_at_risk",
            field=models.CharField(
                choices=[("no", "no"), ("yes", "yes"), ("not_sure", "not sure")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="concern",
            name="next_step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("talk_to_reporter", "talk with the person who raised it"),
                    ("talk_to_someone", "talk with someone involved"),
                    ("find_out", "find out more"),
                    ("get_advice", "get advice"),
                    ("hand_over", "hand it over"),
                    ("wait", "wait for an answer"),
                    ("check_in", "check how people are"),
                    ("support", "arrange support"),
                    ("change_something", "change how we do something"),
                    ("decide", "decide what to do"),
                    ("close", "close it"),
                    ("other", "something else"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("acknowledged_at", None)),
                fields=["acknowledge_by", "id"],
                name="concern_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["-raised_at", "-id"],
                name="concern_not_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["assigned_to", "-raised_at", "-id"], name="concern_assigned"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["how_soon", "-raised_at", "-id"], name="concern_how_soon"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["kind", "-raised_at", "-id"], name="concern_kind"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("next_step_on__isnull", False)
                ),
                fields=["next_step_on", "id"],
                name="concern_next_step",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("second_look_by__isnull", False)),
                fields=["second_look_by", "id"],
                name="concern_second_look",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("unread_replies__gt", 0)),
                fields=["-raised_at", "-id"],
                name="concern_replies",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
