"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "d78cf19b7f770124bbc3cd6727da5dcdbdf0436d136a0b3347818eeed8df0d8e"
