"""What Monitor knows, without any outside: no I/O, no clock, no logging, no environment.

Reading order is import order: fault, agreement lists, profile, source, article, match, matching, story,
significance, digest, edition, coverage.
"""
