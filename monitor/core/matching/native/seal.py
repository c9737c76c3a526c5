"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "b5e4249b4da15e18a5f7b94efb27c1eb4c127f14938dec134c2e3b4c61be9b1c"
