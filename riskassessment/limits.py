"""How often a code may be guessed. A room of thirty people shares one address and types the true one.

A calendar program asks for its feed every few minutes at most; many of them share one address.
"""

from safeguarding.limits import Limit

# Guessing fails closed; only misses count. 31**6 codes stand against these.
JOIN_GUESS_HERE = Limit("join_guess_here", hits=30, seconds=900)
JOIN_GUESS_ANYWHERE = Limit("join_guess_anywhere", hits=600, seconds=900)
FEED_FETCHES = Limit("feed_fetches", hits=60, seconds=3600)  # of one feed
FEED_MISSES = Limit("feed_misses", hits=30, seconds=900)  # of addresses that lead to no feed, from one place
