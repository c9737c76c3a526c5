"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "388536aee1b410c1fe0d9386c8c3868a61d23410d110283e7b49b75f84787892"
