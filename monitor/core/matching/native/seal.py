"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "e33cebda30ba345cacddffe0717f58ace85cdea17ecf0c0d08fd299ec61b610e"
