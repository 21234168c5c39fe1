"""What a correction of a record says stays, as the record does: the database refuses, whoever asks."""

FORWARD = """
CREATE TRIGGER corrections_stay BEFORE UPDATE OR DELETE ON reviews_recordcorrection
    FOR EACH ROW EXECUTE FUNCTION reviews_records_stay();
"""

BACKWARD = "DROP TRIGGER corrections_stay ON reviews_recordcorrection;"
