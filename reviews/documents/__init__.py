"""The statement and the records of its reviews as files. Importing this makes their kinds known to `safeguarding.exports`."""

from reviews.documents import record, statement
from reviews.services.papers import KIND, RECORD
from safeguarding import exports

exports.register(
    KIND,
    exports.Kind(make=statement.make, may_have=statement.may_have, note_fetching=statement.note_fetching),
)
exports.register(
    RECORD, exports.Kind(make=record.make, may_have=record.may_have, note_fetching=record.note_fetching)
)
