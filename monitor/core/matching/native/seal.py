"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "109bd13582a40d4dcc56748a481fbe12539e9e57d9100dd884a503b03cad4821"
