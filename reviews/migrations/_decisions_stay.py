"""What a review decided, looked at and published stays: the database refuses, whoever asks."""

FORWARD = """
CREATE FUNCTION reviews_only_followed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.followed_at IS NOT NULL
        OR (to_jsonb(OLD) - 'followed_at') IS DISTINCT FROM (to_jsonb(NEW) - 'followed_at') THEN
        RAISE EXCEPTION 'a later one follows; none is changed or lost';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON reviews_clausedecision
    FOR EACH ROW EXECUTE FUNCTION reviews_only_followed();
CREATE TRIGGER looks_stay BEFORE UPDATE OR DELETE ON reviews_pressurelook
    FOR EACH ROW EXECUTE FUNCTION reviews_only_followed();
CREATE TRIGGER assents_stay BEFORE UPDATE OR DELETE ON reviews_assent
    FOR EACH ROW EXECUTE FUNCTION reviews_only_followed();

CREATE FUNCTION reviews_records_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what is published is never changed'; END $$;
CREATE TRIGGER records_stay BEFORE UPDATE OR DELETE ON reviews_reviewrecord
    FOR EACH ROW EXECUTE FUNCTION reviews_records_stay();
CREATE TRIGGER record_files_stay BEFORE UPDATE OR DELETE ON reviews_reviewrecordfile
    FOR EACH ROW EXECUTE FUNCTION reviews_records_stay();
"""

BACKWARD = """
DROP TRIGGER record_files_stay ON reviews_reviewrecordfile;
DROP TRIGGER records_stay ON reviews_reviewrecord;
DROP FUNCTION reviews_records_stay();
DROP TRIGGER assents_stay ON reviews_assent;
DROP TRIGGER looks_stay ON reviews_pressurelook;
DROP TRIGGER decisions_stay ON reviews_clausedecision;
DROP FUNCTION reviews_only_followed();
"""
