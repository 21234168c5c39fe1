"""Which concern was looked at again is seen where the concern is seen, and nowhere else."""

FORWARD = """
ALTER TABLE reviews_lookbackmark ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_context ON reviews_lookbackmark USING (
    EXISTS (SELECT 1 FROM concerns_concern c WHERE c.id = concern_id));
"""

BACKWARD = """
DROP POLICY in_context ON reviews_lookbackmark;
ALTER TABLE reviews_lookbackmark DISABLE ROW LEVEL SECURITY;
"""
