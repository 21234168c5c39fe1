"""The statement as files. Importing this makes their kind known to `safeguarding.exports`."""

from reviews.documents import statement
from reviews.services.papers import KIND
from safeguarding import exports

exports.register(
    KIND,
    exports.Kind(make=statement.make, may_have=statement.may_have, note_fetching=statement.note_fetching),
)
