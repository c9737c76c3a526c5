"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "53085f01d2d1552a34769105ae8b84ab0acb0e88b0af47e1e9c1967d0487eb89"
