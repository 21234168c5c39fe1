"""How much is let through at once. Thirty people in one room share one address, and all of them matter."""

from safeguarding.limits import Limit

# Raising fails open: past these, a concern is taken, marked "held for review", and told of by digest.
RAISED_HERE = Limit("raised_here", hits=60, seconds=600)  # from one address: twice a full workshop
RAISED_ANYWHERE = Limit("raised_anywhere", hits=300, seconds=600)

# Guessing fails closed. Each try costs an Argon2id hash.
RECEIPT = Limit("receipt", hits=60, seconds=900)
DRAFT_CODE = Limit("draft_code", hits=60, seconds=900)
