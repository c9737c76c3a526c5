"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "f927cef986ad9e72a38c4353efa05d5b3a264325a8ea019416d328184184d320"
