"""What was put to the group, answered, agreed or released is never changed: the database refuses, whoever asks."""

from django.conf import settings

FORWARD = f"""
CREATE FUNCTION riskassessment_agreed_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was agreed is never changed'; END $$;
CREATE TRIGGER agreed_is_frozen BEFORE UPDATE OR DELETE ON riskassessment_agreedversion
    FOR EACH ROW EXECUTE FUNCTION riskassessment_agreed_is_frozen();

CREATE FUNCTION riskassessment_put_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was put to the group, and what somebody answered, is never changed'; END $$;
CREATE TRIGGER put_is_frozen BEFORE UPDATE OR DELETE ON riskassessment_frozenversion
    FOR EACH ROW EXECUTE FUNCTION riskassessment_put_is_frozen();
CREATE TRIGGER answer_is_frozen BEFORE UPDATE OR DELETE ON riskassessment_agreement
    FOR EACH ROW EXECUTE FUNCTION riskassessment_put_is_frozen();

CREATE FUNCTION riskassessment_picture_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was released is never changed'; END $$;
CREATE TRIGGER picture_is_frozen BEFORE UPDATE OR DELETE ON riskassessment_grouppicture
    FOR EACH ROW EXECUTE FUNCTION riskassessment_picture_is_frozen();

REVOKE UPDATE, DELETE ON riskassessment_agreedversion, riskassessment_frozenversion, riskassessment_agreement,
    riskassessment_grouppicture FROM "{settings.DATABASE_APP_ROLE}";
"""

BACKWARD = """
DROP TRIGGER picture_is_frozen ON riskassessment_grouppicture;
DROP FUNCTION riskassessment_picture_is_frozen();
DROP TRIGGER answer_is_frozen ON riskassessment_agreement;
DROP TRIGGER put_is_frozen ON riskassessment_frozenversion;
DROP FUNCTION riskassessment_put_is_frozen();
DROP TRIGGER agreed_is_frozen ON riskassessment_agreedversion;
DROP FUNCTION riskassessment_agreed_is_frozen();
"""
