"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "24286022f1e25a368085f3691e1d513a685ae9a6e4f5f24bae0f1757537e6e87"
