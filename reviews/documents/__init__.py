"""The statement, the evidence and the records of reviews as files: makes their kinds known to `safeguarding.exports`."""

from reviews.documents import packs, record, statement
from reviews.services import pack_papers
from reviews.services.papers import KIND, RECORD
from safeguarding import exports

exports.register(
    KIND,
    exports.Kind(make=statement.make, may_have=statement.may_have, note_fetching=statement.note_fetching),
)
exports.register(
    pack_papers.KIND,
    exports.Kind(make=packs.make, may_have=packs.may_have, note_fetching=packs.note_fetching),
)
exports.register(
    RECORD, exports.Kind(make=record.make, may_have=record.may_have, note_fetching=record.note_fetching)
)
