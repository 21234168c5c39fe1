"""The statement and the evidence as files. Importing this makes their kinds known to `safeguarding.exports`."""

from reviews.documents import packs, statement
from reviews.services import pack_papers, papers
from safeguarding import exports

exports.register(
    papers.KIND,
    exports.Kind(make=statement.make, may_have=statement.may_have, note_fetching=statement.note_fetching),
)
exports.register(
    pack_papers.KIND,
    exports.Kind(make=packs.make, may_have=packs.may_have, note_fetching=packs.note_fetching),
)
