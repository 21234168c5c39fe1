"""The sections of an evidence pack, one module each, in the order in which they are read.

A section that has nothing to say is left out of no pack: that there is nothing is evidence too.
"""
