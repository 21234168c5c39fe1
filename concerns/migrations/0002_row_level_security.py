"""Row-level security: without a context (safeguarding.context) every table of a concern is empty.

The application's role owns no table, so the policies hold for it. Originals and entries are locked
by triggers, which hold for everybody.
"""

from django.conf import settings
from django.db import migrations

APP = settings.DATABASE_APP_ROLE
SCOPE = "(SELECT current_setting('app.scope', true))"
PERSON = "(SELECT nullif(current_setting('app.person', true), '')::uuid)"
CONCERN = "(SELECT nullif(current_setting('app.concern', true), '')::uuid)"
CHILDREN = ("reporteridentity", "involvedperson", "nametoken", "entry", "message", "closing")
LISTS = ("exclusion", "telling")  # the concern's own policy reads these

FORWARD = (
    f"""
ALTER TABLE concerns_concern ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON concerns_concern USING (
    {SCOPE} = 'system'
    OR ({SCOPE} = 'concern' AND id = {CONCERN})
    OR ({SCOPE} IN ('staff', 'told')
        AND NOT EXISTS (SELECT 1 FROM concerns_exclusion e
            WHERE e.concern_id = concerns_concern.id AND e.person_id = {PERSON})
        AND ({SCOPE} = 'staff' OR assigned_to_id = {PERSON}
            OR EXISTS (SELECT 1 FROM concerns_telling t
                WHERE t.concern_id = concerns_concern.id AND t.person_id = {PERSON})))
);
"""
    + "".join(
        f"""
ALTER TABLE concerns_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON concerns_{table} USING (
    EXISTS (SELECT 1 FROM concerns_concern c WHERE c.id = concern_id));
"""
        for table in CHILDREN
    )
    + "".join(
        f"""
ALTER TABLE concerns_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON concerns_{table} USING ({SCOPE} <> '');
"""
        for table in LISTS
    )
    + f"""
CREATE FUNCTION concerns_lock_original() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.words_sealed, NEW.raised_at, NEW.told_at, NEW.reference, NEW.key_id, NEW.how_soon_asked)
        IS DISTINCT FROM
       (OLD.words_sealed, OLD.raised_at, OLD.told_at, OLD.reference, OLD.key_id, OLD.how_soon_asked)
    THEN RAISE EXCEPTION 'what was first said is never changed'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lock_original BEFORE UPDATE ON concerns_concern
    FOR EACH ROW EXECUTE FUNCTION concerns_lock_original();
CREATE FUNCTION concerns_write_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an entry is written once; add a correction'; END $$;
CREATE TRIGGER write_once BEFORE UPDATE ON concerns_entry
    FOR EACH ROW EXECUTE FUNCTION concerns_write_once();
REVOKE DELETE ON concerns_concern, concerns_entry, concerns_message, concerns_closing,
    concerns_exclusion, concerns_telling, concerns_reporteridentity, concerns_involvedperson FROM "{APP}";
"""
)

BACKWARD = (
    "".join(
        f"DROP POLICY in_context ON concerns_{table}; ALTER TABLE concerns_{table} DISABLE ROW LEVEL SECURITY;\n"
        for table in ("concern", *CHILDREN, *LISTS)
    )
    + """
DROP TRIGGER write_once ON concerns_entry;
DROP FUNCTION concerns_write_once();
DROP TRIGGER lock_original ON concerns_concern;
DROP FUNCTION concerns_lock_original();
"""
)


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
