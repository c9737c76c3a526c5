"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "9f7155e1ea5aa1097c91fc425f9a452f6c32e10402aa12454823ff8901eae18f"
