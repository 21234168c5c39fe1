"""A pack that is made, and a figure that was told, are never changed; two windows of a figure never overlap."""

FORWARD = """
CREATE FUNCTION reviews_packs_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.made_at IS NOT NULL THEN RAISE EXCEPTION 'a pack is never changed'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER packs_are_frozen BEFORE UPDATE OR DELETE ON reviews_evidencepack
    FOR EACH ROW EXECUTE FUNCTION reviews_packs_are_frozen();

CREATE FUNCTION reviews_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'this is never changed'; END $$;
CREATE TRIGGER pack_files_stay BEFORE UPDATE OR DELETE ON reviews_packfile
    FOR EACH ROW EXECUTE FUNCTION reviews_refuse_change();
CREATE TRIGGER figures_stay BEFORE UPDATE OR DELETE ON reviews_figurereleased
    FOR EACH ROW EXECUTE FUNCTION reviews_refuse_change();

CREATE FUNCTION reviews_figures_stand_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7140006);
    IF EXISTS (SELECT 1 FROM reviews_figurereleased f
        WHERE f.starts_on < NEW.ends_before AND NEW.starts_on < f.ends_before
        AND (f.starts_on, f.ends_before) <> (NEW.starts_on, NEW.ends_before)) THEN
        RAISE EXCEPTION 'two figures that overlap could be subtracted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER figures_stand_apart BEFORE INSERT ON reviews_figurereleased
    FOR EACH ROW EXECUTE FUNCTION reviews_figures_stand_apart();
"""

BACKWARD = """
DROP TRIGGER figures_stand_apart ON reviews_figurereleased;
DROP FUNCTION reviews_figures_stand_apart();
DROP TRIGGER figures_stay ON reviews_figurereleased;
DROP TRIGGER pack_files_stay ON reviews_packfile;
DROP FUNCTION reviews_refuse_change();
DROP TRIGGER packs_are_frozen ON reviews_evidencepack;
DROP FUNCTION reviews_packs_are_frozen();
"""
