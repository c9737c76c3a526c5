"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "ce53a98b949c9c1f322ea4b88448d207c8bc053d3810606afa8d2c0d4e457d40"
