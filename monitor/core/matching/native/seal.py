"""The fingerprint of the sources in Cython; `make native` writes it, and it is committed with them."""

SOURCES = "9e8b37e19b0498dcebbe3716b167b9e137359dd8b406a3b106c620408fd1408b"
