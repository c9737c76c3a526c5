"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "b43846a3088eb0a8c0eecf77feb946287d493cbca2185075feee83710150c0f1"
