"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "0bf957b42d94605b2e1d2f28a2429824a3947c9576fc37475e545aa33ab21466"
