"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "2b5af7318ba5e36060ef48fecbaad4ea6f31eb69ded56f4d76637ea452819e3c"
