"""The audit chain, in plain SQL: the database numbers and hashes each row and refuses every change."""

from django.conf import settings
from django.db import migrations

FORWARD = f"""
CREATE FUNCTION safeguarding_audit_text(entry safeguarding_auditentry) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws('|', entry.seq, entry.id,
        to_char(entry.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.actor_kind, coalesce(entry.actor_id::text, '-'), entry.verb,
        entry.about_type, coalesce(entry.about_id::text, '-'), entry.facts::text)
$$;

CREATE FUNCTION safeguarding_audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    PERFORM pg_advisory_xact_lock(7140002);
    SELECT seq, hash INTO last FROM safeguarding_auditentry ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, ''::bytea);
    NEW.recorded_at := clock_timestamp();
    NEW.hash := sha256(NEW.previous_hash || convert_to(safeguarding_audit_text(NEW), 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON safeguarding_auditentry
    FOR EACH ROW EXECUTE FUNCTION safeguarding_audit_chain();

CREATE FUNCTION safeguarding_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit rows are never changed or deleted'; END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON safeguarding_auditentry
    FOR EACH ROW EXECUTE FUNCTION safeguarding_audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON safeguarding_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION safeguarding_audit_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON safeguarding_auditentry FROM "{settings.DATABASE_APP_ROLE}";

CREATE TABLE django_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX django_cache_expires ON django_cache (expires);
"""

BACKWARD = """
DROP TABLE django_cache;
DROP TRIGGER audit_no_truncate ON safeguarding_auditentry;
DROP TRIGGER audit_no_change ON safeguarding_auditentry;
DROP TRIGGER audit_chain ON safeguarding_auditentry;
DROP FUNCTION safeguarding_audit_refuse();
DROP FUNCTION safeguarding_audit_chain();
DROP FUNCTION safeguarding_audit_text(safeguarding_auditentry);
"""


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
