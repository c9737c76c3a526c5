"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "4e4b66a03ab0705800a32333125d61983be4deb8ffc111bea8defa427be0d05e"
