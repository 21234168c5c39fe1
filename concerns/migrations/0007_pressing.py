"""What presses most in a concern, derived by the database, so that "what needs me" is one short look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("concerns", "0006_list_orders")]

    operations = [
        migrations.AddField(
            model_name="concern",
            name="pressing",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(acknowledged_at=None, then=1),
                    models.When(unread_replies__gt=0, then=2),
                    models.When(second_look_by__isnull=False, then=3),
                ),
                output_field=models.PositiveSmallIntegerField(
                    choices=[
                        (1, "nobody has acknowledged it"),
                        (2, "a reply waits"),
                        (3, "a second look is wanted"),
                    ],
                    null=True,
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("pressing__isnull", False)),
                fields=["pressing", "acknowledge_by", "id"],
                name="concern_pressing",
            ),
        ),
    ]
