"""What somebody said of how we act, and what we answered, is only added to: the database refuses the rest."""

TABLES = ("", "about", "round", "answer", "mark", "action", "actiondone", "reminded")

FORWARD = """
CREATE FUNCTION reviews_challenges_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a challenge and its answers are only added to'; END $$;
""" + "".join(
    f"CREATE TRIGGER challenges_stay BEFORE UPDATE OR DELETE ON reviews_challenge{table}"
    " FOR EACH ROW EXECUTE FUNCTION reviews_challenges_stay();\n"
    for table in TABLES
)

BACKWARD = (
    "".join(f"DROP TRIGGER challenges_stay ON reviews_challenge{table};\n" for table in TABLES)
    + "DROP FUNCTION reviews_challenges_stay();"
)
