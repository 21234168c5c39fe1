"""Files made of concerns. Importing this makes each kind known to `safeguarding.exports`."""

from concerns.documents import record
from concerns.services.records import KIND
from safeguarding import exports

exports.register(
    KIND, exports.Kind(make=record.make, may_have=record.may_have, note_fetching=record.note_fetching)
)
