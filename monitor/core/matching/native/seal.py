"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "ae5abc88d1982f92c1cb65ecf3374ef52bc159bb464a662f8785ea912fd6be32"
