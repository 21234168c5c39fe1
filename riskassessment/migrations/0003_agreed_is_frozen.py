"""What was agreed is never changed or deleted: the database refuses, whoever asks."""

from django.conf import settings
from django.db import migrations

FORWARD = f"""
CREATE FUNCTION riskassessment_agreed_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was agreed is never changed'; END $$;
CREATE TRIGGER agreed_is_frozen BEFORE UPDATE OR DELETE ON riskassessment_agreedversion
    FOR EACH ROW EXECUTE FUNCTION riskassessment_agreed_is_frozen();
REVOKE UPDATE, DELETE ON riskassessment_agreedversion FROM "{settings.DATABASE_APP_ROLE}";
"""

BACKWARD = """
DROP TRIGGER agreed_is_frozen ON riskassessment_agreedversion;
DROP FUNCTION riskassessment_agreed_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("riskassessment", "0002_planning_together")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
