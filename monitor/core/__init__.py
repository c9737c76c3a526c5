"""What Monitor knows, without any outside: no I/O, no clock, no logging, no environment.

Reading order is import order: fault, json, markup and the other words on texts; query and profile (the form of the
rules), agreement, source, article, match (what is said of an article), matching, story, significance, digest,
edition, coverage, explanation, lint.
"""
