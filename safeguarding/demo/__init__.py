"""The demonstration: step into anybody's shoes, and read the mail they got. Never part of a real site.

Its addresses exist only with DEMO=1, which start-up refuses anywhere but on this machine with the
embedded database (safeguarding.checks); and each view asks again.
"""
