"""How often a code may be guessed. A room of thirty people shares one address and types the true one."""

from safeguarding.limits import Limit

# Guessing fails closed; only misses count. 31**6 codes stand against these.
JOIN_GUESS_HERE = Limit("join_guess_here", hits=30, seconds=900)
JOIN_GUESS_ANYWHERE = Limit("join_guess_anywhere", hits=600, seconds=900)
MISSED_HERE = Limit("missed_here", hits=20, seconds=600)  # for each person and each guest
