"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "8f009e5d87383a466fbbeccba2d9dff746d420d9a2a44248609d4a6c749639fc"
