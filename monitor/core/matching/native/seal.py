"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "c0f65b29d3d433f11a1d7003978af4181e2ad7d5e72cc2209073bc685f80ff07"
