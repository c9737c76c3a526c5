"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "2196e81b24448372953dd077c8d38a6cdf01703dd87513282207d2c0ccc7d2e4"
