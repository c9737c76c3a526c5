"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "ec1574dcc6c0fe9d0cf045c1ea8e55fcdd6be712d3f422c5c420b19bb6e42f4e"
