"""Start, health, readiness and the gallery of components."""

from tests.access.table import Row, Who

ROWS = (
    Row("start", Who.PUBLIC),
    Row("gallery", Who.PUBLIC),
    Row("who_can_see_what", Who.PUBLIC),
    Row("healthz", Who.PUBLIC),
    Row("readyz", Who.PUBLIC, gives=503),  # the test's scheduler has no heartbeat
)
