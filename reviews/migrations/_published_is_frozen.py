"""What is published is never changed, and a number of a clause never goes: the database refuses, whoever asks."""

FORWARD = """
CREATE FUNCTION reviews_refuse_published(statement uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reviews_statementversion v WHERE v.id = statement AND v.state = 'published') THEN
        RAISE EXCEPTION 'what is published is never changed';
    END IF;
END $$;

CREATE FUNCTION reviews_texts_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM reviews_refuse_published(OLD.statement_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM reviews_refuse_published(NEW.statement_id); RETURN NEW; END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER texts_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON reviews_clausetext
    FOR EACH ROW EXECUTE FUNCTION reviews_texts_are_frozen();

CREATE FUNCTION reviews_values_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE link reviews_clausetext_values;
BEGIN
    IF TG_OP = 'DELETE' THEN link := OLD; ELSE link := NEW; END IF;
    PERFORM reviews_refuse_published(t.statement_id) FROM reviews_clausetext t WHERE t.id = link.clausetext_id;
    RETURN link;
END $$;
CREATE TRIGGER values_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON reviews_clausetext_values
    FOR EACH ROW EXECUTE FUNCTION reviews_values_are_frozen();

CREATE FUNCTION reviews_versions_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR OLD.valid_to IS NOT NULL
        OR (to_jsonb(OLD) - 'valid_to') IS DISTINCT FROM (to_jsonb(NEW) - 'valid_to')) THEN
        RAISE EXCEPTION 'what is published is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER versions_are_frozen BEFORE UPDATE OR DELETE ON reviews_statementversion
    FOR EACH ROW EXECUTE FUNCTION reviews_versions_are_frozen();

CREATE FUNCTION reviews_clauses_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a clause keeps its number for ever'; END $$;
CREATE TRIGGER clauses_stay BEFORE UPDATE OR DELETE ON reviews_clause
    FOR EACH ROW EXECUTE FUNCTION reviews_clauses_stay();
"""

BACKWARD = """
DROP TRIGGER clauses_stay ON reviews_clause;
DROP FUNCTION reviews_clauses_stay();
DROP TRIGGER versions_are_frozen ON reviews_statementversion;
DROP FUNCTION reviews_versions_are_frozen();
DROP TRIGGER values_are_frozen ON reviews_clausetext_values;
DROP FUNCTION reviews_values_are_frozen();
DROP TRIGGER texts_are_frozen ON reviews_clausetext;
DROP FUNCTION reviews_texts_are_frozen();
DROP FUNCTION reviews_refuse_published(uuid);
"""
