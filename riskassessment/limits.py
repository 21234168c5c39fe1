"""How often a code may be guessed, a feed fetched, and how many may be mailed. A room of thirty shares one address.

A calendar program asks for its feed every few minutes at most; many of them share one address.
"""

from safeguarding.limits import Limit

# Guessing fails closed; only misses count. 31**6 codes stand against these.
JOIN_GUESS_HERE = Limit("join_guess_here", hits=30, seconds=900)
JOIN_GUESS_ANYWHERE = Limit("join_guess_anywhere", hits=600, seconds=900)

# One person's invitations in a day: a typed list of strangers must not make a mailer of us.
INVITED_BY_MAIL = Limit("invited_by_mail", hits=200, seconds=86_400)
MISSED_HERE = Limit("missed_here", hits=20, seconds=600)  # for each person and each guest
NOTED_HERE = Limit("noted_here", hits=20, seconds=600)  # for each guest
FEED_FETCHES = Limit("feed_fetches", hits=60, seconds=3600)  # of one feed
FEED_MISSES = Limit("feed_misses", hits=30, seconds=900)  # of addresses that lead to no feed, from one place
