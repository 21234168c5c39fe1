"""Files made of plans. Importing this makes their kind known to `safeguarding.exports`."""

from riskassessment.documents import plan
from riskassessment.services.papers import KIND
from safeguarding import exports

exports.register(KIND, exports.Kind(make=plan.make, may_have=plan.may_have, note_fetching=plan.note_fetching))
