"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "55e2ed70c2ecac9f708ce5634fac7f559944636827ba43cc57fc72d1e7494486"
