"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "8d2e8572b4c659d2aeedc41ee11be8372f2bc6ae534ee382790c538ea2edb5db"
