"""How often something may be suggested, and a code guessed. A room of thirty shares one address."""

from safeguarding.limits import Limit

# Past these, what was typed stays in its page, to be sent later.
SUGGESTED_HERE = Limit("suggested_here", hits=60, seconds=600)
SUGGESTED_ANYWHERE = Limit("suggested_anywhere", hits=300, seconds=600)

# Guessing fails closed; only misses count. 31**12 codes stand against these.
SUGGESTION_GUESS_HERE = Limit("suggestion_guess_here", hits=30, seconds=900)
SUGGESTION_GUESS_ANYWHERE = Limit("suggestion_guess_anywhere", hits=600, seconds=900)

# What somebody says of how we act, and the codes that lead back to it: the same care.
CHALLENGED_HERE = Limit("challenged_here", hits=60, seconds=600)
CHALLENGED_ANYWHERE = Limit("challenged_anywhere", hits=300, seconds=600)
CHALLENGE_GUESS_HERE = Limit("challenge_guess_here", hits=30, seconds=900)
CHALLENGE_GUESS_ANYWHERE = Limit("challenge_guess_anywhere", hits=600, seconds=900)
