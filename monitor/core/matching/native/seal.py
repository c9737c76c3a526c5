"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "c8765e94db47ef49e5cc8af35343284ff9da417a4c1f76445f9df7ac0a64da07"
